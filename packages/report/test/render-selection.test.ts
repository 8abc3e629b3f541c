import type { Estimate } from "@loadstar/stats";
import { describe, expect, test } from "vitest";
import { renderSelection, selectionSentence, type SelectionAnswer } from "../src/index.js";

const estimateOf = (estimate: number, found: Partial<Estimate> = {}): Estimate => ({
  estimand: "mean",
  estimate,
  std_error: 0.001,
  ci_low: estimate - 0.002,
  ci_high: estimate + 0.002,
  confidence: 0.95,
  method: "student_t",
  n: 45,
  n_failed: 0,
  flags: [],
  ...found,
});

const points = [1, 2, 3, 4].map((cores) => ({ point_id: `cores=${cores}`, parameters: { cores } }));

const ANSWER: SelectionAnswer = {
  metric: { name: "latency_s_mean", unit: "s" },
  better: "smaller",
  best_point_id: "cores=3",
  fresh_estimate: estimateOf(0.0512),
  points: [
    { point_id: "cores=1", eliminated_at: 30, estimate: estimateOf(0.09, { n: 30 }) },
    { point_id: "cores=2", eliminated_at: 41, estimate: estimateOf(0.06) },
    { point_id: "cores=3", eliminated_at: NaN, estimate: estimateOf(0.05) },
    { point_id: "cores=4", eliminated_at: 7, estimate: estimateOf(0.05, { n: 27, n_failed: 3 }) },
  ],
  flags: ["failed_replications"],
};

const UNDECIDED: SelectionAnswer = {
  ...ANSWER,
  best_point_id: undefined,
  fresh_estimate: undefined,
  points: ANSWER.points.map((point, index) => (index === 1 ? { ...point, eliminated_at: NaN } : point)),
};

describe("renderSelection", () => {
  test("renderSelection says what became of each point", () => {
    expect(renderSelection(ANSWER, { points }).split("\n")).toEqual([
      "cores  selection      latency_s_mean  95 % interval   n",
      "─".repeat(55),
      "    1  out after 30          90.0 ms  [88.0, 92.0]   30",
      "    2  out after 41          60.0 ms  [58.0, 62.0]   45",
      "    3  BEST                  50.0 ms  [48.0, 52.0]   45",
      "    4  out: 3 absent         50.0 ms  [48.0, 52.0]   27",
    ]);
    expect(renderSelection(UNDECIDED, { points })).toMatch(/\n +2 +open +60.0 ms/);
  });

  test("renderSelection of points that are not shown is empty", () => {
    expect(renderSelection(ANSWER, { points: [] })).toBe("");
  });
});

describe("selectionSentence", () => {
  const sure = { indifference: 0.001, confidence: 0.95 };

  test("selectionSentence names the best, how sure it is and the fresh estimate", () => {
    expect(selectionSentence(ANSWER, sure)).toBe(
      "cores=3 has the best (smaller) latency_s_mean, 95 % sure if by 1.000 ms or more; on 45 fresh replications 51.2 ms [49.2, 53.2]",
    );
  });

  test("selectionSentence says why there is none", () => {
    expect(selectionSentence(UNDECIDED, sure)).toBe(
      "No point is selected: 2 may still have the best (smaller) latency_s_mean",
    );
    expect(selectionSentence({ ...UNDECIDED, flags: ["zero_variance"] }, sure)).toMatch(
      /latency_s_mean, their differences do not vary$/,
    );
    const out = UNDECIDED.points.map((point) => ({ ...point, eliminated_at: 4 }));
    expect(selectionSentence({ ...UNDECIDED, points: out }, sure)).toBe(
      "No point is selected: replications of all of them are absent",
    );
  });
});
