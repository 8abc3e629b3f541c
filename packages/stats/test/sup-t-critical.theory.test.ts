import { describe, expect, it } from "vitest";
import { moments, normalQuantile, simultaneousBand, supTCritical } from "../src/index.js";
import { acceptance, coverageExperiment } from "./coverage-experiment.js";
import type { Coverage } from "./coverage-experiment.js";
import { autoregression } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

const confidence = 0.95;

describe("supTCritical", () => {
  it.each([1, 10, 100])("supTCritical of %d independent cells is that of so many normals", (cells) => {
    const random = seededRandom(11);
    const n = 2000;
    const paths = Array.from({ length: n }, () => autoregression({ coefficient: 0, length: cells, random }));
    const found = supTCritical(paths, { confidence, draws: 4000, random });
    // The largest of independent normals: P(|Z| <= z)^cells = 0.95. The density of the maximum at its quantile is at least
    // 0.11, so that 4,000 draws have a standard error of sqrt(0.95 * 0.05 / 4000) / 0.11 = 0.031 at most.
    const z = -normalQuantile((1 - Math.exp(Math.log(confidence) / cells)) / 2);
    expect(Math.abs(found - z)).toBeLessThan(3.3 * 0.031);
  });

  it("supTCritical of cells that are copies of each other is that of one", () => {
    const random = seededRandom(12);
    const paths = Array.from({ length: 2000 }, () =>
      new Float64Array(100).fill(autoregression({ coefficient: 0, length: 1, random })[0]),
    );
    const found = supTCritical(paths, { confidence, draws: 4000, random });
    expect(Math.abs(found - 1.959964)).toBeLessThan(3.3 * 0.031);
  });

  it("supTCritical makes a band that covers where single intervals do not: 400 short experiments", () => {
    const cells = 60;
    const n = 40;
    const cover = (assumed: number, isSupT: boolean): Coverage => {
      const signs = seededRandom(13);
      return coverageExperiment({
        experiments: 400,
        experiment: (random) => {
          const paths = Array.from({ length: n }, () => autoregression({ coefficient: 0.95, length: cells, random }));
          const critical = isSupT ? supTCritical(paths, { confidence, draws: 300, random: signs }) : NaN;
          return Array.from({ length: cells }, (_, cell) => {
            const found = moments(paths.map((path) => path[cell]));
            return { ...simultaneousBand({ ...found, confidence, cells: assumed, critical }), truth: 0 };
          });
        },
      });
    };
    const { low, high } = acceptance({ covered: confidence, experiments: 400 });
    const supT = cover(cells, true);
    expect(supT.hits).toBeGreaterThanOrEqual(low);
    expect(supT.hits).toBeLessThanOrEqual(high);
    expect(cover(cells, false).hits).toBeGreaterThan(supT.hits);
    expect(cover(1, false).covered).toBeLessThan(0.6);
  });
});
