import type { Level } from "../record/level.js";
import { newNumbers, newRefs, type Numbers, type Refs } from "../platform/platform.js";
import { FrameExtras, NOT_VISITING } from "./frame-extras.js";
import { ANY_ENDPOINT, Frame, NO_CLASS, NO_KIND } from "./frame.js";
import type { Instruction } from "./instruction.js";
import type { Link } from "./link.js";
import { WHOLE } from "./whole.js";

/** More than fit into memory. */
const MOST_FRAMES: number = 2_147_483_647;

/** All frames: those in use, those that wait for their next use, and those that only earlier runs have needed. */
export class Frames {
  /** Whether more frames of requests have been in use at once than there may be. */
  overfull: boolean = false;
  private readonly frames: Frame[];
  /** How many this run has used, and how many of them not for requests. */
  private used: i32 = 0;
  private usedApart: i32 = 0;
  private readonly most: i32;
  /** A level that nobody reads, for frames that do not travel. */
  readonly nowhere: Level;
  private readonly hops: i32;
  private readonly loops: i32;
  /** What frames have in common where they use none of it. */
  private readonly nothing: Instruction;
  private readonly noPath: Refs<Link | null>;
  private readonly noTimes: Numbers;
  private readonly noExtras: FrameExtras;
  private free: Frame | null = null;
  private freeApart: Frame | null = null;

  /**
   * `hops` links at most on a frame's way from its caller to a server, `loops` loops at most in each other; `most` frames of requests may be in
   * use at once.
   */
  constructor(nowhere: Level, hops: i32 = 0, loops: i32 = 0, most: number = MOST_FRAMES) {
    this.frames = [];
    this.most = Math.min(most, MOST_FRAMES) as i32;
    this.nowhere = nowhere;
    this.hops = hops;
    this.loops = loops;
    const nobody = new Frame(nowhere);
    this.nothing = nobody.at;
    this.noPath = nobody.path;
    this.noTimes = nobody.sent_s;
    this.noExtras = nobody.extras;
  }

  /** Takes all frames back. */
  reset(): void {
    this.overfull = false;
    this.used = 0;
    this.usedApart = 0;
    this.free = null;
    this.freeApart = null;
  }

  /** A fresh frame of a request; fields that a program sets before it reads them keep old values. */
  acquire(at: Instruction, start: number): Frame {
    let frame = this.free;
    if (frame === null) frame = this.another();
    else this.free = frame.next;
    this.begin(frame, at, start);
    return frame;
  }

  /** A fresh frame that is not a part of a request. */
  acquireApart(at: Instruction): Frame {
    let frame = this.freeApart;
    if (frame === null) {
      frame = this.unused();
      this.usedApart++;
    } else this.freeApart = frame.next;
    this.begin(frame, at, 0);
    return frame;
  }

  private begin(frame: Frame, at: Instruction, start: number): void {
    frame.goTo(at);
    frame.start = start;
    frame.responds = false;
    frame.error = 0;
    if (WHOLE) this.clearRest(frame);
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

  /** A frame more of requests than ever in this run: there is no other moment at which they can become too many. */
  private another(): Frame {
    if (this.used - this.usedApart >= this.most) this.overfull = true;
    return this.unused();
  }

  /** A frame that this run has not used yet. */
  private unused(): Frame {
    const used = this.used;
    this.used = used + 1;
    if (used === this.frames.length) {
      const frame = this.made();
      frame.extras.index = used;
      this.frames.push(frame);
      return frame;
    }
    const frame = this.frames[used];
    this.clearHeld(frame);
    frame.bill = null;
    frame.extras.visit = NOT_VISITING;
    frame.wait = 0;
    return frame;
  }

  private made(): Frame {
    const hops = this.hops;
    const path = hops === 0 ? this.noPath : newRefs<Link | null>(hops, null);
    const sent_s = hops === 0 ? this.noTimes : newNumbers(hops);
    return new Frame(this.nowhere, this.nothing, path, sent_s, WHOLE ? new FrameExtras(this.loops) : this.noExtras);
  }

  release(frame: Frame): void {
    if (WHOLE) frame.wait = 0;
    frame.next = this.free;
    this.free = frame;
  }

  releaseApart(frame: Frame): void {
    if (WHOLE) frame.wait = 0;
    frame.next = this.freeApart;
    this.freeApart = frame;
  }
}
