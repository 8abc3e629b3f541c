import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packedCount, packNumbers, unpackNumbers } from "../../src/chunks/pack-numbers.js";

describe("packNumbers", () => {
  test.each<[string, readonly number[], readonly number[]]>([
    ["nothing", [], []],
    ["one number", [7], [1, 7]],
    ["a pair, which is no shorter", [7, 7], [2, 7, 7]],
    ["three of one", [7, 7, 7], [-3, 7]],
    ["others before and after", [1, 2, 0, 0, 0, 0, 3], [2, 1, 2, -4, 0, 1, 3]],
    ["pairs among others", [1, 1, 2, 2, 3], [5, 1, 1, 2, 2, 3]],
    ["two repetitions", [1, 1, 1, 2, 2, 2], [-3, 1, -3, 2]],
    ["undefined ones", [Number.NaN, Number.NaN, Number.NaN], [-3, Number.NaN]],
    ["both zeros, which differ", [0, 0, 0, -0, -0, -0], [-3, 0, -3, -0]],
    ["numbers that look like lengths", [-3, 5, 2], [3, -3, 5, 2]],
  ])("packNumbers writes %s", (_, numbers, packed) => {
    expect(packedOf(numbers)).toEqual(Float64Array.from(packed));
  });

  test("packNumbers begins where it is told", () => {
    const into = new Float64Array(4);
    expect(packNumbers([5], into, 2)).toBe(4);
    expect(into).toEqual(Float64Array.of(0, 0, 1, 5));
  });

  test("packNumbers: what it makes is never longer than the numbers and one more, and comes back bit by bit", () => {
    const run = fc.tuple(fc.constantFrom(0, -0, 1, -2, Number.NaN, 0.1, Infinity), fc.integer({ min: 1, max: 6 }));
    const numbers = fc
      .array(run, { maxLength: 30 })
      .map((runs) => runs.flatMap(([value, n]) => Array.from({ length: n }, () => value)));
    fc.assert(
      fc.property(numbers, (values) => {
        const packed = packedOf(values);
        expect(packed.length).toBeLessThanOrEqual(values.length + 1);
        expect(packedCount(packed)).toBe(values.length);
        expect(unpackNumbers(packed, values.length)).toEqual(Float64Array.from(values));
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });
});

describe("packedCount", () => {
  test.each<[string, readonly number[]]>([
    ["a length without numbers", [1]],
    ["fewer numbers than it says", [3, 1, 2]],
    ["a repetition of nothing", [-3]],
    ["no length", [0, 1]],
    ["half a length", [1.5, 1]],
    ["an undefined length", [Number.NaN, 1]],
    ["an endless length", [-Infinity, 1]],
    ["lengths beyond all numbers", [-(2 ** 53 - 1), 1, -(2 ** 53 - 1), 1]],
  ])("packedCount tells nothing of %s", (_, packed) => {
    expect(packedCount(Float64Array.from(packed))).toBeUndefined();
  });

  test("packedCount counts what is too much to be unpacked", () => {
    expect(packedCount(Float64Array.of(-1e12, 0, 1, 5))).toBe(1e12 + 1);
  });
});

function packedOf(numbers: readonly number[]): Float64Array {
  const room = new Float64Array(numbers.length + 1);
  return room.slice(0, packNumbers(numbers, room, 0));
}
