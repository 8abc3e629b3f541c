import { newNumbers, newRefs, type Numbers, type Order, type Refs } from "../platform/platform.js";
import type { Level } from "../record/level.js";
import { FrameExtras } from "./frame-extras.js";
import { Instruction } from "./instruction.js";
import { OP_NOTHING } from "./operations/core.js";
import type { Bill } from "./llm/bill.js";
import type { Link } from "./link.js";

/** It asks for no endpoint: the server chooses. */
export const ANY_ENDPOINT: i32 = -1;
/** It has no class. */
export const NO_CLASS: i32 = -1;

/** Its kind is not recorded. */
export const NO_KIND: i32 = -1;

/**
 * Something that runs a program and waits in between: a request, a call, a branch of either, a generator, a disruption. It waits in one
 * place at a time, for an event of its own, in one queue, or for answers.
 */
export class Frame {
  /*
   * What every request needs comes first, so that it lies together in memory.
   */

  /** What it does next, and the operation of that. */
  at: Instruction;
  op: i32;
  /** Where its event is among the pending ones, and its turn among those of the same time. */
  leaf: i32 = 0;
  /** The frame behind it in the queue it waits in, or in the list of free ones. */
  next: Frame | null = null;
  order: Order = 0;
  /** The level that goes down by one when its event comes: messages on the link it travels on. */
  level: Level;
  /** Whether it holds a CPU core. */
  core: boolean = false;
  /** Whether it counts in the server's I/O queue. */
  waiting: boolean = false;
  /** Whether it goes back the way it came when it is done. */
  responds: boolean = false;
  /** Whether a server called it, and not a generator sent it. */
  called: boolean = false;
  /** When the request was generated [s]. */
  start: number = 0;
  /** When it arrived at the server it is in [s]. */
  arrived: number = 0;
  /** CPU and I/O time drawn at the server it is in [s]. */
  served: number = 0;
  /** When it joined the queue it waits in [s]. */
  queued: number = 0;
  /** Memory reserved at the server it is in [MB]. */
  ram: number = 0;
  depth: i32 = 0;
  /** 0, or 1 + the ending with which its program failed. */
  error: i32 = 0;
  /** The links it came over that it goes back over, or whose senders count it until it has left the server: `depth` of them. */
  readonly path: Refs<Link | null>;
  /** When it set out over each of them [s]. */
  readonly sent_s: Numbers;
  /** What only some need. */
  readonly extras: FrameExtras;
  /** Whether nobody wants it any more. */
  cancelled: boolean = false;
  /** The name of the endpoint it asks for, and its class. */
  endpoint: i32 = ANY_ENDPOINT;
  requestClass: i32 = NO_CLASS;
  /** What kind of request it is, if that is recorded. */
  kind: i32 = NO_KIND;
  /** Who goes first: 0, then 1, ... */
  priority: i32 = 0;
  /** The frame that is told of its end; null for requests of generators and for what nobody waits for. */
  parent: Frame | null = null;
  /** The number of its parent's wait: it is told only while that lasts. */
  answers: number = 0;
  /** The user that waits for this request of a generator; null when none does. */
  user: Frame | null = null;
  /** What its request costs, with all that it causes; null where nothing has a price. */
  bill: Bill | null = null;
  /** What it has begun and waits for, as a list through `sibling` and `elder`; kept in plans where calls are cancelled. */
  firstChild: Frame | null = null;
  sibling: Frame | null = null;
  elder: Frame | null = null;
  /** The number of its own wait for answers, 0 for none; how many must still be good, how many may still be bad, how many are out. */
  wait: number = 0;
  needed: i32 = 0;
  spare: i32 = 0;
  out: i32 = 0;
  /** When nobody wants it any more [s]. */
  deadline_s: number = Infinity;
  /** CPU time drawn at the server it is in [s]. */
  cpu_s: number = 0;

  /** Frames may have in common what none of them uses: all but the level by default. */
  constructor(
    level: Level,
    at: Instruction = new Instruction(OP_NOTHING),
    path: Refs<Link | null> = newRefs<Link | null>(0, null),
    sent_s: Numbers = newNumbers(0),
    extras: FrameExtras = new FrameExtras(),
  ) {
    this.at = at;
    this.op = at.op;
    this.level = level;
    this.path = path;
    this.sent_s = sent_s;
    this.extras = extras;
  }

  goTo(instruction: Instruction): void {
    this.at = instruction;
    this.op = instruction.op;
  }

  /** Starts to wait for answers. `wait` is a number that no other wait of the run has. */
  expect(wait: number, asked: i32, needed: i32): void {
    this.wait = wait;
    this.out = asked;
    this.needed = needed;
    this.spare = asked - needed;
  }

  /** Whether somebody waits for what it does: its parent for it, and somebody for its parent. */
  isWanted(): boolean {
    if (this.parent === null) return true;
    return this.isExpected() && this.parent!.isWanted();
  }

  /** Whether the frame that is told of its end waits for that. */
  isExpected(): boolean {
    return this.parent !== null && this.answers === this.parent!.wait;
  }

  /** Counts an answer that it waits for: 0, or the error of a bad one. */
  count(error: i32): void {
    this.out--;
    if (error === 0) this.needed--;
    else {
      this.spare--;
      if (this.error === 0) this.error = error;
    }
  }

  /** Adds a frame to those it waits for. */
  adopt(child: Frame): void {
    const first = this.firstChild;
    child.sibling = first;
    child.elder = null;
    if (first !== null) first.elder = child;
    this.firstChild = child;
  }

  /** Takes a frame off those it waits for. */
  disown(child: Frame): void {
    const elder = child.elder;
    const sibling = child.sibling;
    if (elder === null) this.firstChild = sibling;
    else elder.sibling = sibling;
    if (sibling !== null) sibling.elder = elder;
  }
}
