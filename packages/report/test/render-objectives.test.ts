import { describe, expect, test } from "vitest";
import { renderObjectives, type ObjectiveTableRow } from "../src/index.js";

function rowOf(row: Partial<ObjectiveTableRow> = {}): ObjectiveTableRow {
  return {
    point_id: "users=100",
    objective: "latency_s_p95 below 0.2 in 95 % of runs",
    metric: "latency_s_p95",
    estimand: "probability_0.95",
    verdict: "pass",
    estimate: 1,
    bound_low: 0.9752,
    bound_high: 1,
    confidence: 0.95,
    method: "clopper_pearson",
    n: 120,
    n_failed: 0,
    n_needed: 0,
    flags: [],
    ...row,
  };
}

const points = [
  { point_id: "users=100", parameters: { users: 100 } },
  { point_id: "users=200", parameters: { users: 200 } },
];
const units = new Map([["latency_s_p95", "s"]]);

describe("renderObjectives", () => {
  test("renderObjectives shows objective by objective, point by point, probabilities in per cent and times in their unit", () => {
    const mean = { objective: "mean of latency_s_p95 below 0.2", estimand: "mean", estimate: 0.1234 } as const;
    const rows = [
      rowOf(),
      rowOf({ ...mean, bound_low: 0.12, bound_high: 0.127 }),
      rowOf({ point_id: "users=200", verdict: "fail", estimate: 0.5, bound_low: 0.42, bound_high: 0.578 }),
    ];
    expect(renderObjectives(rows, { points, units }).split("\n")).toEqual([
      "latency_s_p95 below 0.2 in 95 % of runs",
      "users  verdict  estimate  95 % bounds      n",
      "─".repeat(44),
      "  100  pass      100.0 %  [97.5, 100.0]  120",
      "  200  FAIL       50.0 %  [42.0, 57.8]   120",
      "",
      "mean of latency_s_p95 below 0.2",
      "users  verdict  estimate  95 % bounds       n",
      "─".repeat(45),
      "  100  pass     123.4 ms  [120.0, 127.0]  120",
    ]);
  });

  test("renderObjectives names the objective in each line where there is one point, and the confidence where it differs", () => {
    const one = points.slice(0, 1);
    expect(renderObjectives([rowOf()], { points: one, units, width: 100 }).split("\n")).toEqual([
      "objective                                users  verdict  estimate  95 % bounds      n",
      "─".repeat(85),
      "latency_s_p95 below 0.2 in 95 % of runs    100  pass      100.0 %  [97.5, 100.0]  120",
    ]);
    const sure = rowOf({ objective: "other", confidence: 0.99 });
    const [headings] = renderObjectives([rowOf(), sure], { points: one, units, width: 100 }).split("\n");
    expect(headings).toMatch(/estimate +bounds +confidence +n$/);
  });

  test("renderObjectives says what an inconclusive verdict needs, and what is absent", () => {
    const open = { verdict: "inconclusive", flags: ["pass_needs_59"] } as const;
    const rows = [rowOf({ ...open, n: 30, n_failed: 2, n_needed: 27 }), rowOf({ ...open, n_needed: NaN, flags: [] })];
    const [, , , first, second] = renderObjectives(rows, { points, units, width: 120 }).split("\n");
    expect(first).toContain("inconclusive");
    expect(first).toContain("needs about 27 more, 2 absent, pass_needs_59");
    expect(second).toContain("on the limit: more replications may not tell");
  });

  test.each<readonly [string, string, Partial<ObjectiveTableRow>]>([
    [
      "a metric without a value",
      "no run has a value of the metric, 5 absent, no_values",
      { n: 0, n_failed: 5, flags: ["no_values"] },
    ],
    [
      "the same value everywhere",
      "the same in every run: ask for a probability, zero_variance",
      { flags: ["zero_variance"] },
    ],
    ["absent runs", "what is absent could have been anything, 1 absent", { n_failed: 1 }],
  ])("renderObjectives says why nothing is known of %s", (_, remark, row) => {
    const open = rowOf({ verdict: "inconclusive", n: 5, n_needed: NaN, flags: [], ...row });
    expect(renderObjectives([open], { points, units, width: 120 })).toContain(remark);
  });

  test("renderObjectives of none is empty", () => {
    expect(renderObjectives([], { points, units })).toBe("");
  });
});
