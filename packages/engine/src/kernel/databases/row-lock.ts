import type { NumberReader } from "../../platform/number-reader.js";
import type { Frame } from "../frame.js";
import type { Server } from "../server.js";
import type { Stream } from "../stream.js";
import type { Rows } from "./rows.js";

/** How a call locks a row of a table, or reads one. */
export class RowLock {
  readonly rows: Rows;
  /** How long it waits; null for as long as it takes. */
  readonly limits: Stream | null;
  /** Where the rows are that it comes to: 0 for the primary, or which of the replicas. */
  readonly site: i32;
  /** The table's first row among those of its server, and the number of its last. */
  private readonly first: i32;
  private readonly last: i32;
  private readonly draws: Stream;
  /** Whether the call is a part of its caller's transaction. */
  private readonly isShared: boolean;

  constructor(plan: NumberReader, servers: Server[], streams: Stream[]) {
    this.rows = servers[plan.int()].rows!;
    this.first = plan.int();
    this.last = plan.int() - 1;
    this.draws = streams[plan.int()];
    const limits = plan.int();
    this.limits = limits < 0 ? null : streams[limits];
    this.isShared = plan.int() === 1;
    this.site = plan.int();
  }

  /** Draws which row it is. */
  draw(): i32 {
    return this.first + (Math.max(0, Math.min(this.last as number, Math.floor(this.draws.next()))) as i32);
  }

  /** Who will hold the row that the call locks: its caller's transaction, as long as that wants it. */
  ownerFor(frame: Frame): Frame {
    return this.isShared && frame.isExpected() ? frame.parent! : frame;
  }
}
