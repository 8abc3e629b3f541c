import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latinHypercube, sobolPoints, uniformPoints, type UnitPoint } from "../src/index.js";
import { runs } from "./arbitraries.js";
import { seededRandom } from "./seeded-random.js";

const seed = fc.integer({ min: 0, max: 0xffff_ffff });
/** A generator, or one that gives an extreme now and then: 0, or the largest double below 1. */
const chance = fc.tuple(seed, fc.constantFrom(0, 0.3)).map(([from, extremes]) => () => {
  const random = seededRandom(from);
  return (): number => {
    const draw = random();
    if (draw >= extremes) return draw;
    return draw < extremes / 2 ? 0 : 1 - Number.EPSILON / 2;
  };
});
const size = { samples: fc.integer({ min: 1, max: 70 }), dimensions: fc.integer({ min: 1, max: 5 }) };

/** How many points lie in each cell of a coordinate. */
function counts(points: readonly UnitPoint[], { dimension, cells }: { dimension: number; cells: number }): number[] {
  const found = Array.from({ length: cells }, () => 0);
  const edges = Array.from({ length: cells + 1 }, (_, k) => k / cells);
  for (const point of points) {
    const k = edges.findIndex((edge, at) => edge <= point[dimension] && point[dimension] < edges[at + 1]);
    found[k]++;
  }
  return found;
}

describe("latinHypercube", () => {
  it("latinHypercube has one point in each stratum of each coordinate", () => {
    const law = fc.property(fc.record(size), chance, ({ samples, dimensions }, from) => {
      const points = latinHypercube({ samples, dimensions, random: from() });
      expect(points).toHaveLength(samples);
      for (let dimension = 0; dimension < dimensions; dimension++) {
        expect(counts(points, { dimension, cells: samples })).toEqual(points.map(() => 1));
      }
    });
    fc.assert(law, runs);
  });

  it("latinHypercube matches the coordinates at random: all 6 orders of 3 strata occur about equally often", () => {
    const random = seededRandom(3);
    const orders = new Map<string, number>();
    for (let k = 0; k < 6000; k++) {
      const points = latinHypercube({ samples: 3, dimensions: 2, random }).toSorted((p, q) => p[0] - q[0]);
      const order = points.map(([, y]) => Math.floor(3 * y)).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    // 1,000 each, standard deviation 29.
    expect([...orders.keys()].toSorted()).toEqual(["012", "021", "102", "120", "201", "210"]);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * 29);
  });
});

describe("sobolPoints", () => {
  it("sobolPoints is a net in each coordinate, and its first two coordinates are one together", () => {
    const sizes = fc.record({ bits: fc.integer({ min: 0, max: 6 }), dimensions: fc.constantFrom(1, 2, 5, 64) });
    const law = fc.property(sizes, chance, ({ bits, dimensions }, from) => {
      const samples = 1 << bits;
      const points = sobolPoints({ samples, dimensions, random: from() });
      for (let dimension = 0; dimension < dimensions; dimension++) {
        expect(counts(points, { dimension, cells: samples })).toEqual(points.map(() => 1));
      }
      if (dimensions === 1) return;
      for (let wide = 0; wide <= bits; wide++) {
        const boxes = points.map(([x, y]) => `${Math.floor(x * (1 << wide))} ${Math.floor(y * (1 << (bits - wide)))}`);
        expect(new Set(boxes).size).toBe(samples);
      }
    });
    fc.assert(law, { ...runs, numRuns: 100 });
  });

  it("sobolPoints scrambles each bit by those before it: 4 points come in all 8 nested orders equally often", () => {
    const random = seededRandom(4);
    const orders = new Map<string, number>();
    for (let k = 0; k < 8000; k++) {
      const order = sobolPoints({ samples: 4, dimensions: 1, random }).map(([x]) => Math.floor(4 * x));
      orders.set(order.join(""), (orders.get(order.join("")) ?? 0) + 1);
    }
    // A shift of all points alike would have 4. Unscrambled 0231. 1,000 each, standard deviation 30.
    const nested = ["0231", "0321", "1230", "1320", "2013", "2103", "3012", "3102"];
    expect([...orders.keys()].toSorted()).toEqual(nested);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * 30);
  });

  it("sobolPoints: every point alone is uniform", () => {
    const random = seededRandom(9);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let k = 0; k < 10_000; k++) {
      const points = sobolPoints({ samples: 8, dimensions: 3, random });
      tenths[Math.floor(10 * points[5][2])]++;
    }
    // 1,000 each, standard deviation 30.
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(4 * 30);
  });
});

describe.each([
  ["latinHypercube", latinHypercube],
  ["sobolPoints", sobolPoints],
  ["uniformPoints", uniformPoints],
])("%s", (name, draw) => {
  it(`${name} gives points of [0, 1), and the same ones for the same random numbers`, () => {
    const law = fc.property(fc.constantFrom(1, 2, 4, 32), size.dimensions, chance, (samples, dimensions, from) => {
      const points = draw({ samples, dimensions, random: from() });
      expect(points.map((point) => point.length)).toEqual(Array.from({ length: samples }, () => dimensions));
      expect(points.every((point) => point.every((x) => x >= 0 && x < 1))).toBe(true);
      expect(draw({ samples, dimensions, random: from() })).toEqual(points);
    });
    fc.assert(law, runs);
  });

  it(`${name} refuses sizes that make no design`, () => {
    const random = seededRandom(1);
    expect(() => draw({ samples: 0, dimensions: 1, random })).toThrow("samples must be an integer from 1 to 1048576");
    expect(() => draw({ samples: 4, dimensions: 0, random })).toThrow("dimensions must be an integer from 1 to 1000");
  });
});
