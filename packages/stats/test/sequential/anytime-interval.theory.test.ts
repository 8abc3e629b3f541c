import { describe, expect, it } from "vitest";
import { anytimeInterval, anytimeProbabilityInterval, meanInterval, wilsonInterval } from "../../src/index.js";
import { coverageExperiment, endsOf } from "../coverage-experiment.js";
import type { Coverage, Interval } from "../coverage-experiment.js";
import { exponential, happensWith, lognormal, normal } from "../laws-of-chance.js";
import type { Law } from "../laws-of-chance.js";
import { growingSample, looksFrom } from "./growing-sample.js";
import { fewestHits, MeasuredTable } from "./measured-table.js";

const confidence = 0.95;
const experiments = 1000;
const table = new MeasuredTable();

describe("anytime intervals over 20 looks", () => {
  const looks = looksFrom({ first: 30, growth: 1.2, count: 20 });
  const max = looks.at(-1) ?? 0;

  function coverLooks({
    law,
    truth,
    interval,
  }: {
    law: Law;
    truth: number;
    interval: (sample: Float64Array) => Interval;
  }): Coverage {
    return coverageExperiment({
      experiments,
      experiment: (random) => {
        const sample = growingSample({ law, random, max });
        return looks.map((n) => ({ ...interval(sample(n)), truth }));
      },
    });
  }

  it.each([
    { name: "normal", law: normal, truth: 0 },
    { name: "exponential", law: exponential, truth: 1 },
    { name: "lognormal, sigma 1", law: lognormal(1), truth: Math.exp(0.5) },
  ])("anytimeInterval covers at all looks together, meanInterval does not: $name", ({ name, law, truth }) => {
    const anytime = table.record({
      truth: `mean, ${name}, 20 looks from 30 to ${max}`,
      method: "`anytimeInterval`",
      coverage: coverLooks({ law, truth, interval: (sample) => endsOf(anytimeInterval(sample, { confidence })) }),
    });
    const fixed = table.record({
      truth: "",
      method: "`meanInterval` (control)",
      coverage: coverLooks({ law, truth, interval: (sample) => endsOf(meanInterval(sample, { confidence })) }),
    });
    expect(anytime.hits).toBeGreaterThanOrEqual(fewestHits(experiments));
    expect(fixed.covered).toBeLessThan(0.8);
  });

  it("anytimeProbabilityInterval covers at all looks together, wilsonInterval does not", () => {
    const truth = 0.05;
    // Of 20,000 intervals a few hundred differ: they depend on two counts alone.
    const of = (method: typeof wilsonInterval): ((sample: Float64Array) => Interval) => {
      const found = new Map<string, Interval>();
      return (sample) => {
        const successes = sample.reduce((total, value) => total + value, 0);
        const key = `${successes} of ${sample.length}`;
        const interval = found.get(key) ?? endsOf(method({ successes, trials: sample.length, confidence }));
        found.set(key, interval);
        return interval;
      };
    };
    const common = { law: happensWith(truth), truth };
    const anytime = table.record({
      truth: `probability ${truth}, 20 looks from 30 to ${max}`,
      method: "`anytimeProbabilityInterval`",
      coverage: coverLooks({ ...common, interval: of(anytimeProbabilityInterval) }),
    });
    const fixed = table.record({
      truth: "",
      method: "`wilsonInterval` (control)",
      coverage: coverLooks({ ...common, interval: of(wilsonInterval) }),
    });
    expect(anytime.hits).toBeGreaterThanOrEqual(fewestHits(experiments));
    expect(fixed.covered).toBeLessThan(0.85);
  });
});

it("SEQUENTIAL.md shows the coverage that was measured above", () => {
  expect(table.shownBelow("Looking again and again")).toEqual(table.rows);
});
