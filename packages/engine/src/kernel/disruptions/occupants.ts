import { ENDING_FAILED } from "../../record/ending.js";
import type { Frame } from "../frame.js";

/** The frames at a server that may crash: each request, branch, and piece of the server's own work. */
export class Occupants {
  /** Crashes in force. */
  crashes: i32 = 0;
  count: i32 = 0;
  /** The first `count` are there, each at its `berth`. */
  private readonly frames: Frame[];

  constructor() {
    this.frames = [];
  }

  reset(): void {
    this.crashes = 0;
    this.count = 0;
  }

  /** The k-th; in no order. */
  at(k: i32): Frame {
    return this.frames[k];
  }

  add(frame: Frame): void {
    frame.extras.berth = this.count;
    if (this.count === this.frames.length) this.frames.push(frame);
    else this.frames[this.count] = frame;
    this.count++;
  }

  remove(frame: Frame): void {
    this.count--;
    const last = this.frames[this.count];
    this.frames[frame.extras.berth] = last;
    last.extras.berth = frame.extras.berth;
  }
}

/** Whether a frame was at a server when that crashed, and has not left it yet. Who is given up by a caller has timed out instead. */
export function isLost(frame: Frame): boolean {
  return frame.cancelled && frame.error === 1 + ENDING_FAILED;
}
