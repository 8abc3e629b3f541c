import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Pool } from "../pool.js";
import type { Server } from "../server.js";

/** What happens to a component while something is wrong with it. It may be in force several times at once. */
export abstract class Effect {
  /** Null where nobody asks how often the component was in trouble. */
  readonly record: TroubleRecord | null;
  /** The server that loses all that it has when this begins; null for none. */
  crashed: Server | null = null;
  /** The pool that has more units when this has ended; null for none. */
  refilled: Pool | null = null;

  constructor(record: TroubleRecord | null) {
    this.record = record;
  }

  abstract begin(now: number): void;

  abstract end(now: number): void;
}
