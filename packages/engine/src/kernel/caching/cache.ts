import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newNumbers, newRefs, type Ints, type Numbers, type Refs } from "../../platform/platform.js";
import type { CacheRecord } from "../../record/cache-record.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { Stream } from "../stream.js";
import type { Contents } from "./contents.js";
import { readContents } from "./read-contents.js";

/** A cache with real contents: keys, what is evicted, when it expires, and who waits for a key that another one fetches. */
export class Cache extends Part {
  readonly record: CacheRecord;
  /** Whether who misses a key waits when another one is fetching it. */
  readonly coalesces: boolean;
  private readonly draws: Stream;
  private readonly last: i32;
  private readonly contents: Contents;
  /** Time between two shifts of what is asked for [s], 0 for none, and by how many keys. */
  private readonly shift_s: number;
  private readonly shiftKeys: number;
  /** Times to live [s], Infinity for none; and whether a hit renews them. */
  private readonly ttl_s: number;
  private readonly lives: Stream | null;
  private readonly slides: boolean;
  private readonly expires_s: Numbers;
  /** Of each key, whether somebody fetches it, and who waits for that; in caches that coalesce. */
  private readonly fetched: Ints;
  private readonly heads: Refs<Frame | null>;
  private readonly tails: Refs<Frame | null>;

  constructor(plan: NumberReader, streams: Stream[], record: CacheRecord) {
    super();
    this.record = record;
    const keys = plan.int();
    this.last = keys - 1;
    this.draws = streams[plan.int()];
    this.shift_s = plan.number();
    this.shiftKeys = plan.number();
    this.ttl_s = plan.number();
    const lives = plan.int();
    this.lives = lives < 0 ? null : streams[lives];
    this.slides = plan.int() === 1;
    const coalesces = plan.int() === 1;
    this.coalesces = coalesces;
    this.contents = readContents(plan, streams, keys);
    const waits = coalesces ? keys : 0;
    this.expires_s = newNumbers(keys);
    this.fetched = newInts(waits);
    this.heads = newRefs<Frame | null>(waits, null);
    this.tails = newRefs<Frame | null>(waits, null);
  }

  reset(): void {
    this.contents.reset();
    if (!this.coalesces) return;
    for (let key = 0; key <= this.last; key++) {
      this.fetched[key] = 0;
      this.heads[key] = null;
    }
  }

  /** Draws what is asked for. */
  draw(now: number): i32 {
    const key = Math.max(0, Math.min(this.last as number, Math.floor(this.draws.next())));
    if (this.shift_s === 0 || key === 0) return key as i32;
    // Products and remainders of whole numbers below 2^53 are exact.
    const circle = this.last as number;
    const shifts = Math.floor(now / this.shift_s) % circle;
    return (1 + ((key - 1 + shifts * this.shiftKeys) % circle)) as i32;
  }

  /** Whether a key is there; it counts as asked for then. */
  finds(key: i32, now: number): boolean {
    if (!this.contents.has(key)) return false;
    if (now >= this.expires_s[key]) {
      this.contents.remove(key);
      this.record.entries.change(-1, now);
      this.record.expirations += 1;
      return false;
    }
    this.contents.touch(key);
    if (this.slides) this.expires_s[key] = now + this.life_s();
    return true;
  }

  /** A key has been fetched. Another one may have been faster. */
  keep(key: i32, now: number): void {
    if (!this.contents.has(key)) {
      if (this.contents.insert(key)) this.record.evictions += 1;
      else this.record.entries.change(1, now);
    }
    this.expires_s[key] = now + this.life_s();
  }

  /** It loses all that it holds. */
  flush(now: number): void {
    this.contents.reset();
    this.record.entries.change(-this.record.entries.value, now);
  }

  isFetched(key: i32): boolean {
    return this.fetched[key] === 1;
  }

  /** Somebody fetches a key from now on. */
  fetch(key: i32): void {
    this.fetched[key] = 1;
  }

  /** The frame waits for a key that another one fetches. */
  wait(frame: Frame, key: i32): void {
    frame.next = null;
    if (this.heads[key] === null) this.heads[key] = frame;
    else this.tails[key]!.next = frame;
    this.tails[key] = frame;
  }

  /** A frame that waits for a key waits no more. */
  leave(frame: Frame, key: i32): void {
    let before: Frame | null = null;
    for (let other = this.heads[key]; other !== frame; other = other!.next) before = other;
    if (before === null) this.heads[key] = frame.next;
    else before.next = frame.next;
    if (frame.next === null) this.tails[key] = before;
  }

  /** Nobody fetches a key any more; gives the first of those who waited for it, behind whom the others are. */
  settle(key: i32): Frame | null {
    const first = this.heads[key];
    this.fetched[key] = 0;
    this.heads[key] = null;
    return first;
  }

  private life_s(): number {
    const lives = this.lives;
    return lives === null ? this.ttl_s : lives.next();
  }
}
