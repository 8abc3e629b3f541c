import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of the rows of a server. */
export class RowsRecord extends PartRecord {
  /** Rows that are locked, and calls that wait for one. */
  readonly locked: Level;
  readonly queue: Level;
  /** Wait for a row [s]; zero waits and those of who gave up included. */
  readonly wait: WaitRecorder;
  /** Waits that reached their time limit, and those that would never have ended. */
  timeouts: number = 0;
  deadlocks: number = 0;
  /** Rows that were read at replicas, and those of them whose last change had not come there yet. */
  replicaReads: number = 0;
  staleReads: number = 0;
  /** How often another server took the primary's place, and transactions that were lost by that. */
  failovers: number = 0;
  lostWrites: number = 0;

  constructor(levels: Levels) {
    super();
    this.locked = levels.add();
    this.queue = levels.add();
    this.wait = new WaitRecorder();
  }

  save(to: NumberWriter, cells: i32): void {
    this.locked.save(to, cells);
    this.queue.save(to, cells);
    this.wait.save(to);
    to.number(this.timeouts);
    to.number(this.deadlocks);
    to.number(this.replicaReads);
    to.number(this.staleReads);
    to.number(this.failovers);
    to.number(this.lostWrites);
  }

  protected override clear(): void {
    this.wait.reset();
    this.timeouts = 0;
    this.deadlocks = 0;
    this.replicaReads = 0;
    this.staleReads = 0;
    this.failovers = 0;
    this.lostWrites = 0;
  }
}
