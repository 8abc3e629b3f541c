import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";
import { ValueRecorder, WAIT_BITS } from "./value-recorder.js";

/** What is recorded of the CPU of a server with `Processors`, beside `ServerRecord`. */
export class ProcessorsRecord {
  /** Event loops, or all cores as one, that are paused; 1 while the quota is used up; 1 while nothing can run. */
  readonly paused: Level;
  readonly throttled: Level;
  readonly blocked: Level;
  /** Wait of a burst until its event loop turns to it [s]; zero waits included. */
  readonly loopLag: ValueRecorder;

  constructor(cells: i32) {
    this.paused = new Level(cells);
    this.throttled = new Level(cells);
    this.blocked = new Level(cells);
    this.loopLag = new ValueRecorder(WAIT_BITS);
  }

  /** Forgets what was counted; the levels are the recorder's care. */
  clear(): void {
    this.loopLag.reset();
  }

  save(to: NumberWriter, cells: i32): void {
    this.paused.save(to, cells);
    this.throttled.save(to, cells);
    this.blocked.save(to, cells);
    this.loopLag.save(to);
  }
}
