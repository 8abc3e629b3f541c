import type { Level } from "../record/level.js";
import { ANY_ENDPOINT, Frame, NO_CLASS, NO_KIND, NOT_VISITING } from "./frame.js";
import type { Instruction } from "./instruction.js";
import { WHOLE } from "./whole.js";

/** All frames, those in use and those that wait for their next use. */
export class Frames {
  /** Frames of requests that are in use. */
  live: i32 = 0;
  private readonly frames: Frame[];
  /** A level that nobody reads, for frames that do not travel. */
  readonly nowhere: Level;
  private readonly hops: i32;
  private readonly loops: i32;
  private free: Frame | null = null;

  /** See `Frame` for `hops` and `loops`. */
  constructor(nowhere: Level, hops: i32 = 0, loops: i32 = 0) {
    this.frames = [];
    this.nowhere = nowhere;
    this.hops = hops;
    this.loops = loops;
  }

  /** Takes all frames back. */
  reset(): void {
    this.live = 0;
    this.free = null;
    for (let k = 0; k < this.frames.length; k++) {
      this.clearHeld(this.frames[k]);
      this.frames[k].bill = null;
      this.frames[k].visit = NOT_VISITING;
      this.release(this.frames[k]);
    }
  }

  /** A fresh frame; fields that a program sets before it reads them keep old values. */
  acquire(at: Instruction, start: number): Frame {
    let frame = this.free;
    if (frame === null) frame = this.grow();
    else this.free = frame.next;
    frame.goTo(at);
    frame.start = start;
    frame.responds = false;
    frame.error = 0;
    if (WHOLE) this.clearRest(frame);
    return frame;
  }

  /** Clears what a frame has given back when it ends, unless the run ended before. */
  private clearHeld(frame: Frame): void {
    frame.leaf = 0;
    frame.level = this.nowhere;
    frame.core = false;
    frame.waiting = false;
    frame.ram = 0;
    frame.depth = 0;
  }

  /** Clears what frames of the small kernel never have, and what some may have when they end. */
  private clearRest(frame: Frame): void {
    this.clearHeld(frame);
    frame.called = false;
    frame.endpoint = ANY_ENDPOINT;
    frame.requestClass = NO_CLASS;
    frame.priority = 0;
    frame.kind = NO_KIND;
    frame.parent = null;
    frame.firstChild = null;
    frame.cancelled = false;
    frame.deadline_s = Infinity;
  }

  /** A frame more. */
  private grow(): Frame {
    const frame = new Frame(this.nowhere, this.hops, this.loops);
    frame.index = this.frames.length;
    this.frames.push(frame);
    return frame;
  }

  release(frame: Frame): void {
    if (WHOLE) frame.wait = 0;
    frame.next = this.free;
    this.free = frame;
  }
}
