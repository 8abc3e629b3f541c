import { describe, expect, it } from "vitest";
import { expectedRequests, type ArrivalsPlan, type Distribution, type FactorPlan } from "../src/index.js";
import { meanOf } from "../src/random/mean-of.js";
import { constant, generatorOf } from "./plans.js";
import { Variates } from "./variates.js";

const expectedOf = (arrivals: ArrivalsPlan, batch_size: Distribution = constant(1)): number =>
  expectedRequests({ horizon_s: 100, generators: [generatorOf(arrivals, { batch_size })] });

describe("expectedRequests", () => {
  it("expectedRequests of each kind of arrivals, by hand", () => {
    const users = { users: { kind: "poisson", mean: 5 }, requests_per_user_per_s: 2, window_s: 7 } as const;
    const states = [
      { rate_per_s: 40, mean_s: 1 },
      { rate_per_s: 0, mean_s: 3 },
    ];
    const transitions = [
      [0, 1],
      [1, 0],
    ];
    expect(expectedOf({ kind: "poisson", rate_per_s: 3, profile: [] })).toBe(300);
    expect(expectedOf({ kind: "poisson", rate_per_s: 3, profile: [] }, { kind: "poisson", mean: 4 })).toBe(1200);
    expect(expectedOf({ kind: "users", ...users, profile: [] })).toBe(1000);
    expect(expectedOf({ kind: "asyncflow_users", ...users })).toBe(1000);
    expect(expectedOf({ kind: "renewal", gap_s: constant(0.5), profile: [] })).toBe(200);
    const times_s = Float64Array.of(1, 2, 99, 100, 101);
    expect(expectedOf({ kind: "trace", times_s, requests: new Int32Array(0) })).toBe(3);
    expect(expectedOf({ kind: "mmpp", states, transitions, profile: [] })).toBe(1000);
  });

  it("expectedRequests sums a profile up to the end of the run", () => {
    const half: FactorPlan = {
      kind: "pieces",
      pieces: [
        { start_s: 0, from: 0, to: 2 },
        { start_s: 50, from: 3, to: 3 },
      ],
      period_s: 0,
      phase_s: 0,
    };
    const sinusoid: FactorPlan = { kind: "sinusoid", period_s: 50, amplitude_ratio: 0.7, phase_s: 0 };
    expect(expectedOf({ kind: "poisson", rate_per_s: 3, profile: [half] })).toBeCloseTo(3 * (50 + 150), 9);
    expect(expectedOf({ kind: "poisson", rate_per_s: 3, profile: [sinusoid] })).toBeCloseTo(300, 9);
  });
});

describe("meanOf", () => {
  it.each<Distribution>([
    { kind: "uniform", min: 1, max: 2 },
    { kind: "exponential", mean: 2 },
    { kind: "lognormal", mu: 0.3, sigma: 0.5 },
    { kind: "gamma", shape: 2, scale: 0.7 },
    { kind: "weibull", shape: 1.5, scale: 2 },
    { kind: "pareto", shape: 4, minimum: 1 },
    { kind: "hyperexponential", probabilities: [0.9, 0.1], means: [1, 5] },
    { kind: "quantiles", probabilities: [0, 0.5, 1], values: [0, 1, 6] },
    { kind: "empirical", values: [1, 2, 6] },
  ])("meanOf agrees with the mean of the variates: $kind", (distribution) => {
    const variates = new Variates("any", "mean", distribution);
    variates.reset(7, 0);
    const [count, sums] = [40_000, { sum: 0, squares: 0 }];
    for (let k = 0; k < count; k++) {
      const value = variates.next();
      sums.sum += value;
      sums.squares += value * value;
    }
    const mean = sums.sum / count;
    const error = Math.sqrt((sums.squares / count - mean * mean) / count);
    expect(Math.abs(meanOf(distribution) - mean)).toBeLessThan(4 * error);
  });
});
