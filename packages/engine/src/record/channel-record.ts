import type { NumberWriter } from "../platform/number-writer.js";
import { DirectionRecord } from "./direction-record.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of a channel. */
export class ChannelRecord extends PartRecord {
  readonly there: DirectionRecord;
  readonly back: DirectionRecord;
  /** Messages that were sent again, each as often as that happened. */
  retransmissions: number = 0;
  /** Messages larger than the initial window, and the time that they waited for acknowledgements in sum [s]. */
  stalled: number = 0;
  stall_s: number = 0;

  constructor(levels: Levels) {
    super();
    this.there = new DirectionRecord(levels);
    this.back = new DirectionRecord(levels);
  }

  save(to: NumberWriter, cells: i32): void {
    this.there.save(to, cells);
    this.back.save(to, cells);
    to.number(this.retransmissions);
    to.number(this.stalled);
    to.number(this.stall_s);
  }

  protected override clear(): void {
    this.there.clear();
    this.back.clear();
    this.retransmissions = 0;
    this.stalled = 0;
    this.stall_s = 0;
  }
}
