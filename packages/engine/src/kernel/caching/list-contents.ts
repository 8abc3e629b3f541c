import { newInts, type Ints } from "../../platform/platform.js";
import { Contents } from "./contents.js";

/** Stands where no key does. */
const NOBODY: i32 = -1;

/**
 * Keys in a doubly linked list, the newest first. `fifo` lets the oldest go. `lru` makes a key that is asked for the newest. `sieve` marks it instead, and a hand
 * goes from the oldest to the newest, takes marks away and lets the first go that has none (Zhang et al. 2024, NSDI).
 */
export class ListContents extends Contents {
  private readonly keys: i32;
  private readonly capacity: i32;
  private readonly renews: boolean;
  private readonly marks: boolean;
  /** The next newer and the next older key of each. */
  private readonly newer: Ints;
  private readonly older: Ints;
  /** 0 when it is not held, 1 when it is, 2 when it is marked. */
  private readonly state: Ints;
  private newest: i32 = NOBODY;
  private oldest: i32 = NOBODY;
  private hand: i32 = NOBODY;
  private held: i32 = 0;

  constructor(keys: i32, capacity: i32, renews: boolean, marks: boolean) {
    super();
    this.keys = keys;
    this.capacity = capacity;
    this.renews = renews;
    this.marks = marks;
    this.newer = newInts(keys);
    this.older = newInts(keys);
    this.state = newInts(keys);
  }

  reset(): void {
    for (let key = 0; key < this.keys; key++) this.state[key] = 0;
    this.newest = NOBODY;
    this.oldest = NOBODY;
    this.hand = NOBODY;
    this.held = 0;
  }

  has(key: i32): boolean {
    return this.state[key] !== 0;
  }

  touch(key: i32): void {
    if (this.marks) this.state[key] = 2;
    if (!this.renews || key === this.newest) return;
    this.unlink(key);
    this.link(key);
  }

  insert(key: i32): boolean {
    const isFull = this.held === this.capacity;
    if (isFull) this.remove(this.marks ? this.swept() : this.oldest);
    this.link(key);
    this.state[key] = 1;
    this.held++;
    return isFull;
  }

  remove(key: i32): void {
    if (key === this.hand) this.hand = this.newer[key];
    this.unlink(key);
    this.state[key] = 0;
    this.held--;
  }

  /** The key at which the hand stops. */
  private swept(): i32 {
    let key = this.hand === NOBODY ? this.oldest : this.hand;
    while (this.state[key] === 2) {
      this.state[key] = 1;
      key = this.newer[key];
      if (key === NOBODY) key = this.oldest;
    }
    this.hand = key;
    return key;
  }

  private link(key: i32): void {
    const second = this.newest;
    this.newer[key] = NOBODY;
    this.older[key] = second;
    if (second === NOBODY) this.oldest = key;
    else this.newer[second] = key;
    this.newest = key;
  }

  private unlink(key: i32): void {
    const newer = this.newer[key];
    const older = this.older[key];
    if (newer === NOBODY) this.newest = older;
    else this.older[newer] = older;
    if (older === NOBODY) this.oldest = newer;
    else this.newer[older] = newer;
  }
}
