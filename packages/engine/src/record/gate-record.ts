import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of a server or an endpoint that limits how many requests are at work, or sheds load. */
export class GateRecord extends PartRecord {
  /** Requests at work, requests that wait in the queue, and how many may be at work. */
  readonly inside: Level;
  readonly queue: Level;
  readonly limit: Level;
  /** Wait in the queue of those that began [s]; zero waits included. */
  readonly wait: WaitRecorder;
  /** Requests that found the queue full, and those that made room for others. */
  rejected: number = 0;
  dropped: number = 0;
  /** Requests that were turned away because of the load, in the queue too. */
  shed: number = 0;
  /** Requests whose deadline was over when their turn came. */
  expired: number = 0;
  /** Requests that rate limits of the endpoint turned away. */
  limited: number = 0;
  /** Those that found the queue full, or made room, and are not counted any more. */
  private forgotten: number = 0;

  constructor(levels: Levels) {
    super();
    this.inside = levels.add();
    this.queue = levels.add();
    this.limit = levels.add();
    this.wait = new WaitRecorder();
  }

  /** All that the queue ever had no room for, of earlier replications too. */
  everRejected(): number {
    return this.forgotten + this.rejected + this.dropped;
  }

  save(to: NumberWriter, cells: i32): void {
    this.inside.save(to, cells);
    this.queue.save(to, cells);
    this.limit.save(to, cells);
    this.wait.save(to);
    to.number(this.rejected);
    to.number(this.dropped);
    to.number(this.shed);
    to.number(this.expired);
    to.number(this.limited);
  }

  protected override clear(): void {
    this.wait.reset();
    this.forgotten += this.rejected + this.dropped;
    this.rejected = 0;
    this.dropped = 0;
    this.shed = 0;
    this.expired = 0;
    this.limited = 0;
  }
}
