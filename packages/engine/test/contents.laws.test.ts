import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberReader } from "../src/platform/number-reader.js";
import type { Contents } from "../src/kernel/caching/contents.js";
import {
  EVICT_FIFO,
  EVICT_LFU,
  EVICT_LRU,
  EVICT_RANDOM,
  EVICT_SIEVE,
  readContents,
} from "../src/kernel/caching/read-contents.js";

const KEYS = 8;
const runs = { seed: 20_261_121, numRuns: 300 };

/** A key that a naive cache holds. */
interface Entry {
  readonly key: number;
  visited: boolean;
}

/** A cache as a list, the oldest first, that does what its rule says in the plainest way. */
class NaiveContents {
  readonly kind: number;
  readonly capacity: number;
  entries: Entry[] = [];
  readonly asked: number[] = [];
  #hand = 0;

  constructor(kind: number, capacity: number) {
    this.kind = kind;
    this.capacity = capacity;
  }

  touch(key: number): void {
    this.asked.push(key);
    const entry = this.entries.find((one) => one.key === key)!;
    entry.visited = true;
    if (this.kind === EVICT_LRU) this.entries = [...this.entries.filter((one) => one !== entry), entry];
  }

  insert(key: number): void {
    this.asked.push(key);
    if (this.entries.length === this.capacity) this.remove(this.#victim());
    this.entries.push({ key, visited: false });
  }

  remove(key: number): void {
    const place = this.entries.findIndex((one) => one.key === key);
    this.entries.splice(place, 1);
    if (place < this.#hand) this.#hand--;
    // Behind the newest it begins anew, whoever comes next.
    if (this.#hand === this.entries.length) this.#hand = 0;
  }

  #victim(): number {
    if (this.kind === EVICT_LFU) {
      const weight = (key: number): number =>
        this.asked.filter((one) => one === key).length * 1e6 + this.asked.lastIndexOf(key);
      return this.entries.map(({ key }) => key).toSorted((one, other) => weight(one) - weight(other))[0]!;
    }
    if (this.kind !== EVICT_SIEVE) return this.entries[0]!.key;
    for (;;) {
      if (this.#hand >= this.entries.length) this.#hand = 0;
      const entry = this.entries[this.#hand]!;
      if (!entry.visited) return entry.key;
      entry.visited = false;
      this.#hand++;
    }
  }
}

function contentsOf(kind: number, capacity: number): Contents {
  const contents = readContents(new NumberReader(Float64Array.of(kind, capacity, 0)), [], KEYS);
  contents.reset();
  return contents;
}

const acts = fc.array(fc.record({ key: fc.nat(KEYS - 1), expires: fc.constantFrom(false, false, false, true) }), {
  maxLength: 60,
  size: "max",
});

describe("Contents", () => {
  it.each([
    ["lru", EVICT_LRU],
    ["fifo", EVICT_FIFO],
    ["lfu", EVICT_LFU],
    ["sieve", EVICT_SIEVE],
  ])("Contents of %s hold what a plain list would, whatever is asked for and expires", (_name, kind) => {
    const law = fc.property(acts, fc.integer({ min: 1, max: KEYS }), (list, capacity) => {
      const contents = contentsOf(kind, capacity);
      const naive = new NaiveContents(kind, capacity);
      for (const { key, expires } of list) {
        if (expires && contents.has(key)) {
          contents.remove(key);
          naive.remove(key);
        } else if (contents.has(key)) {
          contents.touch(key);
          naive.touch(key);
        } else {
          const isFull = naive.entries.length === capacity;
          expect(contents.insert(key)).toBe(isFull);
          naive.insert(key);
        }
        const held = Array.from({ length: KEYS }, (_, one) => one).filter((one) => contents.has(one));
        expect(held).toEqual(naive.entries.map((entry) => entry.key).toSorted((one, other) => one - other));
      }
    });
    fc.assert(law, runs);
  });

  it("Contents of random hold as many as fit, the newcomer among them", () => {
    const law = fc.property(acts, fc.integer({ min: 1, max: KEYS }), fc.nat(999), (list, capacity, draw) => {
      const choices = { next: () => draw / 1000 };
      const plan = new NumberReader(Float64Array.of(EVICT_RANDOM, capacity, 0));
      const contents = readContents(plan, [choices as never], KEYS);
      contents.reset();
      let held = 0;
      for (const { key, expires } of list) {
        if (contents.has(key)) {
          if (!expires) continue;
          contents.remove(key);
          held--;
        } else {
          if (!contents.insert(key)) held++;
          expect(contents.has(key)).toBe(true);
        }
        expect(Array.from({ length: KEYS }, (_, one) => contents.has(one)).filter(Boolean)).toHaveLength(held);
        expect(held).toBeLessThanOrEqual(capacity);
      }
    });
    fc.assert(law, runs);
  });
});
