import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sobolDesign, sobolIndices, type Sample } from "../src/index.js";
import { runs } from "./arbitraries.js";
import { expectClose } from "./expect-interval.js";
import { seededRandom } from "./seeded-random.js";

const options = { samples: 8, dimensions: 2, randomizations: 3, confidence: 0.95 };
const seeds = fc.nat();

/** Of a model with an interaction and luck. */
function outcomesOf(seed: number): readonly number[] {
  const random = seededRandom(seed);
  const luck = Float64Array.from({ length: 48 }, () => random());
  return sobolDesign({ ...options, random }).map(
    ({ point: [x, y], replication }) => 3 * x + y * luck[replication] + x * x * y,
  );
}

function numbersOf(outcomes: Sample): readonly number[] {
  return sobolIndices(outcomes, options).flatMap(({ first, total }) =>
    [first, total].flatMap(({ estimate, ci_low, ci_high }) => [estimate, ci_low, ci_high]),
  );
}

describe("sobolIndices", () => {
  it("sobolIndices have no unit and no origin", () => {
    const factors = fc.constantFrom(-1000, -0.001, 0.001, 7);
    const law = fc.property(seeds, factors, fc.integer({ min: -100, max: 100 }), (seed, factor, shift) => {
      const outcomes = outcomesOf(seed);
      const plain = numbersOf(outcomes);
      const moved = numbersOf(outcomes.map((y) => factor * (y + shift)));
      for (const [k, actual] of moved.entries()) expectClose({ actual, expected: plain[k], scale: 10 });
    });
    fc.assert(law, runs);
  });

  it("sobolIndices of a parameter that is not in the model are exactly 0", () => {
    const law = fc.property(seeds, (seed) => {
      const random = seededRandom(seed);
      const luck = Float64Array.from({ length: 48 }, () => random());
      const runs = sobolDesign({ ...options, random });
      const outcomes = runs.map(({ point, replication }) => Math.exp(point[0]) + luck[replication]);
      const [, idle] = sobolIndices(outcomes, options);
      for (const index of [idle.first, idle.total]) {
        expect(index).toMatchObject({ estimate: 0, ci_low: 0, ci_high: 0, flags: ["no_effect"] });
      }
    });
    fc.assert(law, runs);
  });

  it("sobolIndices do not depend on the order of the randomisations", () => {
    const law = fc.property(seeds, (seed) => {
      const outcomes = outcomesOf(seed);
      const block = outcomes.length / 3;
      const turned = [...outcomes.slice(2 * block), ...outcomes.slice(0, 2 * block)];
      const plain = numbersOf(outcomes);
      for (const [k, actual] of numbersOf(turned).entries()) expectClose({ actual, expected: plain[k], scale: 1 });
    });
    fc.assert(law, runs);
  });

  it("sobolIndices: totals are at least 0", () => {
    const law = fc.property(seeds, (seed) => {
      for (const { total } of sobolIndices(outcomesOf(seed), options)) expect(total.estimate).toBeGreaterThanOrEqual(0);
    });
    fc.assert(law, runs);
  });
});
