import { describe, expect, test } from "vitest";
import { otherLoadSentence, renderComparison, type ComparisonTableRow } from "../src/index.js";

const points = [
  { point_id: "users=100", parameters: { users: 100 } },
  { point_id: "users=200", parameters: { users: 200 } },
];

function rowOf(row: Partial<ComparisonTableRow> = {}): ComparisonTableRow {
  return {
    point_id: "users=100",
    metric: "latency_s_p95",
    unit: "s",
    verdict: "worse",
    base_mean: 0.1,
    next_mean: 0.1123,
    difference: { estimate: 0.0123, std_error: 0.001, ci_low: 0.0103, ci_high: 0.0143 },
    ...row,
  };
}

describe("renderComparison", () => {
  test("renderComparison has a table for each metric, points in the order of the rows", () => {
    const rows = [
      rowOf({ point_id: "users=200", verdict: "undecided" }),
      rowOf(),
      rowOf({ metric: "throughput_per_s", unit: "1/s", verdict: "better", base_mean: 90, next_mean: 95 }),
    ];
    const difference = { estimate: 5, std_error: 0.5, ci_low: 4, ci_high: 6 };
    rows[2] = { ...rows[2]!, difference };
    expect(renderComparison(rows, { points, confidence: 0.9 }).split("\n")).toEqual([
      "latency_s_p95",
      "users  verdict        base       new  difference  90 % interval",
      "─".repeat(63),
      "  200  undecided  100.0 ms  112.3 ms     12.3 ms  [10.3, 14.3]",
      "  100  WORSE      100.0 ms  112.3 ms     12.3 ms  [10.3, 14.3]",
      "",
      "throughput_per_s",
      "users  verdict     base      new  difference  90 % interval",
      "─".repeat(59),
      "  100  better   90.00/s  95.00/s      5.00/s  [4.00, 6.00]",
    ]);
  });

  test("renderComparison of nothing, and of points that are not shown, is empty", () => {
    expect(renderComparison([], { points, confidence: 0.9 })).toBe("");
    expect(renderComparison([rowOf({ point_id: "elsewhere" })], { points, confidence: 0.9 })).toBe("");
  });
});

describe("otherLoadSentence", () => {
  test("otherLoadSentence counts what is called changed for its load alone", () => {
    const follows = rowOf({ metric: "throughput_per_s", verdict: "changed", follows_load: true });
    const utilization = rowOf({ metric: "api.cpu_utilization_ratio", verdict: "changed", follows_load: false });
    expect(otherLoadSentence([rowOf(), utilization, { ...follows, verdict: "undecided" }])).toBeUndefined();
    expect(otherLoadSentence([follows, utilization])).toContain("1 comparison is called changed");
    expect(otherLoadSentence([follows, follows])).toBe(
      "Throughput and numbers of requests follow the offered load, which is another one: 2 comparisons are called changed, neither better nor worse.",
    );
  });
});
