import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simultaneousBand, supTCritical } from "../src/index.js";
import { fraction, runs } from "./arbitraries.js";
import { seededRandom } from "./seeded-random.js";

/** Not so small that squares vanish. */
const small = fc.integer({ min: 0, max: 1000 }).map((x) => x / 1000);
const value = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN), small);

/** More than one group of 8 paths, more than 32 of them, more than one block of 32 cells, at times. */
const paths = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([n, cells]) =>
    fc.array(fc.array(value, { minLength: cells, maxLength: cells }), { minLength: n, maxLength: n }),
  )
  .map((rows) => rows.map((row) => Float64Array.from(row)));

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const few = { ...runs, numRuns: 150 };

/** By the definition, with one addition for each path. */
function byDefinition(rows: readonly Float64Array[], { confidence, draws, random }: Options): number {
  const largest = Array.from({ length: draws }, () => 0);
  const words = Math.ceil(rows.length / 32);
  const bits = Array.from({ length: draws }, () => Array.from({ length: words }, () => Math.floor(random() * 2 ** 32)));
  let varying = 0;
  for (let cell = 0; cell < rows[0].length; cell++) {
    const column = rows.map((row) => row[cell]);
    const defined = column.filter((x) => !Number.isNaN(x));
    if (new Set(defined).size < 2) continue;
    varying++;
    const mean = defined.reduce((total, x) => total + x, 0) / defined.length;
    const deviations = column.map((x) => (Number.isNaN(x) ? 0 : x - mean));
    const scale = Math.sqrt(deviations.reduce((total, d) => total + d * d, 0));
    for (let draw = 0; draw < draws; draw++) {
      const sign = (k: number): number => ((bits[draw][k >> 5] >>> (k & 31)) & 1 ? 1 : -1);
      const sum = deviations.reduce((total, d, k) => total + sign(k) * d, 0);
      largest[draw] = Math.max(largest[draw], Math.abs(sum) / scale);
    }
  }
  if (varying === 0) return NaN;
  return largest.sort((a, b) => a - b)[Math.ceil(confidence * (draws + 1)) - 1];
}

interface Options {
  readonly confidence: number;
  readonly draws: number;
  readonly random: () => number;
}

describe("supTCritical", () => {
  it("supTCritical is what its definition says", () => {
    const law = fc.property(paths, seeds, (rows, seed) => {
      const options = { confidence: 0.9, draws: 33 };
      const found = supTCritical(rows, { ...options, random: seededRandom(seed) });
      const expected = byDefinition(rows, { ...options, random: seededRandom(seed) });
      if (Number.isNaN(expected)) expect(found).toBeNaN();
      else expect(found).toBeCloseTo(expected, 9);
    });
    fc.assert(law, few);
  });

  it("supTCritical is at most the root of the number of paths and never falls with confidence", () => {
    const law = fc.property(paths, seeds, fraction, fraction, (rows, seed, one, other) => {
      const at = (confidence: number): number =>
        supTCritical(rows, { confidence, draws: 2000, random: seededRandom(seed) });
      const low = at(Math.min(one, other));
      fc.pre(!Number.isNaN(low));
      const high = at(Math.max(one, other));
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeGreaterThanOrEqual(low);
      expect(high).toBeLessThanOrEqual(Math.sqrt(rows.length) + 1e-9);
    });
    fc.assert(law, { ...runs, numRuns: 50 });
  });

  it("supTCritical does not depend on the unit of a cell, nor on a second copy of it", () => {
    const law = fc.property(paths, seeds, fc.integer({ min: 1, max: 9 }), (rows, seed, factor) => {
      const options = { confidence: 0.9, draws: 50 };
      const found = supTCritical(rows, { ...options, random: seededRandom(seed) });
      fc.pre(!Number.isNaN(found));
      const copied = rows.map((row) => Float64Array.from([...row, ...row.map((x) => 5 - factor * x)]));
      expect(supTCritical(copied, { ...options, random: seededRandom(seed) })).toBeCloseTo(found, 6);
    });
    fc.assert(law, few);
  });
});

describe("simultaneousBand", () => {
  it("simultaneousBand is never wider by sup-t and widens with its critical value", () => {
    const critical = fc.double({ min: 0, max: 10, noNaN: true });
    const sizes = fc.integer({ min: 2, max: 200 });
    const law = fc.property(sizes, sizes, critical, critical, (n, cells, one, other) => {
      const cell = { n, mean: 0, variance: 1, confidence: 0.95, cells };
      const narrow = simultaneousBand({ ...cell, critical: Math.min(one, other) });
      const wide = simultaneousBand({ ...cell, critical: Math.max(one, other) });
      expect(narrow.high).toBeLessThanOrEqual(wide.high);
      expect(wide.high).toBeLessThanOrEqual(simultaneousBand(cell).high);
    });
    fc.assert(law, runs);
  });
});
