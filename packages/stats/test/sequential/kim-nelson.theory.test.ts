import { describe, expect, it } from "vitest";
import { kimNelsonStep, moments } from "../../src/index.js";
import { coverageExperiment } from "../coverage-experiment.js";
import type { Coverage } from "../coverage-experiment.js";
import { lognormal, normal } from "../laws-of-chance.js";
import { MeasuredTable } from "./measured-table.js";

const experiments = 1000;
const indifference = 0.25;
const most = 1500;
const table = new MeasuredTable();

/** Of the lognormal with sigma 1: sqrt(e (e - 1)). */
const LOGNORMAL_STD = Math.sqrt(Math.E * (Math.E - 1));

/** Replications taken into account, on average, by correlation. */
const spent = new Map<number, number>();

type Rule = (samples: readonly Float64Array[]) => number | undefined;

/** How often each of some rules selects the third of five systems, all from the same samples. */
function selections(
  draw: (random: () => number) => readonly Float64Array[],
  rules: readonly Rule[],
): readonly Coverage[] {
  const hits = rules.map(() => 0);
  coverageExperiment({
    experiments,
    experiment: (random) => {
      const samples = draw(random);
      for (const [index, rule] of rules.entries()) if (rule(samples) === 2) hits[index]! += 1;
      return [];
    },
  });
  return hits.map((count) => ({ experiments, hits: count, covered: count / experiments }));
}

/** The third of five normal systems is better by the indifference than all others, which are equal: the worst case. */
function normalSystems(correlation: number, random: () => number): readonly Float64Array[] {
  const shared = Math.sqrt(correlation);
  const own = Math.sqrt(1 - correlation);
  const samples = Array.from({ length: 5 }, () => new Float64Array(most));
  for (let j = 0; j < most; j++) {
    const common = shared * normal(random);
    samples.forEach((values, index) => {
      values[j] = (index === 2 ? indifference : 0) + common + own * normal(random);
    });
  }
  return samples;
}

describe("kimNelsonStep guarantee", () => {
  it.each([0, 0.8])(
    "kimNelsonStep selects the best where the best mean so far is not: correlation %d",
    (correlation) => {
      const replications: number[] = [];
      const step: Rule = (samples) => {
        const options = { indifference, confidence: 0.95, n0: 10, better: "larger" } as const;
        const { best_index, n } = kimNelsonStep(samples, options);
        replications.push(n);
        return best_index;
      };
      const guess: Rule = (samples) => {
        const means = samples.map((values) => moments(values.subarray(0, 10)).mean);
        return means.indexOf(Math.max(...means));
      };
      const [selected, guessed] = selections((random) => normalSystems(correlation, random), [step, guess]);
      table.record({
        truth: `best of 5 by ${indifference}, correlation ${correlation}`,
        method: "`kimNelsonStep`, n0 = 10",
        coverage: selected!,
      });
      table.record({ truth: "", method: "best mean of 10 (control)", coverage: guessed! });
      expect(selected!.covered).toBeGreaterThanOrEqual(0.95);
      expect(guessed!.covered).toBeLessThan(0.93);
      spent.set(correlation, moments(replications).mean);
    },
  );
});

it("kimNelsonStep of lognormal systems falls short of its guarantee, and far shorter after a first stage of 10", () => {
  const law = lognormal(1);
  const systems = (random: () => number): readonly Float64Array[] =>
    Array.from({ length: 5 }, (_, index) =>
      Float64Array.from({ length: most }, () => (index === 2 ? indifference : 0) + law(random) / LOGNORMAL_STD),
    );
  const stepAfter =
    (n0: number): Rule =>
    (samples) =>
      kimNelsonStep(samples, { indifference, confidence: 0.95, n0, better: "larger" }).best_index;
  const [long, short] = selections(systems, [stepAfter(30), stepAfter(10)]);
  const truth = `best of 5 by ${indifference}, lognormal, sigma 1, variance 1`;
  table.record({ truth, method: "`kimNelsonStep`, n0 = 30", coverage: long! });
  table.record({ truth: "", method: "`kimNelsonStep`, n0 = 10 (control)", coverage: short! });
  expect(long!.covered).toBeGreaterThan(0.91);
  expect(short!.covered).toBeLessThan(long!.covered - 0.03);
});

it("kimNelsonStep needs a quarter of the replications, or less, with common random numbers", () => {
  expect(spent.get(0.8)).toBeLessThan((spent.get(0) ?? 0) / 4);
});

it("SEQUENTIAL.md shows the coverage that was measured above", () => {
  expect(table.shownBelow("Selecting the best")).toEqual(table.rows);
});
