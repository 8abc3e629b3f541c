import type { Level } from "../record/level.js";
import { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";

/** All frames, those in use and those that wait for their next use. */
export class Frames {
  /** Requests in the system. */
  live: i32 = 0;
  private readonly frames: Frame[];
  private readonly nowhere: Level;
  private free: Frame | null = null;

  constructor(nowhere: Level) {
    this.frames = [];
    this.nowhere = nowhere;
  }

  /** Takes all frames back. */
  reset(): void {
    this.live = 0;
    this.free = null;
    for (let k = 0; k < this.frames.length; k++) this.release(this.frames[k]);
  }

  /** A fresh frame; fields that a program sets before it reads them keep old values. */
  acquire(at: Instruction, start: number): Frame {
    let frame = this.free;
    if (frame === null) {
      frame = new Frame(this.nowhere);
      this.frames.push(frame);
    } else this.free = frame.next;
    frame.goTo(at);
    frame.level = this.nowhere;
    frame.start = start;
    frame.dispatch = null;
    frame.core = false;
    frame.waiting = false;
    frame.ram = 0;
    return frame;
  }

  release(frame: Frame): void {
    frame.next = this.free;
    this.free = frame;
  }
}
