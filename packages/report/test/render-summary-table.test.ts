import { describe, expect, test } from "vitest";
import { renderSummaryTable } from "../src/index.js";
import { rowOf, SAMPLE_POINTS, SAMPLE_ROWS, SAMPLE_UNITS } from "./fixtures/sample-summary.js";
import { taggingPaint, withoutTags } from "./fixtures/tagging-paint.js";

const OPTIONS = { metrics: ["latency_s_p95", "throughput_per_s"], points: SAMPLE_POINTS, units: SAMPLE_UNITS };
const NUMBERS = { metric: "x", estimate: 2, ci_low: 1, ci_high: 3, std_error: 0.5 };

describe("renderSummaryTable", () => {
  test("renderSummaryTable shows the chosen metrics and points in the chosen order", () => {
    const text = renderSummaryTable(SAMPLE_ROWS, {
      ...OPTIONS,
      metrics: ["latency_s_p95"],
      points: SAMPLE_POINTS.toReversed(),
      width: 100,
    });
    expect(text.split("\n")).toEqual([
      "users  algorithm          metric             mean  95 % interval     n",
      "─".repeat(70),
      " 1000  least_outstanding  latency_s_p95   1.234 s  [1.100, 1.400]  200",
      "  100  round_robin        latency_s_p95  23.50 ms  [23.41, 23.58]  200",
    ]);
  });

  test("renderSummaryTable of nothing says so", () => {
    expect(renderSummaryTable([], OPTIONS)).toBe("no estimates");
    expect(renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, metrics: ["unknown"] })).toBe("no estimates");
  });

  test("renderSummaryTable needs no point column for a single point without parameters", () => {
    const one = { points: [{ point_id: "p0", parameters: {} }], metrics: ["x"], units: new Map() };
    expect(renderSummaryTable([rowOf({ point_id: "p0", ...NUMBERS })], one).split("\n")).toEqual([
      "metric  mean  95 % interval    n",
      "─".repeat(32),
      "x       2.00  [1.00, 3.00]   200",
    ]);
  });

  test("renderSummaryTable names points that no parameter tells apart", () => {
    const points = ["p0", "p1"].map((point_id) => ({ point_id, parameters: {} }));
    const rows = points.map(({ point_id }) => rowOf({ point_id, ...NUMBERS }));
    const lines = renderSummaryTable(rows, { points, metrics: ["x"], units: new Map() }).split("\n");
    expect(lines[0]).toMatch(/^point {2}metric/);
    expect(lines[3]).toMatch(/^p1 {5}x /);
  });

  test("renderSummaryTable tells estimands and confidences apart where they differ", () => {
    const row = rowOf({ point_id: "p0", ...NUMBERS });
    const rows = [
      row,
      {
        ...row,
        estimand: "probability",
        estimate: 0.9,
        ci_low: 0.85,
        ci_high: 0.93,
        std_error: 0.02,
        confidence: 0.999,
      },
    ];
    const points = [{ point_id: "p0", parameters: {} }];
    const lines = renderSummaryTable(rows, { points, metrics: ["x"], units: new Map([["x", "s"]]) }).split("\n");
    expect(lines[0]?.split(/\s{2,}/)).toEqual(["metric", "estimand", "estimate", "interval", "confidence", "n"]);
    expect(lines[2]?.split(/\s{2,}/)).toEqual(["x", "mean", "2.00 s", "[1.00, 3.00]", "95 %", "200"]);
    expect(lines[3]?.split(/\s{2,}/)).toEqual(["x", "probability", "90.0 %", "[85.0, 93.0]", "99.9 %", "200"]);
  });

  test("renderSummaryTable writes parameter values in full, and - where there is none", () => {
    const points = [
      { point_id: "p0", parameters: { rate: 0.1 + 0.2, cached: true } },
      { point_id: "p1", parameters: { rate: null } },
    ];
    const rows = points.map(({ point_id }) => rowOf({ point_id, ...NUMBERS }));
    const lines = renderSummaryTable(rows, { points, metrics: ["x"], units: new Map() }).split("\n");
    expect(lines[2]).toMatch(/^0\.30000000000000004 {2}true {4}x/);
    expect(lines[3]).toMatch(/^ {18}- {2}- {7}x/);
  });

  test("renderSummaryTable makes escape sequences visible in every text", () => {
    const evil = "\u001b[2J\n";
    const row = { ...rowOf({ point_id: evil, ...NUMBERS, metric: evil }), estimand: evil, flags: [evil] };
    const points = [{ point_id: evil, parameters: { [evil]: evil } }];
    const text = renderSummaryTable([row], { points, metrics: [evil], units: new Map([[evil, evil]]), width: 200 });
    expect(text.split("\n")).toHaveLength(3);
    expect(text).not.toContain("\u001b");
    // Name and value of the parameter, metric, estimand, unit, remark.
    expect(text.split("\\u{1b}[2J\\n")).toHaveLength(7);
  });

  test("renderSummaryTable cuts remarks before it gives up the columns", () => {
    const lines = renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 105 }).split("\n");
    expect(lines[0]).toMatch(/^users {2}algorithm/);
    expect(lines.at(-1)).toMatch(/199 failed, .*…$/);
  });

  test("renderSummaryTable paints without a change to the text or its alignment", () => {
    const painted = renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 120, paint: taggingPaint });
    expect(painted).toContain("  <cyan>100</cyan>  ");
    expect(painted).toContain("<yellow>199 failed, not_estimable_needs_2</yellow>");
    expect(withoutTags(painted)).toBe(renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 120 }));
  });
});
