import type { Frame } from "../kernel/frame.js";
import type { NumberWriter } from "../platform/number-writer.js";
import { highWord, newInts, newNumbers, type Ints, type Numbers } from "../platform/platform.js";
import {
  TRACE_AWAITS,
  TRACE_BACKS_OFF,
  TRACE_CALLED,
  TRACE_COMPLETED,
  TRACE_CONNECTS,
  TRACE_CPU_STARTED,
  TRACE_DISRUPTED,
  TRACE_ENDED,
  TRACE_FIRST_TOKEN,
  TRACE_FORKED,
  TRACE_GENERATED,
  TRACE_HEDGED,
  TRACE_IO_STARTED,
  TRACE_LLM_STARTED,
  TRACE_RECOVERED,
  TRACE_RESUMED,
  TRACE_RETRANSMITS,
  TRACE_SENT,
  TRACE_WAITS_FOR_CORE,
  TRACE_WAITS_FOR_FETCH,
  TRACE_WAITS_FOR_LIMIT,
  TRACE_WAITS_FOR_LLM,
  TRACE_WAITS_FOR_POOL,
  TRACE_WAITS_FOR_RAM,
  TRACE_WAITS_FOR_ROW,
  TRACE_WAITS_FOR_ROOM,
  TRACE_WAITS_FOR_START,
  TRACE_WAITS_IN_BACKLOG,
  TRACE_WAITS_IN_QUEUE,
} from "./trace-kinds.js";

/** What the time of a request goes to. */
export const CATEGORY_NETWORK: i32 = 0;
export const CATEGORY_RAM_WAIT: i32 = 1;
export const CATEGORY_CPU_WAIT: i32 = 2;
export const CATEGORY_CPU: i32 = 3;
export const CATEGORY_IO: i32 = 4;
export const CATEGORY_POOL_WAIT: i32 = 5;
/** Waiting for an answer that did not come in time. */
export const CATEGORY_UNANSWERED: i32 = 6;
/** Waiting before another attempt. */
export const CATEGORY_BACKOFF: i32 = 7;
/** Waiting to be let in by a server, in its queue, for one that has to start, for the turn that a rate limit gives, or for room in a topic. */
export const CATEGORY_ENTRANCE_WAIT: i32 = 8;
/** Waiting for what another request fetches into a cache. */
export const CATEGORY_FETCH_WAIT: i32 = 9;
/** Waiting until a language model begins, and what that takes. */
export const CATEGORY_LLM_WAIT: i32 = 10;
export const CATEGORY_LLM: i32 = 11;
/** What lasts though nobody has said what it is: nothing, or this class has not been told. */
export const CATEGORY_OTHER: i32 = 12;
/** Waiting for a row that another transaction has locked. */
export const CATEGORY_ROW_WAIT: i32 = 13;
export const CATEGORIES: i32 = 14;

/** Stands where the index of another saved bucket would. */
export const END_OF_ATTRIBUTION: i32 = -1;

/** Kinds of happenings that there may be. */
const KINDS: i32 = 64;
/** Buckets of latency: 16 in each of 50 doublings from 2^-30 s on. */
const BITS: i32 = 4;
const OFFSET: i32 = ((1023 - 30) << BITS) - 1;
const BUCKETS: i32 = 1 + 50 * (1 << BITS);

/**
 * Where the time of completed requests went along the critical path, by latency. It hears what happens: from each happening to the
 * next the time of a frame is of one category, and who was waiting takes over the time of the one whose end it waited for.
 */
export class Attribution {
  private warm_up_s: number = 0;
  /** The category of the time after each kind of happening. */
  private readonly after: Ints;
  /** Of each frame, by its index: time by category [s], when the last thing happened to it [s], the category of what lasts. */
  private spent_s: Numbers;
  private since_s: Numbers;
  private categories: Ints;
  private capacity: i32 = 0;
  /** The call or branch that ended last, or that nobody waits for since it has its first token. */
  private lastEnded: i32 = 0;
  /** Requests and their time by category [s], by bucket of latency. */
  private readonly counts: Numbers;
  private readonly sums_s: Numbers;
  /** Time by category [s] of the requests completed in each cell of the series, the warm-up included; and the cell that is open. */
  private cells: i32 = 0;
  private cell: i32 = 0;
  private cellSums_s: Numbers;

  constructor() {
    const after = newInts(KINDS);
    for (let kind = 0; kind < KINDS; kind++) after[kind] = CATEGORY_OTHER;
    after[TRACE_SENT] = CATEGORY_NETWORK;
    after[TRACE_CONNECTS] = CATEGORY_NETWORK;
    after[TRACE_RETRANSMITS] = CATEGORY_NETWORK;
    after[TRACE_WAITS_IN_BACKLOG] = CATEGORY_ENTRANCE_WAIT;
    after[TRACE_WAITS_FOR_START] = CATEGORY_ENTRANCE_WAIT;
    after[TRACE_WAITS_FOR_LIMIT] = CATEGORY_ENTRANCE_WAIT;
    after[TRACE_WAITS_IN_QUEUE] = CATEGORY_ENTRANCE_WAIT;
    after[TRACE_WAITS_FOR_ROOM] = CATEGORY_ENTRANCE_WAIT;
    after[TRACE_WAITS_FOR_FETCH] = CATEGORY_FETCH_WAIT;
    after[TRACE_WAITS_FOR_LLM] = CATEGORY_LLM_WAIT;
    after[TRACE_LLM_STARTED] = CATEGORY_LLM;
    after[TRACE_FIRST_TOKEN] = CATEGORY_LLM;
    after[TRACE_WAITS_FOR_RAM] = CATEGORY_RAM_WAIT;
    after[TRACE_WAITS_FOR_ROW] = CATEGORY_ROW_WAIT;
    after[TRACE_WAITS_FOR_CORE] = CATEGORY_CPU_WAIT;
    after[TRACE_CPU_STARTED] = CATEGORY_CPU;
    after[TRACE_IO_STARTED] = CATEGORY_IO;
    after[TRACE_WAITS_FOR_POOL] = CATEGORY_POOL_WAIT;
    after[TRACE_AWAITS] = CATEGORY_UNANSWERED;
    after[TRACE_BACKS_OFF] = CATEGORY_BACKOFF;
    this.after = after;
    this.spent_s = newNumbers(0);
    this.since_s = newNumbers(0);
    this.categories = newInts(0);
    this.counts = newNumbers(BUCKETS);
    this.sums_s = newNumbers(BUCKETS * CATEGORIES);
    this.cellSums_s = newNumbers(0);
  }

