import { describe, expect, it } from "vitest";
import type { ArrivalsPlan, FactorPlan } from "../src/index.js";
import { sineOfTurns } from "../src/kernel/arrivals/sine-of-turns.js";
import { arrivalTimes } from "./arrival-times.js";
import { chiSquareProbability, PLAUSIBLE } from "./chi-square.js";
import { poissonMass } from "./distribution-functions.js";
import { constant, exponential, generatorOf } from "./plans.js";
import { Variates } from "./variates.js";

const seed = 20_261_121;
const TURN = 2 * Math.PI;

/** All arrival times before the horizon [s]. */
function timesOf(arrivals: ArrivalsPlan, horizon_s: number): readonly number[] {
  return arrivalTimes(generatorOf(arrivals), horizon_s, seed);
}

/** The unit exponentials of the generator added up: the mass at which each arrival comes. */
function massesOf(count: number): readonly number[] {
  const gaps = new Variates("source", "gaps", exponential(1));
  gaps.reset(seed, 0);
  let sum = 0;
  return Array.from({ length: count }, () => (sum += gaps.next()));
}

/** Each arrival must stand where the cumulative rate reaches the mass of its variates. */
function expectInverse(profile: readonly FactorPlan[], cumulative_s: (time_s: number) => number): void {
  const rate_per_s = 50;
  const horizon_s = 200;
  const times = timesOf({ kind: "poisson", rate_per_s, profile }, horizon_s);
  const masses = massesOf(times.length + 1);
  expect(times.length).toBeGreaterThan(1000);
  for (const [k, time_s] of times.entries()) {
    expect(Math.abs(rate_per_s * cumulative_s(time_s) - masses[k]!)).toBeLessThan(1e-9);
  }
  expect(masses.at(-1)!).toBeGreaterThan(rate_per_s * cumulative_s(horizon_s));
}

const pieces = (list: readonly (readonly [number, number, number])[], period_s = 0, phase_s = 0): FactorPlan => ({
  kind: "pieces",
  pieces: list.map(([start_s, from, to]) => ({ start_s, from, to })),
  period_s,
  phase_s,
});

describe("sineOfTurns", () => {
  it("sineOfTurns errs by less than 1e-15, never leaves [-1, 1] and repeats", () => {
    for (let k = -4096; k <= 4096; k++) {
      const x = k / 4096;
      expect(Math.abs(sineOfTurns(x) - Math.sin(TURN * x))).toBeLessThan(1e-15);
      expect(Math.abs(sineOfTurns(x))).toBeLessThanOrEqual(1);
      expect(sineOfTurns(x + 1024)).toBe(sineOfTurns(x));
    }
    expect([0, 0.5, 1].map(sineOfTurns)).toEqual([0, 0, 0]);
  });
});

