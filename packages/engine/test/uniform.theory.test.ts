import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { positiveUniform, uniform } from "../src/random/uniform.js";
import { streamKey, streamState } from "../src/random/stream-key.js";
import { chiSquareProbability, PLAUSIBLE } from "./chi-square.js";

const count = 200_000;
const values = drawn("uniform");

function drawn(purpose: string): Float64Array {
  const generator = xoroshiro128plusFromState(streamState(streamKey("uniform.theory", purpose), 20_261_121, 0));
  return Float64Array.from({ length: count }, () => uniform(generator));
}

/** Chi-square probability of a number in 0 .. cells - 1 that should be uniform. */
function evenness(cells: number, cellOf: (k: number) => number): number {
  const observed = new Float64Array(cells);
  for (let k = 0; k < count; k++) observed[cellOf(k)]!++;
  return chiSquareProbability(observed, new Float64Array(cells).fill(count / cells));
}

/** The `width` bits of value k that follow the first `skipped` ones. */
function bitsOf(k: number, skipped: number, width: number): number {
  const scaled = values[k]! * 2 ** skipped;
  return Math.floor((scaled - Math.floor(scaled)) * 2 ** width);
}

function expectPlausible(probability: number): void {
  expect(probability).toBeGreaterThan(PLAUSIBLE.least);
  expect(probability).toBeLessThan(PLAUSIBLE.most);
}

describe("uniform", () => {
  it("uniform has 53 bits and stays in [0, 1)", () => {
    const integers = values.map((value) => value * 2 ** 53);
    expect(integers.every((integer) => Number.isInteger(integer) && integer >= 0 && integer < 2 ** 53)).toBe(true);
    expect(integers.some((integer) => integer % 2 === 1)).toBe(true);
  });

  it.each([0, 8, 16, 19, 26, 34, 45])("uniform has even bytes after its first %d bits", (skipped) => {
    expectPlausible(evenness(256, (k) => bitsOf(k, skipped, 8)));
  });

  it("uniform has each of its 53 bits set half of the time", () => {
    for (let bit = 0; bit < 53; bit++) {
      let ones = 0;
      for (let k = 0; k < count; k++) ones += bitsOf(k, bit, 1);
      expect(Math.abs(ones - count / 2), `bit ${bit}`).toBeLessThan(4.5 * Math.sqrt(count / 4));
    }
  });

  it("uniform has even pairs of neighbours, high bits and low bits", () => {
    const next = (k: number): number => (k + 1) % count;
    expectPlausible(evenness(1024, (k) => bitsOf(k, 0, 5) * 32 + bitsOf(next(k), 0, 5)));
    expectPlausible(evenness(1024, (k) => bitsOf(k, 48, 5) * 32 + bitsOf(next(k), 48, 5)));
    expectPlausible(evenness(1024, (k) => bitsOf(k, 0, 5) * 32 + bitsOf(k, 48, 5)));
  });

  it("uniform of two streams makes even pairs", () => {
    const other = drawn("another");
    expectPlausible(evenness(1024, (k) => bitsOf(k, 0, 5) * 32 + Math.floor(other[k]! * 32)));
  });

  it("uniform in this test would be refused with a few per mille too many small values", () => {
    expect(evenness(256, (k) => Math.floor(values[k]! * (values[k]! < 0.5 ? 0.98 : 1) * 256))).toBeLessThan(1e-8);
  });
});

describe("positiveUniform", () => {
  it("positiveUniform is never 0: it mirrors uniform", () => {
    const one = xoroshiro128plusFromState([1, 2, 3, 4]);
    const other = xoroshiro128plusFromState([1, 2, 3, 4]);
    for (let k = 0; k < 1000; k++) expect(positiveUniform(one)).toBe(1 - uniform(other));
    expect(positiveUniform(zeros)).toBe(1);
  });
});

/** A generator whose words are all zero: the smallest uniform. */
const zeros = { clone: () => zeros, next: () => 0, getState: () => [0, 0, 0, 0] };
