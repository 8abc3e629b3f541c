import { describe, expect, it } from "vitest";
import { controlVariateMean, moments } from "../src/index.js";
import { coverageExperiment, endsOf, expectCoverage } from "./coverage-experiment.js";
import type { Coverage } from "./coverage-experiment.js";
import { CoverageTable } from "./coverage-table.js";
import { exponential, normal } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;
const experiments = 2000;
const table = new CoverageTable("### Control variates");

describe("controlVariateMean", () => {
  it("controlVariateMean of e^U with control U reduces the variance 61 times", () => {
    // Cov = (3 - e) / 2, Var e^U = (e^2 - 1) / 2 - (e - 1)^2, Var U = 1/12.
    const covariance = (3 - Math.E) / 2;
    const variance = (Math.E * Math.E - 1) / 2 - (Math.E - 1) * (Math.E - 1);
    const factor = 1 / (1 - (12 * covariance * covariance) / variance);
    expect(factor).toBeCloseTo(61.43, 2);
    const random = seededRandom(20_261_121);
    const control = Float64Array.from({ length: 100_000 }, random);
    const found = controlVariateMean(control.map(Math.exp), { control, control_mean: 0.5, confidence });
    // Both variances err by about 0.4 % (4th moments below those of the normal).
    expect(Math.abs(found.variance_reduction_factor / factor - 1)).toBeLessThan(0.015);
    expect(found.ci_low).toBeLessThan(Math.E - 1);
    expect(found.ci_high).toBeGreaterThan(Math.E - 1);
  });
});

describe("controlVariateMean coverage", () => {
  interface Case {
    readonly name: string;
    readonly n: number;
    readonly truth: number;
    readonly control_mean: number;
    readonly pair: (random: () => number) => readonly [value: number, control: number];
  }

  /** With the known mean of the control, and with that of the sample in its place: then nothing is corrected. */
  function coverBoth({ name, n, truth, control_mean, pair }: Case): { known: Coverage; control: Coverage } {
    const repeat = (meanOf: (control: Float64Array) => number): Coverage =>
      coverageExperiment({
        experiments,
        experiment: (random) => {
          const pairs = Array.from({ length: n }, () => pair(random));
          const control = Float64Array.from(pairs, (both) => both[1]);
          const sample = Float64Array.from(pairs, (both) => both[0]);
          const found = controlVariateMean(sample, { control, control_mean: meanOf(control), confidence });
          return [{ ...endsOf(found), truth }];
        },
      });
    const known = repeat(() => control_mean);
    const control = repeat((values) => moments(values).mean);
    table.record({ truth: `mean of ${name}, n = ${n}`, method: "`controlVariateMean`", coverage: known });
    table.record({ truth: "", method: "control's mean from the sample (control)", coverage: control });
    return { known, control };
  }

  it("controlVariateMean holds its level on normal pairs", () => {
    const { known, control } = coverBoth({
      name: "normal pairs, correlation 0.89",
      n: 20,
      truth: 0,
      control_mean: 0,
      pair: (random) => {
        const c = normal(random);
        return [2 * c + normal(random), c];
      },
    });
    expectCoverage(known, 0.95);
    expect(control.covered).toBeLessThan(0.7);
  });

  it("controlVariateMean covers a little less where the line is bent", () => {
    const { known, control } = coverBoth({
      name: "e^U with control U",
      n: 30,
      truth: Math.E - 1,
      control_mean: 0.5,
      pair: (random) => {
        const u = random();
        return [Math.exp(u), u];
      },
    });
    expect(known.covered).toBeGreaterThanOrEqual(0.915);
    expect(known.hits).toBeLessThanOrEqual(1931);
    expect(control.covered).toBeLessThan(0.3);
  });

  it("controlVariateMean of a skewed sample with a skewed control needs more than a hundred", () => {
    const { known, control } = coverBoth({
      name: "C^2 + E with control C, both exponential",
      n: 100,
      truth: 3,
      control_mean: 1,
      pair: (random) => {
        const c = exponential(random);
        return [c * c + exponential(random), c];
      },
    });
    expect(known.covered).toBeGreaterThan(0.87);
    expect(known.covered).toBeLessThan(0.93);
    expect(control.covered).toBeLessThan(0.7);
  });
});

it("README.md shows the coverage of control variates that was measured above", () => table.expectShown());