describe("RateArrivals", () => {
  it("RateArrivals under a sinusoid invert its integral: the k-th arrival uses the k-th variate", () => {
    const [period_s, amplitude, phase_s] = [30, 1, 4];
    const profile: FactorPlan = { kind: "sinusoid", period_s, amplitude_ratio: amplitude, phase_s };
    const cosine = (time_s: number): number => Math.cos((TURN * (time_s + phase_s)) / period_s);
    expectInverse([profile], (time_s) => time_s + ((amplitude * period_s) / TURN) * (cosine(0) - cosine(time_s)));
  });

  it("RateArrivals under two sinusoids multiply them", () => {
    const sinusoid = (period_s: number): FactorPlan => ({
      kind: "sinusoid",
      period_s,
      amplitude_ratio: 0.6,
      phase_s: 0,
    });
    const integral = (period_s: number, time_s: number): number =>
      (period_s / TURN) * (1 - Math.cos((TURN * time_s) / period_s));
    // sin a sin b = (cos(a - b) - cos(a + b)) / 2, with frequencies of 1 / 10 and 1 / 25.
    const sine = (frequency: number, time_s: number): number =>
      Math.sin(TURN * frequency * time_s) / (TURN * frequency);
    expectInverse([sinusoid(10), sinusoid(25)], (time_s) => {
      const product = (sine(1 / 10 - 1 / 25, time_s) - sine(1 / 10 + 1 / 25, time_s)) / 2;
      return time_s + 0.6 * (integral(10, time_s) + integral(25, time_s)) + 0.36 * product;
    });
  });

  it("RateArrivals under a flash crowd invert its straight pieces", () => {
    // 1, from 60 s to 70 s up to 3, to 90 s at 3, back at 100 s.
    const crowd = pieces([
      [0, 1, 1],
      [60, 1, 3],
      [70, 3, 3],
      [90, 3, 1],
      [100, 1, 1],
    ]);
    const rise = (t: number): number => Math.min(Math.max(t, 0), 10);
    expectInverse([crowd], (t) => {
      const up = rise(t - 60);
      const down = rise(t - 90);
      return t + (up * up) / 10 + 2 * (Math.max(t - 70, 0) - Math.max(t - 90, 0)) + 2 * down - (down * down) / 10;
    });
  });

  it("RateArrivals under steps that repeat begin in their phase; factors multiply", () => {
    // 2 in the first 3 s of 8 s and 0.5 in the others, begun 2 s into it: 2 until 1 s, 0.5 until 6 s; and three times that.
    const integral = (t: number): number => {
      const turns = Math.floor((t + 2) / 8);
      const rest = t + 2 - 8 * turns;
      return turns * 8.5 + 2 * Math.min(rest, 3) + 0.5 * Math.max(rest - 3, 0) - 4;
    };
    const steps = pieces(
      [
        [0, 2, 2],
        [3, 0.5, 0.5],
      ],
      8,
      2,
    );
    expectInverse([steps, pieces([[0, 3, 3]])], (t) => 3 * integral(t));
  });

  it("RateArrivals never come while a factor is 0", () => {
    const window = pieces([
      [0, 0, 0],
      [50, 1, 1],
      [60, 0, 0],
    ]);
    const times = timesOf({ kind: "poisson", rate_per_s: 100, profile: [window] }, 100);
    expect(times.length).toBeGreaterThan(800);
    expect(times.every((time_s) => time_s >= 50 && time_s <= 60)).toBe(true);
    expect(timesOf({ kind: "poisson", rate_per_s: 0, profile: [] }, 100)).toEqual([]);
    const never: FactorPlan = { kind: "sinusoid", period_s: 10, amplitude_ratio: 1, phase_s: 0 };
    expect(timesOf({ kind: "poisson", rate_per_s: 100, profile: [never, pieces([[0, 0, 0]])] }, 100)).toEqual([]);
  });

  it("RateArrivals under a sinusoid are Poisson with the mean of each window", () => {
    // Windows of 1 s in the same place of each of 2,000 periods of 20 s.
    const period_s = 20;
    const sinusoid: FactorPlan = { kind: "sinusoid", period_s, amplitude_ratio: 0.8, phase_s: 0 };
    const times = timesOf({ kind: "poisson", rate_per_s: 6, profile: [sinusoid] }, 2000 * period_s);
    const counts = Array.from({ length: 2000 * period_s }, () => 0);
    for (const time_s of times) counts[Math.floor(time_s)]!++;
    const [observed, expected]: [number[], number[]] = [[], []];
    for (const place of [0, 4, 9, 14, 18]) {
      const cosine = (t: number): number => Math.cos((TURN * t) / period_s);
      const mean = 6 * (1 + ((0.8 * period_s) / TURN) * (cosine(place) - cosine(place + 1)));
      const ofPlace = counts.filter((_count, second) => second % period_s === place);
      const low = Math.max(0, Math.floor(mean - 2));
      for (let k = low; k <= low + 4; k++) {
        observed.push(ofPlace.filter((count) => count === k).length);
        expected.push(2000 * poissonMass(mean, k));
      }
    }
    observed.push(10_000 - observed.reduce((sum, count) => sum + count, 0));
    expected.push(10_000 - expected.reduce((sum, count) => sum + count, 0));
    const fit = chiSquareProbability(observed, expected);
    expect(fit).toBeGreaterThan(PLAUSIBLE.least);
    expect(fit).toBeLessThan(PLAUSIBLE.most);
  });

  it("RateArrivals of constant gaps come at their multiples, and at half the distance under a factor of 2", () => {
    const gap_s = constant(0.5);
    expect(timesOf({ kind: "renewal", gap_s, profile: [] }, 2)).toEqual([0.5, 1, 1.5]);
    const doubled = pieces([
      [0, 1, 1],
      [1, 2, 2],
    ]);
    expect(timesOf({ kind: "renewal", gap_s, profile: [doubled] }, 2)).toEqual([0.5, 1, 1.25, 1.5, 1.75]);
  });
});
