import { newInts, type Ints } from "../../platform/platform.js";
import type { Stream } from "../stream.js";
import { Contents } from "./contents.js";

/** Keys of which any goes with equal probability. */
export class RandomContents extends Contents {
  private readonly keys: i32;
  private readonly capacity: i32;
  private readonly choices: Stream;
  /** The keys that are held, and where each of them stands; -1 for one that is not. */
  private readonly slots: Ints;
  private readonly places: Ints;
  private held: i32 = 0;

  /** `choices` are uniform on [0, 1). */
  constructor(keys: i32, capacity: i32, choices: Stream) {
    super();
    this.keys = keys;
    this.capacity = capacity;
    this.choices = choices;
    this.slots = newInts(capacity);
    this.places = newInts(keys);
  }

  reset(): void {
    for (let key = 0; key < this.keys; key++) this.places[key] = -1;
    this.held = 0;
  }

  has(key: i32): boolean {
    return this.places[key] >= 0;
  }

  touch(_key: i32): void {}

  insert(key: i32): boolean {
    const isFull = this.held === this.capacity;
    if (isFull) this.remove(this.slots[Math.floor(this.choices.next() * (this.held as number)) as i32]);
    this.slots[this.held] = key;
    this.places[key] = this.held;
    this.held++;
    return isFull;
  }

  remove(key: i32): void {
    this.held--;
    const last = this.slots[this.held];
    const place = this.places[key];
    this.slots[place] = last;
    this.places[last] = place;
    this.places[key] = -1;
  }
}
