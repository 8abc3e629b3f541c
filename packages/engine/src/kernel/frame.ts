import { newInts, newNumbers, newRefs, type Ints, type Numbers, type Order, type Refs } from "../platform/platform.js";
import type { Level } from "../record/level.js";
import { Instruction } from "./instruction.js";
import { OP_NOTHING } from "./operations/core.js";
import type { Bill } from "./llm/bill.js";
import type { Link } from "./link.js";
import type { Parcel } from "./network/parcel.js";
import { NO_LOOP } from "./processing/loops.js";
import type { WorkClock } from "./processing/work-clock.js";

/** It asks for no endpoint: the server chooses. */
export const ANY_ENDPOINT: i32 = -1;
/** It has no class. */
export const NO_CLASS: i32 = -1;

/** It is at no server where visits are recorded. */
export const NOT_VISITING: i32 = -1;

/** Its kind is not recorded. */
export const NO_KIND: i32 = -1;

/**
 * Something that runs a program and waits in between: a request, a call, a branch of either, a generator, a disruption. It waits in one
 * place at a time, for an event of its own, in one queue, or for answers.
 */
export class Frame {
  /*
   * What every request has comes first, so that it lies together in memory.
   */

  /** What it does next, and the operation of that. */
  at: Instruction;
  op: i32;
  /** Where its event is among the pending ones, and its turn among those of the same time. */
  leaf: i32 = 0;
  order: Order = 0;
  /** The frame behind it in the queue it waits in, or in the list of free ones. */
  next: Frame | null = null;
  /** Whether it holds a CPU core. */
  core: boolean = false;
  /** Whether it counts in the server's I/O queue. */
  waiting: boolean = false;
  /** Whether a server called it, and not a generator sent it. */
  called: boolean = false;
  /** Whether it goes back the way it came when it is done. */
  responds: boolean = false;
  /** Whether nobody wants it any more. */
  cancelled: boolean = false;
  /** The level that goes down by one when its event comes: messages on the link it travels on. */
  level: Level;
  /** When the request was generated [s]. */
  start: number = 0;
  /** When it arrived at the server it is in [s]. */
  arrived: number = 0;
  /** CPU and I/O time drawn at the server it is in [s]. */
  served: number = 0;
  /** Memory reserved at the server it is in [MB]. */
  ram: number = 0;
  /** The links it came over that it goes back over, or whose senders count it until it has left the server. */
  readonly path: Refs<Link | null>;
  /** When it set out over each of them [s]. */
  readonly sent_s: Numbers;
  depth: i32 = 0;
  /** 0, or 1 + the ending with which its program failed. */
  error: i32 = 0;
  /** The name of the endpoint it asks for, and its class. */
  endpoint: i32 = ANY_ENDPOINT;
  requestClass: i32 = NO_CLASS;
  /** What kind of request it is, if that is recorded. */
  kind: i32 = NO_KIND;
  /** Who goes first: 0, then 1, ... */
  priority: i32 = 0;
  /** The frame that is told of its end; null for requests of generators and for what nobody waits for. */
  parent: Frame | null = null;
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
  /** When it joined the queue it waits in [s]. */
  queued: number = 0;

  /*
   * What only some have.
   */

  /** Its number among all frames there are. */
  index: i32 = 0;
  /** The number of its parent's wait: it is told only while that lasts. */
  answers: number = 0;
  /** The event loop that it is given to, on a server that has some. */
  loop: i32 = NO_LOOP;
  /** When it asked for the core or the turn that its burst began with, and how long it has waited since then where steps are interrupted [s]. */
  asked: number = 0;
  waited: number = 0;
  /** Work that is left of its step [s], the clock that its step is on, its slot there, and when it ends at the speed of that [s]. */
  left: number = 0;
  clock: WorkClock | null = null;
  slot: i32 = 0;
  due: number = 0;
  /** Its place in the heap it is in: the lower key first, of equal ones the lower turn. */
  key: number = 0;
  turn: number = 0;
  /** When it gives up the attempt that it waits for [s], and how often it has sent that besides the first time. */
  until_s: number = Infinity;
  hedges: i32 = 0;
  /** Of a call: how often its caller had sent the attempt before. */
  copy: i32 = 0;
  /** The wait before its last retry [s]. */
  backoff_s: number = 0;
  /** The frame before it, in a queue that is linked both ways. */
  before: Frame | null = null;
  /** When it began at the server it is in [s], if that has a gate, and how many were at work then. */
  begun_s: number = 0;
  begunAs: i32 = 0;
  /** The same of the endpoint that it is for. */
  passed_s: number = 0;
  passedAs: i32 = 0;
  /** When the call began that a breaker watches [s], and the breaker's epoch then. */
  called_s: number = 0;
  epoch: i32 = 0;
  /** Tokens of its prompt, and of the answer to that. */
  inputTokens: number = 0;
  outputTokens: number = 0;
  /** How far a language model is with it, one of STAGE_WAITING ... STAGE_GONE. */
  stage: i32 = 0;
  /** When a language model began with it, and when its first token is there [s]. */
  llmBegun_s: number = 0;
  firstToken_s: number = 0;
  /** When a provider would have had its first token if it had always been as fast as it is now [s]. */
  pace_s: number = 0;
  /** Whoever it called has said not to try again within this time [s]. */
  retryAfter_s: number = 0;
  /** Which entry of its generator's mix it is, if that has one, and which row of a trace. */
  entry: i32 = 0;
  row: i32 = 0;
  /** What it carries over links with channels; null before it has been on one. */
  parcel: Parcel | null = null;
  /** How often it still goes round each of its loops, or has tried. */
  readonly counters: Ints;
  /** What `deadline_s` was when it came to the server it is in, if that sets a deadline of its own. */
  callerDeadline_s: number = Infinity;
  /** Its place among those at a server that may crash. */
  berth: i32 = 0;
  /** The record that its visit to a server counts for, where that is recorded. */
  visit: i32 = NOT_VISITING;

  /** `hops` links at most on its way from its caller to a server, `loops` loops at most in each other. */
  constructor(level: Level, hops: i32 = 0, loops: i32 = 0) {
    this.at = new Instruction(OP_NOTHING);
    this.op = OP_NOTHING;
    this.level = level;
    this.path = newRefs<Link | null>(hops, null);
    this.sent_s = newNumbers(hops);
    this.counters = newInts(loops);
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
