import { describe, expect, it } from "vitest";
import { meanInterval, overlappingBatchMeans } from "../src/index.js";
import { coverageExperiment, endsOf } from "./coverage-experiment.js";
import type { Coverage, Interval } from "./coverage-experiment.js";
import { CoverageTable } from "./coverage-table.js";
import { autoregression } from "./laws-of-chance.js";

const confidence = 0.95;
const table = new CoverageTable("### One long run");

interface Case {
  readonly coefficient: number;
  readonly length: number;
  readonly experiments: number;
  readonly batch?: number;
}

/** By batches and as if values were independent, on the same runs. */
function coverBoth({ coefficient, length, experiments, batch }: Case): { batches: Coverage; control: Coverage } {
  const repeat = (interval: (series: Float64Array) => Interval): Coverage =>
    coverageExperiment({
      experiments,
      experiment: (random) => [{ ...interval(autoregression({ coefficient, length, random })), truth: 0 }],
    });
  const options = batch === undefined ? { confidence } : { batch, confidence };
  const batches = repeat((series) => endsOf(overlappingBatchMeans(series, options)));
  const control = repeat((series) => endsOf(meanInterval(series, { confidence })));
  const method = `\`overlappingBatchMeans\`, ${batch === undefined ? "n / 20" : `batches of ${batch}`}`;
  table.record({ truth: `mean of a run, autoregression ${coefficient}, n = ${length}`, method, coverage: batches });
  table.record({ truth: "", method: "`meanInterval`, as if independent (control)", coverage: control });
  return { batches, control };
}

describe("overlappingBatchMeans coverage", () => {
  it.each([
    { coefficient: 0.9, length: 100_000, experiments: 1000, batch: 500 },
    { coefficient: 0.9, length: 5000, experiments: 2000 },
    { coefficient: 0.99, length: 50_000, experiments: 1000 },
  ])("overlappingBatchMeans covers the mean of a run: $coefficient, n = $length", (at) => {
    const { batches, control } = coverBoth(at);
    expect(batches.covered).toBeGreaterThanOrEqual(0.93);
    expect(batches.covered).toBeLessThanOrEqual(0.965);
    expect(control.covered).toBeLessThan(0.45);
  });

  it("overlappingBatchMeans of a run that is short beside its dependence covers less", () => {
    const { batches } = coverBoth({ coefficient: 0.99, length: 5000, experiments: 2000 });
    expect(batches.covered).toBeLessThan(0.93);
    expect(batches.covered).toBeGreaterThan(0.84);
  });
});

it("README.md shows the coverage of long runs that was measured above", () => table.expectShown());
