import { expect, it } from "vitest";
import { anytimeVerdict, capacityStep, nextLook } from "../../src/index.js";
import type { CapacityProbe, Verdict } from "../../src/index.js";
import { coverageExperiment } from "../coverage-experiment.js";
import type { Coverage } from "../coverage-experiment.js";
import { happensWith } from "../laws-of-chance.js";
import { growingSample } from "./growing-sample.js";
import { MeasuredTable } from "./measured-table.js";

const experiments = 200;
const last = 40;
const most = 1000;
const table = new MeasuredTable();

/** Probability that a replication breaks the objective at a candidate: 5 % is allowed, and just not met at 20. */
const breach = (index: number): number => (0.05 * index * index) / 400;
const firstNotMet = 20;

type Judge = (index: number, found: { random: () => number; confidence: number }) => Verdict;

/** Looks until there is a verdict, or the replications are used up. */
const judgeAnytime: Judge = (index, { random, confidence }) => {
  const sample = growingSample({ law: happensWith(breach(index)), random, max: most });
  for (let n = nextLook(0, { max: most }); ; n = nextLook(n, { max: most })) {
    const objective = { side: "below", limit: 1, estimand: "probability", level: 0.95, confidence } as const;
    const { verdict } = anytimeVerdict(sample(n), objective);
    if (verdict !== "inconclusive" || n === most) return verdict;
  }
};

/** Takes the share of 100 replications at its word. */
const judgeByShare: Judge = (index, { random }) => {
  let breaches = 0;
  for (let k = 0; k < 100; k++) breaches += happensWith(breach(index))(random);
  return breaches <= 5 ? "pass" : "fail";
};

function capacities(judge: Judge, { proofs }: { proofs: boolean }): { coverage: Coverage; found: readonly number[] } {
  const found: number[] = [];
  const coverage = coverageExperiment({
    experiments,
    experiment: (random) => {
      const probes: CapacityProbe[] = [];
      for (;;) {
        const step = capacityStep(probes, { last });
        if (step.kind === "none") return [{ truth: 0, low: 0, high: 0 }];
        if (step.kind === "found" || (step.kind === "prove" && !proofs)) {
          found.push(step.index);
          return [{ truth: step.index, low: 0, high: firstNotMet - 1 }];
        }
        const share = step.kind === "prove" ? step.error_share : 0.5;
        const verdict = judge(step.index, { random, confidence: 1 - 0.05 * share });
        probes.push({ index: step.index, fresh: step.kind === "prove", verdict });
      }
    },
  });
  return { coverage, found };
}

it("capacityStep finds no candidate that misses its objective, where a lucky run does", () => {
  const proven = capacities(judgeAnytime, { proofs: true });
  const lucky = capacities(judgeByShare, { proofs: false });
  table.record({
    truth: "largest of 41, met up to 19",
    method: "`capacityStep` with `anytimeVerdict`, up to 1,000 each",
    coverage: proven.coverage,
  });
  table.record({ truth: "", method: "bisection by the share of 100 (control)", coverage: lucky.coverage });
  expect(proven.coverage.covered).toBeGreaterThanOrEqual(0.95);
  expect(lucky.coverage.covered).toBeLessThan(0.8);
  // Not so careful that it says nothing.
  const sorted = proven.found.toSorted((one, other) => one - other);
  expect(sorted.length).toBeGreaterThan(0.99 * experiments);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThanOrEqual(13);
});

it("SEQUENTIAL.md shows the coverage that was measured above", () => {
  expect(table.shownBelow("Searching a capacity")).toEqual(table.rows);
});
