import { describe, expect, it } from "vitest";
import { meanInterval, normalQuantile, quantileInterval, sectionedQuantile } from "../src/index.js";
import { sortedQuantile, sortedValues } from "../src/index.js";
import { coverageExperiment, endsOf } from "./coverage-experiment.js";
import type { Coverage, Interval } from "./coverage-experiment.js";
import { CoverageTable } from "./coverage-table.js";
import { autoregression } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;
const probability = 0.95;
const experiments = 2000;
const replications = 30;
const requests = 200;
const table = new CoverageTable("### Requests");

interface Study {
  readonly sections: Float64Array;
  readonly pooled: number;
  /** By the order statistics of all requests. */
  readonly independent: Interval;
}

/** Thirty replications of 200 requests, whose latencies are a stationary autoregression with coefficient 0.95. */
function study(random: () => number): Study {
  const all = new Float64Array(replications * requests);
  const sections = new Float64Array(replications);
  for (let k = 0; k < replications; k++) {
    const latencies = autoregression({ coefficient: 0.95, length: requests, random });
    sections[k] = sortedQuantile(sortedValues(latencies), probability);
    all.set(latencies, k * requests);
  }
  const independent = endsOf(quantileInterval(all, { probability, confidence }));
  return { sections, pooled: sortedQuantile(all.sort(), probability), independent };
}

describe("sectionedQuantile coverage", () => {
  it("sectionedQuantile covers a request quantile where pooled requests and the mean of sections do not", () => {
    const random = seededRandom(20_261_121);
    const studies = Array.from({ length: experiments }, () => study(random));
    const cover = (interval: (found: Study) => Interval): Coverage => {
      let k = 0;
      const truth = normalQuantile(probability);
      return coverageExperiment({ experiments, experiment: () => [{ ...interval(studies[k++]), truth }] });
    };
    const sectioning = cover(({ sections, pooled }) =>
      endsOf(sectionedQuantile(sections, { pooled, probability, confidence })),
    );
    const pooling = cover(({ independent }) => independent);
    const averaging = cover(({ sections }) => endsOf(meanInterval(sections, { confidence })));
    const truth = "request quantile 0.95, 30 x 200 requests, autoregression 0.95";
    table.record({ truth, method: "`sectionedQuantile`", coverage: sectioning });
    table.record({ truth: "", method: "requests as if independent (control)", coverage: pooling });
    table.record({ truth: "", method: "mean of the sections (control)", coverage: averaging });
    expect(sectioning.covered).toBeGreaterThanOrEqual(0.92);
    expect(sectioning.covered).toBeLessThanOrEqual(0.965);
    expect(pooling.covered).toBeLessThan(0.5);
    expect(averaging.covered).toBeLessThan(0.8);
  });
});

it("README.md shows the coverage of requests that was measured above", () => table.expectShown());