  /** Starts a replication. Requests generated before `warm_up_s` do not count, but in the `cells` of the series. */
  reset(warm_up_s: number, cells: i32): void {
    this.warm_up_s = warm_up_s;
    if (cells !== this.cells) this.cellSums_s = newNumbers(cells * CATEGORIES);
    this.cells = cells;
    this.cell = 0;
    for (let k = 0; k < cells * CATEGORIES; k++) this.cellSums_s[k] = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) this.counts[bucket] = 0;
    for (let k = 0; k < BUCKETS * CATEGORIES; k++) this.sums_s[k] = 0;
  }

  /** Something of a kind happens to a frame. */
  hear(kind: i32, frame: Frame, now: number): void {
    if (kind === TRACE_DISRUPTED || kind === TRACE_RECOVERED) return;
    const index = frame.extras.index;
    if (index >= this.capacity) this.grow(index);
    if (kind === TRACE_GENERATED || kind === TRACE_CALLED || kind === TRACE_FORKED) this.open(index);
    else if (kind === TRACE_HEDGED) this.openLate(index, frame.parent!.extras.index, now);
    else if (kind === TRACE_RESUMED) this.takeOver(index);
    else {
      const at = index * CATEGORIES + this.categories[index];
      this.spent_s[at] = this.spent_s[at] + (now - this.since_s[index]);
    }
    this.since_s[index] = now;
    this.categories[index] = this.after[kind];
    if (kind === TRACE_ENDED || kind === TRACE_FIRST_TOKEN) this.lastEnded = index;
    if (kind === TRACE_COMPLETED) {
      if (this.cell < this.cells) this.countInCell(index);
      if (frame.start >= this.warm_up_s) this.count(index, now - frame.start);
    }
  }

  /** A cell of the series ends. */
  closeCell(): void {
    this.cell++;
  }

  /** Writes the cells that are closed, by category, and the buckets that are not empty: index, count, time by category. */
  save(to: NumberWriter): void {
    const closed = Math.min(this.cell as number, this.cells as number) as i32;
    for (let k = 0; k < CATEGORIES; k++) {
      for (let cell = 0; cell < closed; cell++) to.number(this.cellSums_s[cell * CATEGORIES + k]);
    }
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      if (this.counts[bucket] === 0) continue;
      to.number(bucket as number);
      to.number(this.counts[bucket]);
      for (let k = 0; k < CATEGORIES; k++) to.number(this.sums_s[bucket * CATEGORIES + k]);
    }
    to.number(END_OF_ATTRIBUTION as number);
  }

  private open(index: i32): void {
    for (let k = 0; k < CATEGORIES; k++) this.spent_s[index * CATEGORIES + k] = 0;
  }

  /** A call that its caller has waited in vain before. */
  private openLate(index: i32, caller: i32, now: number): void {
    this.open(index);
    this.spent_s[index * CATEGORIES + CATEGORY_UNANSWERED] = now - this.since_s[caller];
  }

  private takeOver(index: i32): void {
    const to = index * CATEGORIES;
    const from = this.lastEnded * CATEGORIES;
    for (let k = 0; k < CATEGORIES; k++) this.spent_s[to + k] = this.spent_s[to + k] + this.spent_s[from + k];
  }

  private count(index: i32, latency_s: number): void {
    const position = (highWord(latency_s) >> (20 - BITS)) - OFFSET;
    const bucket = position < 0 ? 0 : position < BUCKETS ? position : BUCKETS - 1;
    this.counts[bucket] = this.counts[bucket] + 1;
    const from = index * CATEGORIES;
    const to = bucket * CATEGORIES;
    for (let k = 0; k < CATEGORIES; k++) this.sums_s[to + k] = this.sums_s[to + k] + this.spent_s[from + k];
  }

  private countInCell(index: i32): void {
    const from = index * CATEGORIES;
    const to = this.cell * CATEGORIES;
    for (let k = 0; k < CATEGORIES; k++) this.cellSums_s[to + k] = this.cellSums_s[to + k] + this.spent_s[from + k];
  }

  private grow(index: i32): void {
    const capacity = 2 * (index + 1);
    const spent_s = newNumbers(capacity * CATEGORIES);
    const since_s = newNumbers(capacity);
    const categories = newInts(capacity);
    for (let k = 0; k < this.capacity * CATEGORIES; k++) spent_s[k] = this.spent_s[k];
    for (let k = 0; k < this.capacity; k++) {
      since_s[k] = this.since_s[k];
      categories[k] = this.categories[k];
    }
    this.spent_s = spent_s;
    this.since_s = since_s;
    this.categories = categories;
    this.capacity = capacity;
  }
}
