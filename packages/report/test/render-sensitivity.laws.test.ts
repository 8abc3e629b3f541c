import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderSensitivity, type SensitivityTable } from "../src/index.js";
import { displayWidth } from "../src/text/display-width.js";
import { differenceOf, estimateOf } from "./fixtures/sample-sensitivity.js";

describe("renderSensitivity", () => {
  test("renderSensitivity is never wider than it may be, and shows no control characters", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom("users", "\u001b[31m", "東".repeat(30)),
    );
    const number = fc.oneof(fc.double({ min: -1e3, max: 1e3 }), fc.constantFrom(0, NaN, Infinity, -Infinity));
    const numbers = fc.record({ estimate: number, ci_low: number, ci_high: number });
    const factor = fc.record({ name: text, one: numbers, other: numbers, low: text, flag: text });
    const tables = fc
      .tuple(fc.array(factor, { maxLength: 4 }), fc.constantFrom("sobol", "morris", "tornado"), text, numbers)
      .map(([rows, method, unit, whole]): SensitivityTable => {
        const metric = { name: unit, unit };
        const named = rows.map(({ name, one, other, flag }) => ({
          factor: name,
          is_seed: name === "users",
          first: estimateOf(one),
          total: estimateOf(other, [flag]),
          mu: estimateOf(one),
          mu_star: estimateOf(other, [flag]),
          sigma: one.estimate,
          sigma_std_error: one.ci_low,
        }));
        if (method !== "tornado") {
          const factors = named;
          return method === "sobol"
            ? { metric, method, mean: estimateOf(whole), std: whole.ci_low, factors }
            : { metric, method: "morris", factors };
        }
        const factors = rows.map(({ name, low, one, other, flag }) => ({
          factor: { name, low, high: { mean: low } },
          low: differenceOf(one),
          high: differenceOf(other, [flag]),
        }));
        return { metric, method, base: estimateOf(whole), factors };
      });
    const law = fc.property(tables, fc.integer({ min: 40, max: 160 }), (table, width) => {
      const lines = renderSensitivity(table, { width }).split("\n");
      for (const line of lines) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
      }
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 300 });
  });
});
