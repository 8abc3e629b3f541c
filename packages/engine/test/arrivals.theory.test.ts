import { describe, expect, it } from "vitest";
import type { Distribution, GeneratorPlan } from "../src/index.js";
import { arrivalTimes } from "./arrival-times.js";
import { chiSquareProbability, PLAUSIBLE } from "./chi-square.js";
import { poissonMass } from "./distribution-functions.js";
import { constant, generator } from "./plans.js";
import { Variates } from "./variates.js";

const seed = 20_261_121;

/** All arrival times of one replication before the horizon [s]. */
function timesOf(plan: GeneratorPlan, horizon_s: number, replication = 0): readonly number[] {
  return arrivalTimes(plan, horizon_s, seed, replication);
}

/** The users of the first windows, from the stream of the generator `source`. */
function usersOf(users: Distribution, windows: number): readonly number[] {
  const variates = new Variates("source", "users", users);
  variates.reset(seed, 0);
  return Array.from({ length: windows }, () => variates.next());
}

/** Arrivals in each window. */
function countsOf(times: readonly number[], window_s: number, windows: number): readonly number[] {
  const counts = Array.from({ length: windows }, () => 0);
  for (const time of times) counts[Math.floor(time / window_s)]!++;
  return counts;
}

const active: Distribution = { kind: "poisson", mean: 5 };
const plan: GeneratorPlan = generator(2, { users: active, window_s: 1 });

describe("Arrivals", () => {
  it("Arrivals in exact mode are Poisson given the users of each window", () => {
    const windows = 20_000;
    const counts = countsOf(timesOf(plan, windows), 1, windows);
    const observed: number[] = [];
    const expected: number[] = [];
    const users = usersOf(active, windows);
    for (let count = 2; count <= 8; count++) {
      const ofWindows = counts.filter((_arrivals, window) => users[window] === count);
      const mean = 2 * count;
      for (let k = mean - 3; k <= mean + 3; k++) {
        observed.push(ofWindows.filter((count) => count === k).length);
        expected.push(ofWindows.length * poissonMass(mean, k));
      }
    }
    observed.push(windows - observed.reduce((sum, count) => sum + count, 0));
    expected.push(windows - expected.reduce((sum, count) => sum + count, 0));
    const fit = chiSquareProbability(observed, expected);
    expect(fit).toBeGreaterThan(PLAUSIBLE.least);
    expect(fit).toBeLessThan(PLAUSIBLE.most);
  });

  it("Arrivals in exact mode fall evenly on the parts of a window", () => {
    const times = timesOf(plan, 20_000);
    const observed = new Float64Array(20);
    for (const time of times) observed[Math.floor(20 * (time - Math.floor(time)))]!++;
    const fit = chiSquareProbability(observed, new Float64Array(20).fill(times.length / 20));
    expect(fit).toBeGreaterThan(PLAUSIBLE.least);
    expect(fit).toBeLessThan(PLAUSIBLE.most);
  });

  it("Arrivals in exact mode lose nothing at the ends of windows: 0.5 requests/s are 0.5", () => {
    // Windows of 1 s, mean gap 2 s. Poisson: 20,000 expected, 4 standard deviations are 566.
    const slow = generator(0.5, { window_s: 1 });
    expect(Math.abs(timesOf(slow, 40_000).length - 20_000)).toBeLessThan(566);
  });

  it("Arrivals in asyncflow mode are 4.7 times too fast at 0.5 requests/s, as AsyncFlow's are", () => {
    // Windows of 1 s on the private clock hold Poisson(0.5) arrivals each, but the simulation advances to the last of
    // them only: by 1 - (1 - e^-0.5) / 0.5 = 0.213061 s a window. The rate is 0.5 / 0.213061 = 2.34674 per second.
    // The advance has second moment 1 - 4 x 0.213061, so variance 0.10236.
    const windows = 40_000;
    const times = timesOf(generator(0.5, { window_s: 1, kind: "asyncflow_users" }), windows);
    expect(Math.abs(times.length - 0.5 * windows)).toBeLessThan(4 * Math.sqrt(0.5 * windows));
    expect(Math.abs(times.at(-1)! - 0.213061 * windows)).toBeLessThan(4 * Math.sqrt(0.10236 * windows));
    expect(times.length / times.at(-1)!).toBeCloseTo(2.34674, 1);
  });

  it("Arrivals in both modes are the same where no gap meets the end of a window", () => {
    const exact = timesOf(generator(50), 100);
    const asyncflow = timesOf(generator(50, { kind: "asyncflow_users" }), 100);
    expect(asyncflow.length).toBe(exact.length);
    for (const [k, time] of asyncflow.entries()) expect(time).toBeCloseTo(exact[k]!, 9);
  });

  it("Arrivals in exact mode skip a window without users", () => {
    const users: Distribution = { kind: "empirical", values: [0, 7] };
    const sparse = generator(3, { users, window_s: 2 });
    const windows = 500;
    const counts = countsOf(timesOf(sparse, 2 * windows), 2, windows);
    const present = usersOf(users, windows);
    expect(present.filter((value) => value === 0).length).toBeGreaterThan(200);
    for (const [window, count] of counts.entries()) expect(count > 0).toBe(present[window]! > 0);
  });

  it("Arrivals in exact mode change with the rate by its ratio: the k-th arrival uses the k-th variate", () => {
    const one = timesOf(generator(10), 100);
    const twice = timesOf(generator(20), 50);
    expect(twice.length).toBe(one.length);
    for (const [k, time] of twice.entries()) expect(2 * time).toBeCloseTo(one[k]!, 9);
  });

  it("Arrivals without users never come", () => {
    for (const kind of ["users", "asyncflow_users"] as const)
      expect(timesOf(generator(10, { users: constant(0), window_s: 1, kind }), 100)).toEqual([]);
  });

  it("Arrivals ascend, also where the rate changes by many orders of magnitude", () => {
    const users: Distribution = { kind: "empirical", values: [1, 1e-9] };
    const times = timesOf(generator(1e5, { users, window_s: 1e-4 }), 5);
    expect(times.length).toBeGreaterThan(100_000);
    expect(times.findIndex((time, k) => k > 0 && time < times[k - 1]!)).toBe(-1);
  });
});
