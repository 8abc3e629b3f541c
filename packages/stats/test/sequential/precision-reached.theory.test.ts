import { describe, expect, it } from "vitest";
import { meanInterval, nextLook, precisionReached, wilsonInterval } from "../../src/index.js";
import type { PrecisionTarget } from "../../src/index.js";
import { coverageExperiment, endsOf } from "../coverage-experiment.js";
import type { Coverage, Interval } from "../coverage-experiment.js";
import { exponential, happensWith, lognormal } from "../laws-of-chance.js";
import type { Law } from "../laws-of-chance.js";
import { plainT, wald } from "../naive-intervals.js";
import { growingSample } from "./growing-sample.js";
import { MeasuredTable } from "./measured-table.js";

const confidence = 0.95;
const experiments = 1000;
const table = new MeasuredTable();

describe("precisionReached stopping", () => {
  const max = 1_000_000;

  /** Stops where `enough`, asked from `first` on at steps given by `next`, and takes the interval that stands there. */
  function stopped({
    law,
    truth,
    next,
    enough,
  }: {
    law: Law;
    truth: number;
    next: (n: number) => number;
    enough: (sample: Float64Array) => Interval | undefined;
  }): Coverage {
    return coverageExperiment({
      experiments,
      experiment: (random) => {
        const sample = growingSample({ law, random, max: 60_000 });
        for (let n = next(0); ; n = next(n)) {
          const found = enough(sample(n));
          if (found !== undefined) return [{ ...found, truth }];
        }
      },
    });
  }

  const looks = (n: number): number => nextLook(n, { max });

  it("precisionReached covers a rare event, the naive rule a quarter of the time", () => {
    const target = {
      estimand: "probability",
      side: "below",
      limit: 1,
      relative_half_width: 0.2,
      confidence,
    } as const;
    const common = { law: happensWith(0.01), truth: 0.01, next: looks };
    const successesOf = (sample: Float64Array): number => sample.reduce((total, value) => total + value, 0);
    const guarded = table.record({
      truth: "probability 0.01, relative half-width 20 %",
      method: "`precisionReached`",
      coverage: stopped({
        ...common,
        enough: (sample) =>
          precisionReached(sample, target).reached
            ? endsOf(wilsonInterval({ successes: successesOf(sample), trials: sample.length, confidence }))
            : undefined,
      }),
    });
    const naive = table.record({
      truth: "",
      method: "Wald, no events needed (control)",
      coverage: stopped({
        ...common,
        enough: (sample) => {
          const { low, high } = wald({ successes: successesOf(sample), trials: sample.length });
          return (high - low) / 2 <= (0.2 * (high + low)) / 2 ? { low, high } : undefined;
        },
      }),
    });
    expect(guarded.covered).toBeGreaterThanOrEqual(0.93);
    expect(naive.covered).toBeLessThan(0.3);
  });

  it.each([
    { name: "exponential", law: exponential, truth: 1, floor: 0.93 },
    { name: "lognormal, sigma 1", law: lognormal(1), truth: Math.exp(0.5), floor: 0.92 },
  ])("precisionReached covers a mean better than asking after every value: $name", ({ name, law, truth, floor }) => {
    const target: PrecisionTarget = { estimand: "mean", relative_half_width: 0.2, confidence };
    const chosen = table.record({
      truth: `mean, ${name}, relative half-width 20 %`,
      method: "`precisionReached`",
      coverage: stopped({
        law,
        truth,
        next: looks,
        enough: (sample) =>
          precisionReached(sample, target).reached ? endsOf(meanInterval(sample, { confidence })) : undefined,
      }),
    });
    const naive = table.record({
      truth: "",
      method: "t after every value from the fifth (control)",
      coverage: stopped({
        law,
        truth,
        next: (n) => Math.max(5, n + 1),
        enough: (sample) => {
          const { low, high } = plainT(sample);
          return (high - low) / 2 <= 0.1 * Math.abs(high + low) ? { low, high } : undefined;
        },
      }),
    });
    expect(chosen.covered).toBeGreaterThanOrEqual(floor);
    expect(naive.covered).toBeLessThan(chosen.covered - 0.01);
  });
});

it("SEQUENTIAL.md shows the coverage that was measured above", () => {
  expect(table.shownBelow("Stopping at a precision")).toEqual(table.rows);
});
