import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of one direction of a channel. */
export class DirectionRecord {
  /** Messages that are transferred, and 1 while there are some. */
  readonly transfers: Level;
  readonly busy: Level;
  /** How long transfers took [s]. */
  readonly transfer: WaitRecorder;
  /** Bytes of the messages that were transferred. */
  bytes: number = 0;

  constructor(levels: Levels) {
    this.transfers = levels.add();
    this.busy = levels.add();
    this.transfer = new WaitRecorder();
  }

  /** A transfer begins (1) or is over (-1). */
  change(transfers: number, now: number): void {
    this.transfers.change(transfers, now);
    const busy: number = this.transfers.value > 0 ? 1 : 0;
    if (busy !== this.busy.value) this.busy.change(busy - this.busy.value, now);
  }

  /** Forgets what was counted. */
  clear(): void {
    this.transfer.reset();
    this.bytes = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.transfers.save(to, cells);
    this.busy.save(to, cells);
    this.transfer.save(to);
    to.number(this.bytes);
  }
}
