import { describe, expect, it } from "vitest";
import { morrisEffects, morrisTrajectories } from "../src/index.js";
import { seededRandom } from "./seeded-random.js";

describe("morrisTrajectories", () => {
  it("morrisTrajectories starts at every level equally often, in every order", () => {
    const random = seededRandom(5);
    const walks = morrisTrajectories({ trajectories: 8000, dimensions: 1, random });
    const levels = [0, 1, 2, 3].map((level) => walks.filter(({ runs }) => 3 * runs[0].point[0] === level).length);
    // 2,000 each, standard deviation 39.
    for (const count of levels) expect(Math.abs(count - 2000)).toBeLessThan(4 * 39);
    const seedFirst = walks.filter(({ moved }) => moved[0] === 1).length;
    expect(Math.abs(seedFirst - 4000)).toBeLessThan(4 * 45);
  });

  it("morrisTrajectories refuses sizes that it cannot draw", () => {
    const valid = { trajectories: 4, dimensions: 2, random: seededRandom(1) };
    expect(() => morrisTrajectories({ ...valid, trajectories: 1 })).toThrow(
      new RangeError(
        "Cannot draw Morris trajectories: trajectories must be an integer from 2 to 10000: current value is 1",
      ),
    );
    expect(() => morrisTrajectories({ ...valid, dimensions: 0 })).toThrow("dimensions must be an integer from 1 to");
  });
});

describe("morrisEffects", () => {
  const confidence = 0.95;

  it("morrisEffects of two trajectories by hand", () => {
    const point = (...x: readonly number[]): Float64Array => Float64Array.from(x);
    const trajectories = [
      {
        runs: [
          { point: point(0), replication: 0 },
          { point: point(0.5), replication: 0 },
          { point: point(0.5), replication: 1 },
        ],
        moved: [0, 1],
      },
      {
        runs: [
          { point: point(1), replication: 2 },
          { point: point(1), replication: 3 },
          { point: point(0.5), replication: 3 },
        ],
        moved: [1, 0],
      },
    ];
    // Parameter: (4 - 1) / 0.5 = 6 and (7 - 5) / -0.5 = -4; seed: 3 - 4 = -1 and 5 - 6 = -1.
    const [parameter, seed] = morrisEffects(trajectories, { outcomes: [1, 4, 3, 6, 5, 7], confidence });
    expect(parameter).toMatchObject({ mu: { estimate: 1, n: 2 }, mu_star: { estimate: 5 }, sigma_std_error: NaN });
    expect(parameter.sigma).toBeCloseTo(10 / Math.SQRT2, 12);
    expect(seed).toMatchObject({ mu: { estimate: -1 }, mu_star: { estimate: 1, flags: ["zero_variance"] }, sigma: 0 });
  });

  it("morrisEffects: the jackknife error of sigma is that of recomputing it without each trajectory", () => {
    const random = seededRandom(2);
    const trajectories = morrisTrajectories({ trajectories: 6, dimensions: 1, random });
    const outcomes = trajectories.flatMap(({ runs }) => runs.map(({ point }) => point[0] * random()));
    const [effect] = morrisEffects(trajectories, { outcomes, confidence });
    const without = trajectories.map((_, left) => {
      const kept = trajectories.filter((_walk, k) => k !== left);
      const values = outcomes.filter((_value, k) => Math.floor(k / 3) !== left);
      return morrisEffects(kept, { outcomes: values, confidence })[0].sigma;
    });
    const mean = without.reduce((sum, sigma) => sum + sigma, 0) / 6;
    const squares = without.reduce((sum, sigma) => sum + (sigma - mean) * (sigma - mean), 0);
    expect(effect.sigma_std_error).toBeCloseTo(Math.sqrt((5 / 6) * squares), 10);
  });

  it("morrisEffects leaves out and counts what has no outcome", () => {
    const trajectories = morrisTrajectories({ trajectories: 4, dimensions: 1, random: seededRandom(1) });
    const outcomes = trajectories.flatMap(({ runs }) => runs.map(() => 1)).with(0, NaN);
    const effects = morrisEffects(trajectories, { outcomes, confidence });
    const failed = effects.map(({ mu_star }) => mu_star.n_failed);
    expect(failed.toSorted()).toEqual([0, 1]);
    expect(failed[trajectories[0].moved[0]]).toBe(1);
  });

  it("morrisEffects refuses outcomes that fit no design", () => {
    const trajectories = morrisTrajectories({ trajectories: 2, dimensions: 1, random: seededRandom(1) });
    expect(() => morrisEffects(trajectories, { outcomes: [1], confidence })).toThrow(
      new RangeError("Cannot estimate Morris effects: number of outcomes must be 6: current value is 1"),
    );
    expect(() => morrisEffects([], { outcomes: [], confidence: 0 })).toThrow("confidence must be > 0 and < 1");
    expect(morrisEffects([], { outcomes: [], confidence })).toEqual([]);
  });
});
