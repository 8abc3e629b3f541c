import { describe, expect, it } from "vitest";
import { moments, simultaneousBand, supTCritical } from "../src/index.js";
import { coverageExperiment } from "./coverage-experiment.js";
import type { Attempt, Coverage } from "./coverage-experiment.js";
import { CoverageTable } from "./coverage-table.js";
import { autoregression } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;
const cells = 100;
const table = new CoverageTable("### Bands");

interface Case {
  readonly name: string;
  readonly n: number;
  readonly experiments: number;
  readonly coefficient: number;
  /** Of the standard normal values of the path. */
  readonly shape?: (value: number) => number;
  readonly truth?: number;
}

type Band = "sup_t" | "bonferroni_t" | "pointwise";

function cover(band: Band, { n, experiments, coefficient, shape = (x) => x, truth = 0 }: Case): Coverage {
  const signs = seededRandom(20_261_122);
  return coverageExperiment({
    experiments,
    experiment: (random): Attempt[] => {
      const paths = Array.from({ length: n }, () => autoregression({ coefficient, length: cells, random }).map(shape));
      const critical = band === "sup_t" ? supTCritical(paths, { confidence, draws: 500, random: signs }) : NaN;
      return Array.from({ length: cells }, (_, cell) => {
        const found = moments(paths.map((path) => path[cell]));
        const assumed = band === "pointwise" ? 1 : cells;
        return { ...simultaneousBand({ ...found, confidence, cells: assumed, critical }), truth };
      });
    },
  });
}

function coverAll(at: Case): { supT: Coverage; bonferroni: Coverage; pointwise: Coverage } {
  const supT = cover("sup_t", at);
  const bonferroni = cover("bonferroni_t", at);
  const pointwise = cover("pointwise", at);
  const truth = `path of ${cells} cells, ${at.name}, n = ${at.n}`;
  table.record({ truth, method: "`simultaneousBand` with `supTCritical`", coverage: supT });
  table.record({ truth: "", method: "`simultaneousBand`", coverage: bonferroni });
  table.record({ truth: "", method: "cell by cell (control)", coverage: pointwise });
  return { supT, bonferroni, pointwise };
}

describe("supTCritical coverage", () => {
  const smooth = { name: "autoregression 0.95", coefficient: 0.95 };
  const rough = { name: "independent", coefficient: 0 };

  it.each([
    { ...smooth, n: 20, experiments: 2000 },
    { ...smooth, n: 100, experiments: 2000 },
    { ...smooth, n: 400, experiments: 1000 },
    { ...rough, n: 20, experiments: 2000 },
    { ...rough, n: 100, experiments: 2000 },
    { ...rough, n: 400, experiments: 1000 },
  ])("supTCritical makes bands that cover whole paths: $name, n = $n", (at) => {
    const { supT, bonferroni, pointwise } = coverAll(at);
    expect(supT.covered).toBeGreaterThanOrEqual(0.93);
    expect(supT.covered).toBeLessThanOrEqual(0.975);
    expect(bonferroni.hits).toBeGreaterThanOrEqual(supT.hits);
    expect(pointwise.covered).toBeLessThan(0.5);
  });

  it("supTCritical gives away what Bonferroni has to spare on skewed paths, and 100 of them are too few", () => {
    const skewed = { name: "lognormal, sigma 0.5, of autoregression 0.95", coefficient: 0.95 };
    const shape = (x: number): number => Math.exp(x / 2);
    const { supT, bonferroni } = coverAll({ ...skewed, shape, truth: Math.exp(1 / 8), n: 100, experiments: 2000 });
    expect(supT.covered).toBeGreaterThan(0.85);
    expect(supT.covered).toBeLessThan(0.93);
    expect(bonferroni.covered).toBeGreaterThan(supT.covered);
  });
});

it("README.md shows the coverage of bands that was measured above", () => table.expectShown());
