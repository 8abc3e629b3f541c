import type { NumberWriter } from "../platform/number-writer.js";
import { DirectionRecord } from "./direction-record.js";

/** What is recorded of a channel. */
export class ChannelRecord {
  readonly there: DirectionRecord;
  readonly back: DirectionRecord;
  /** Messages that were sent again, each as often as that happened. */
  retransmissions: number = 0;
  /** Messages larger than the initial window, and the time that they waited for acknowledgements in sum [s]. */
  stalled: number = 0;
  stall_s: number = 0;

  constructor(cells: i32) {
    this.there = new DirectionRecord(cells);
    this.back = new DirectionRecord(cells);
  }

  /** Forgets what was counted; the levels are the recorder's care. */
  clear(): void {
    this.there.clear();
    this.back.clear();
    this.retransmissions = 0;
    this.stalled = 0;
    this.stall_s = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.there.save(to, cells);
    this.back.save(to, cells);
    to.number(this.retransmissions);
    to.number(this.stalled);
    to.number(this.stall_s);
  }
}
