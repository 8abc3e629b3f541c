import { newInts, newNumbers, type Ints, type Numbers } from "../../platform/platform.js";
import { Contents } from "./contents.js";

/**
 * Keys of which the one goes that was asked for least often, in the whole run and not only since it came (perfect LFU); of several such, the
 * one that was asked for longest ago. A binary heap of the keys that are held.
 */
export class FrequencyContents extends Contents {
  private readonly keys: i32;
  private readonly capacity: i32;
  private readonly heap: Ints;
  /** Where each key stands in the heap; -1 for one that is not held. */
  private readonly places: Ints;
  /** How often each was asked for, and the turn of the last time. */
  private readonly counts: Numbers;
  private readonly turns: Numbers;
  private turn: number = 0;
  private held: i32 = 0;

  constructor(keys: i32, capacity: i32) {
    super();
    this.keys = keys;
    this.capacity = capacity;
    this.heap = newInts(capacity);
    this.places = newInts(keys);
    this.counts = newNumbers(keys);
    this.turns = newNumbers(keys);
  }

  reset(): void {
    for (let key = 0; key < this.keys; key++) {
      this.places[key] = -1;
      this.counts[key] = 0;
    }
    this.turn = 0;
    this.held = 0;
  }

  has(key: i32): boolean {
    return this.places[key] >= 0;
  }

  touch(key: i32): void {
    this.count(key);
    this.sink(key, this.places[key]);
  }

  insert(key: i32): boolean {
    const isFull = this.held === this.capacity;
    if (isFull) this.remove(this.heap[0]);
    this.count(key);
    this.held++;
    this.rise(key, this.held - 1);
    return isFull;
  }

  remove(key: i32): void {
    const place = this.places[key];
    this.places[key] = -1;
    this.held--;
    if (place === this.held) return;
    const last = this.heap[this.held];
    this.rise(last, place);
    this.sink(last, this.places[last]);
  }

  private count(key: i32): void {
    this.turn += 1;
    this.counts[key] += 1;
    this.turns[key] = this.turn;
  }

  private rise(key: i32, from: i32): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.goesBefore(key, this.heap[above])) break;
      this.put(this.heap[above], place);
      place = above;
    }
    this.put(key, place);
  }

  private sink(key: i32, from: i32): void {
    let place = from;
    while (2 * place + 1 < this.held) {
      let below = 2 * place + 1;
      if (below + 1 < this.held && this.goesBefore(this.heap[below + 1], this.heap[below])) below++;
      if (!this.goesBefore(this.heap[below], key)) break;
      this.put(this.heap[below], place);
      place = below;
    }
    this.put(key, place);
  }

  private goesBefore(one: i32, other: i32): boolean {
    const less = this.counts[one] - this.counts[other];
    return less < 0 || (less === 0 && this.turns[one] < this.turns[other]);
  }

  private put(key: i32, place: i32): void {
    this.heap[place] = key;
    this.places[key] = place;
  }
}
