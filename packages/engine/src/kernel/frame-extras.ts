import { newInts, type Ints } from "../platform/platform.js";
import type { Frame } from "./frame.js";
import type { Parcel } from "./network/parcel.js";
import { NO_LOOP } from "./processing/loops.js";
import type { WorkClock } from "./processing/work-clock.js";

/** It is at no server where visits are recorded. */
export const NOT_VISITING: i32 = -1;

/**
 * What of a frame only some programs need. Apart from the rest, so that frames are small: in the small kernel, which needs nothing of it, all
 * frames have one of these in common.
 */
export class FrameExtras {
  /** Its number among all frames there are. */
  index: i32 = 0;
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

  /** `loops` loops at most in each other. */
  constructor(loops: i32 = 0) {
    this.counters = newInts(loops);
  }
}
