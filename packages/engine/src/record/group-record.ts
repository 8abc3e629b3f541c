import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of a group of consumers of a topic. */
export class GroupRecord extends PartRecord {
  /** Messages that stand in the queue or wait before they do so again, and those that were handed over and not acknowledged. */
  readonly backlog: Level;
  readonly inProcess: Level;
  /** Of these, those that wait at their consumer. */
  readonly prefetched: Level;
  /** Time from publication to the first delivery, and to the acknowledgement [s]. */
  readonly lag: WaitRecorder;
  readonly endToEnd: WaitRecorder;
  /** Deliveries, and of these those after a message's first. */
  delivered: number = 0;
  redelivered: number = 0;
  /** Messages that are done with, well or not; those whose work failed after they were acknowledged. */
  acknowledged: number = 0;
  dead: number = 0;
  lost: number = 0;
  /** Messages that went because they were too old, or made room for others. */
  dropped: number = 0;

  constructor(levels: Levels) {
    super();
    this.backlog = levels.add();
    this.inProcess = levels.add();
    this.prefetched = levels.add();
    this.lag = new WaitRecorder();
    this.endToEnd = new WaitRecorder();
  }

  save(to: NumberWriter, cells: i32): void {
    this.backlog.save(to, cells);
    this.inProcess.save(to, cells);
    this.prefetched.save(to, cells);
    this.lag.save(to);
    this.endToEnd.save(to);
    to.number(this.delivered);
    to.number(this.redelivered);
    to.number(this.acknowledged);
    to.number(this.dead);
    to.number(this.lost);
    to.number(this.dropped);
    // What is left when the run is over: a check that no message gets lost.
    to.number(this.backlog.value + this.inProcess.value);
  }

  protected override clear(): void {
    this.lag.reset();
    this.endToEnd.reset();
    this.delivered = 0;
    this.redelivered = 0;
    this.acknowledged = 0;
    this.dead = 0;
    this.lost = 0;
    this.dropped = 0;
  }
}
