import { describe, expect, it } from "vitest";
import { moments, simultaneousBand, supTCritical } from "../src/index.js";
import { autoregression } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;
const paths = (...rows: number[][]): Float64Array[] => rows.map((row) => Float64Array.from(row));

/** These numbers in turns. */
const fixed = (...uniforms: number[]): (() => number) => {
  let next = 0;
  return () => uniforms[next++ % uniforms.length];
};

describe("supTCritical", () => {
  it("supTCritical of one cell by hand", () => {
    // Deviations (-1, 0, 1) / sqrt 2. Signs of the first three paths from the lowest bits: --- and +-- of two draws.
    const sample = paths([1], [2], [3]);
    const bit = 1 / 4_294_967_296;
    const of = (confidence: number): number => supTCritical(sample, { confidence, draws: 2, random: fixed(0, bit) });
    expect(of(0.3)).toBeCloseTo(0, 12);
    expect(of(0.6)).toBeCloseTo(Math.SQRT2, 12);
  });

  it("supTCritical is the largest over cells, each in its own unit", () => {
    // Cell 0 as above; cell 1 has (1, 1, -2) / sqrt 6, which signs --- add up to 0 and --+ to -4 / sqrt 6.
    const sample = paths([1, 100], [2, 100], [3, 70]);
    const random = fixed(4 / 4_294_967_296);
    expect(supTCritical(sample, { confidence: 0.5, draws: 1, random })).toBeCloseTo(4 / Math.sqrt(6), 12);
  });

  it("supTCritical draws one uniform for each 32 paths of each draw", () => {
    let calls = 0;
    const random = (): number => {
      calls++;
      return 0.3;
    };
    supTCritical(
      Array.from({ length: 33 }, (_, k) => Float64Array.of(k)),
      { confidence, draws: 20, random },
    );
    expect(calls).toBe(40);
  });

  it("supTCritical leaves out cells that do not vary, and values that are not there", () => {
    const random = seededRandom(1);
    const sample = Array.from({ length: 40 }, () => autoregression({ coefficient: 0.5, length: 3, random }));
    const wider = sample.map((path, k) => [0.1, path[0], NaN, path[1], k === 7 ? Infinity : 1, path[2], 0.3]);
    const options = { confidence, draws: 100 };
    const expected = supTCritical(sample, { ...options, random: seededRandom(2) });
    expect(supTCritical(paths(...wider), { ...options, random: seededRandom(2) })).toBe(expected);
    // Absent values have no weight: as if all other paths had the same cell, and this one its mean there.
    const sparse = sample.map((path, k) => (k < 2 ? path.with(1, NaN) : path));
    const mean = moments(sparse.slice(2).map((path) => path[1])).mean;
    const filled = sparse.map((path, k) => (k < 2 ? path.with(1, mean) : path));
    const found = supTCritical(sparse, { ...options, random: seededRandom(2) });
    expect(found).toBeCloseTo(supTCritical(filled, { ...options, random: seededRandom(2) }), 12);
  });

  it("supTCritical without anything that varies is NaN, and the band Bonferroni", () => {
    const random = seededRandom(1);
    for (const sample of [[], paths([1, 2]), paths([1, NaN], [1, 2]), paths([], [])]) {
      expect(supTCritical(sample, { confidence, draws: 50, random })).toBeNaN();
    }
    const cell = { n: 10, mean: 1, variance: 1, confidence, cells: 5 };
    expect(simultaneousBand({ ...cell, critical: NaN })).toEqual(simultaneousBand(cell));
  });

  it("supTCritical of too few draws is infinite", () => {
    const random = seededRandom(1);
    const sample = paths([1], [2], [4]);
    expect(supTCritical(sample, { confidence, draws: 18, random })).toBe(Infinity);
    expect(supTCritical(sample, { confidence, draws: 19, random })).toBeLessThanOrEqual(Math.sqrt(3));
  });

  it("supTCritical refuses impossible options and paths of different lengths", () => {
    const valid = { confidence, draws: 10, random: seededRandom(1) };
    expect(() => supTCritical([], { ...valid, confidence: 1 })).toThrow("confidence must be > 0 and < 1");
    expect(() => supTCritical([], { ...valid, draws: 1.5 })).toThrow("draws must be an integer >= 0");
    expect(() => supTCritical([], { ...valid, draws: 0 })).toThrow(
      new RangeError("Cannot compute sup-t critical value: draws must be >= 1: current value is 0"),
    );
    expect(() => supTCritical(paths([1, 2], [1]), valid)).toThrow(
      new RangeError("Cannot compute sup-t critical value: paths must have the same length, 2: current value is 1"),
    );
  });
});

describe("simultaneousBand by sup-t", () => {
  const cell = { n: 25, mean: 10, variance: 4, confidence, cells: 100 };

  it("simultaneousBand turns the critical value into a multiple of the standard error", () => {
    // 3 sqrt(24 / 16) = 3.674235 standard errors of 0.4; Bonferroni would be t of 24 degrees at 0.99975: 4.06.
    const { low, high, method } = simultaneousBand({ ...cell, critical: 3 });
    expect(method).toBe("sup_t");
    expect(high).toBeCloseTo(10 + 3.674235 * 0.4, 6);
    expect(low).toBeCloseTo(10 - 3.674235 * 0.4, 6);
  });

  it("simultaneousBand is never wider than Bonferroni, and says which it is", () => {
    const plain = simultaneousBand(cell);
    expect(plain.method).toBe("bonferroni_t");
    for (const critical of [4, 5, 6, Infinity]) expect(simultaneousBand({ ...cell, critical })).toEqual(plain);
  });

  it("simultaneousBand of a single cell is nearly Student's t", () => {
    const random = seededRandom(4);
    const sample = Array.from({ length: 60 }, () => autoregression({ coefficient: 0, length: 1, random }));
    const critical = supTCritical(sample, { confidence, draws: 50_000, random });
    // Without Bonferroni's limit: 1000 cells.
    const { high } = simultaneousBand({ n: 60, mean: 0, variance: 60, confidence, cells: 1000, critical });
    expect(high / 2.000995).toBeGreaterThan(0.98);
    expect(high / 2.000995).toBeLessThan(1.02);
  });

  it("simultaneousBand refuses a negative critical value", () => {
    expect(() => simultaneousBand({ ...cell, critical: -1 })).toThrow(
      new RangeError("Cannot compute band: critical must be >= 0: current value is -1"),
    );
  });
});
