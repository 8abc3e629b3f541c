import { describe, expect, test } from "vitest";
import { SummaryRows } from "../src/summary-rows.js";
import type { SummaryRow } from "../src/index.js";

describe("SummaryRows", () => {
  test("SummaryRows gives back every cell of more rows than one block has", () => {
    const rows = new SummaryRows();
    const given = Array.from({ length: 9000 }, (_, k) => rowOf(k));
    for (const row of given) rows.append(row);
    expect(rows.count).toBe(9000);
    for (const name of ["point_id", "metric", "estimand", "estimate", "ci_low", "n", "n_failed"] as const) {
      const cell = rows.cellsOf(name);
      expect(given.every((row, k) => Object.is(cell(k), row[name]))).toBe(true);
    }
    expect([0, 1, 8999].map(rows.cellsOf("flags"))).toEqual(["", "skewed,few", "skewed,few"]);
  });

  test("SummaryRows numbers texts in the order in which they came, each once", () => {
    const rows = new SummaryRows();
    for (const k of [2, 0, 2, 1, 0]) rows.append(rowOf(k));
    expect(rows.vocabularies().get("metric")).toEqual(["m2", "m0", "m1"]);
    expect(rows.vocabularies().get("estimand")).toEqual(["mean"]);
  });

  test("SummaryRows refuses a flag that would look like two, and knows its columns", () => {
    const rows = new SummaryRows();
    expect(() => rows.append({ ...rowOf(0), flags: ["a,b"] })).toThrow("a flag must be a word");
    expect(() => rows.cellsOf("seed")).toThrow("Cannot write summary: column seed must exist");
  });
});

function rowOf(k: number): SummaryRow {
  return {
    point_id: `p${Math.floor(k / 3)}`,
    metric: `m${k % 3}`,
    estimand: "mean",
    estimate: k % 7 === 0 ? -0 : k / 3,
    std_error: 0.1,
    ci_low: k % 5 === 0 ? Number.NaN : Number.NEGATIVE_INFINITY,
    ci_high: Number.POSITIVE_INFINITY,
    confidence: 0.95,
    method: "student_t",
    n: k,
    n_failed: 2 ** 31 - 1 - k,
    flags: k % 2 === 0 ? [] : ["skewed", "few"],
  };
}
