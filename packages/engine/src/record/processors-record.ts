import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of the CPU of a server with `Processors`, beside `ServerRecord`. */
export class ProcessorsRecord extends PartRecord {
  /** Event loops, or all cores as one, that are paused; 1 while the quota is used up; 1 while nothing can run. */
  readonly paused: Level;
  readonly throttled: Level;
  readonly blocked: Level;
  /** Wait of a burst until its event loop turns to it [s]; zero waits included. */
  readonly loopLag: WaitRecorder;

  constructor(levels: Levels) {
    super();
    this.paused = levels.add();
    this.throttled = levels.add();
    this.blocked = levels.add();
    this.loopLag = new WaitRecorder();
  }

  save(to: NumberWriter, cells: i32): void {
    this.paused.save(to, cells);
    this.throttled.save(to, cells);
    this.blocked.save(to, cells);
    this.loopLag.save(to);
  }

  protected override clear(): void {
    this.loopLag.reset();
  }
}
