import { describe, expect, it } from "vitest";
import { stationaryShares } from "../src/encode/stationary-shares.js";
import type { ArrivalsPlan } from "../src/index.js";
import { arrivalTimes } from "./arrival-times.js";
import { generatorOf } from "./plans.js";

const CYCLE = [
  [0, 1],
  [1, 0],
] as const;

/** Mean and variance of the arrivals in [0, t_s), over replications. */
function countsOf(arrivals: ArrivalsPlan, t_s: number, replications: number): { mean: number; variance: number } {
  const counts = Array.from({ length: replications }, (_, k) => {
    return arrivalTimes(generatorOf(arrivals), t_s, 20_261_121, k).length;
  });
  const mean = counts.reduce((sum, count) => sum + count, 0) / replications;
  const square = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0);
  return { mean, variance: square / (replications - 1) };
}

describe("stationaryShares", () => {
  it("stationaryShares of a cycle are in proportion to the mean sojourns", () => {
    const states = [3, 1].map((mean_s) => ({ rate_per_s: 1, mean_s }));
    expect(stationaryShares(states, CYCLE)).toEqual([0.75, 0.25]);
  });

  it("stationaryShares of a chain of three states, by hand", () => {
    // Visits solve v = v P: v = (1, 1.5, 1.25) / 3.75; sojourns of 2, 1 and 2 s weight them as 2 : 1.5 : 2.5.
    const states = [2, 1, 2].map((mean_s) => ({ rate_per_s: 1, mean_s }));
    const shares = stationaryShares(states, [
      [0, 0.5, 0.5],
      [0.5, 0, 0.5],
      [0.2, 0.8, 0],
    ]);
    for (const [k, share] of [2 / 6, 1.5 / 6, 2.5 / 6].entries()) expect(shares[k]).toBeCloseTo(share, 12);
  });

  it("stationaryShares of one state are all of it", () => {
    expect(stationaryShares([{ rate_per_s: 5, mean_s: 2 }], [[1]])).toEqual([1]);
  });
});

describe("MarkovRate", () => {
  it("MarkovRate has the mean and the index of dispersion of theory over any time from the start", () => {
    // Heffes and Lucantoni 1986: IDC(t) = 1 + 2 (l1 - l2)^2 r1 r2 / ((r1 + r2)^2 (l1 r2 + l2 r1)) (1 - (1 - e^-(r1+r2)t) / ((r1+r2)t)).
    const [l1, l2, r1, r2] = [40, 4, 0.5, 0.25];
    const states = [
      { rate_per_s: l1, mean_s: 1 / r1 },
      { rate_per_s: l2, mean_s: 1 / r2 },
    ];
    for (const t_s of [0.5, 10]) {
      const decay = (r1 + r2) * t_s;
      const excess = (2 * (l1 - l2) * (l1 - l2) * r1 * r2) / ((r1 + r2) * (r1 + r2) * (l1 * r2 + l2 * r1));
      const dispersion = 1 + excess * (1 - (1 - Math.exp(-decay)) / decay);
      const truth = (t_s * (l1 * r2 + l2 * r1)) / (r1 + r2);
      const replications = 4000;
      const { mean, variance } = countsOf({ kind: "mmpp", states, transitions: CYCLE, profile: [] }, t_s, replications);
      expect(Math.abs(mean - truth)).toBeLessThan(4 * Math.sqrt((dispersion * truth) / replications));
      // A sample variance of nearly normal counts has relative standard error sqrt(2 / n); flatter ones have less.
      expect(Math.abs(variance / mean / dispersion - 1)).toBeLessThan(4 * Math.sqrt(2 / replications));
    }
  });

  it("MarkovRate without a difference between its states is Poisson: index of dispersion 1", () => {
    const states = [
      { rate_per_s: 20, mean_s: 1 },
      { rate_per_s: 20, mean_s: 0.2 },
    ];
    const { mean, variance } = countsOf({ kind: "mmpp", states, transitions: CYCLE, profile: [] }, 10, 2000);
    expect(Math.abs(mean - 200)).toBeLessThan(4 * Math.sqrt(200 / 2000));
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000));
  });
});
