import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { morrisEffects, morrisTrajectories } from "../src/index.js";
import { runs } from "./arbitraries.js";
import { seededRandom } from "./seeded-random.js";

const sizes = fc.record({
  trajectories: fc.integer({ min: 2, max: 8 }),
  dimensions: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
});

describe("morrisTrajectories", () => {
  it("morrisTrajectories changes every factor once, by 2/3 of its range, on the grid", () => {
    const law = fc.property(sizes, ({ trajectories, dimensions, seed }) => {
      const walks = morrisTrajectories({ trajectories, dimensions, random: seededRandom(seed) });
      expect(walks).toHaveLength(trajectories);
      for (const [t, { runs, moved }] of walks.entries()) {
        expect(moved.toSorted((a, b) => a - b)).toEqual(Array.from({ length: dimensions + 1 }, (_, k) => k));
        for (const { point, replication } of runs) {
          expect([...point].filter((x) => ![0, 1 / 3, 2 / 3, 1].includes(x))).toEqual([]);
          expect([2 * t, 2 * t + 1]).toContain(replication);
        }
        for (const [step, factor] of moved.entries()) {
          const before = [...runs[step].point, runs[step].replication];
          const after = [...runs[step + 1].point, runs[step + 1].replication];
          const changed = before.flatMap((value, k) => (value === after[k] ? [] : [k]));
          expect(changed).toEqual([factor]);
          const size = Math.abs(after[factor] - before[factor]);
          expect(size).toBeCloseTo(factor === dimensions ? 1 : 2 / 3, 12);
        }
      }
    });
    fc.assert(law, runs);
  });
});

describe("morrisEffects", () => {
  it("morrisEffects of a linear model without chance are its coefficients", () => {
    const coefficients = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 5 });
    const law = fc.property(coefficients, fc.nat(), (slopes, seed) => {
      const options = { trajectories: 4, dimensions: slopes.length, random: seededRandom(seed) };
      const trajectories = morrisTrajectories(options);
      const outcomes = trajectories.flatMap(({ runs }) =>
        runs.map(({ point }) => slopes.reduce((sum, slope, k) => sum + slope * point[k], 7)),
      );
      const effects = morrisEffects(trajectories, { outcomes, confidence: 0.95 });
      for (const [k, slope] of [...slopes, 0].entries()) {
        expect(effects[k].mu.estimate).toBeCloseTo(slope, 9);
        expect(effects[k].mu_star.estimate).toBeCloseTo(Math.abs(slope), 9);
        expect(effects[k].sigma).toBeCloseTo(0, 9);
      }
    });
    fc.assert(law, runs);
  });
});
