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
    });
    expect(text.split("\n")).toEqual([
      "users  algorithm          latency_s_p95  95 % interval     n",
      "─".repeat(60),
      " 1000  least_outstanding        1.234 s  [1.100, 1.400]  200",
      "  100  round_robin             23.50 ms  [23.41, 23.58]  200",
    ]);
  });

  test("renderSummaryTable has a section for each metric, in the chosen order, though the first point lacks one", () => {
    const points = ["p0", "p1"].map((point_id) => ({ point_id, parameters: {} }));
    const rows = [
      rowOf({ point_id: "p0", ...NUMBERS, metric: "second" }),
      rowOf({ point_id: "p1", ...NUMBERS, metric: "second" }),
      rowOf({ point_id: "p1", ...NUMBERS, metric: "first" }),
    ];
    const metrics = ["first", "absent", "second", "first"];
    expect(renderSummaryTable(rows, { points, metrics, units: new Map(), width: 56 }).split("\n")).toEqual([
      "point   first  95 % interval    n",
      "─".repeat(33),
      "p1       2.00  [1.00, 3.00]   200",
      "",
      "point  second  95 % interval    n",
      "─".repeat(33),
      "p0       2.00  [1.00, 3.00]   200",
      "p1       2.00  [1.00, 3.00]   200",
    ]);
  });

  test("renderSummaryTable, where too wide, lists the points below their metric, which stands there once", () => {
    const metrics = ["latency_s_p95"];
    expect(renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, metrics, width: 59 }).split("\n")).toEqual([
      "latency_s_p95",
      "  users 100 · algorithm round_robin",
      "    23.50 ms · 95 % interval [23.41, 23.58] · n 200",
      "  users 1000 · algorithm least_outstanding",
      "    1.234 s · 95 % interval [1.100, 1.400] · n 200",
    ]);
  });

  test("renderSummaryTable, where too wide, names metric and estimand of a single point with its estimates", () => {
    const [point] = SAMPLE_POINTS;
    expect(renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, points: [point!], width: 60 }).split("\n")).toEqual([
      "users 100 · algorithm round_robin · metric latency_s_p95",
      "  mean 23.50 ms · 95 % interval [23.41, 23.58] · n 200",
      "users 100 · algorithm round_robin · metric throughput_per_s",
      "  mean 80.81/s · 95 % interval [80.10, 81.50] · n 200",
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
    expect(lines[0]).toMatch(/^point {5}x {2}95 % interval/);
    expect(lines[3]).toMatch(/^p1 {5}2\.00 {2}\[1\.00, 3\.00\]/);
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

  test("renderSummaryTable of several points has the estimands in a column unless all are means", () => {
    const points = ["p0", "p1"].map((point_id) => ({ point_id, parameters: {} }));
    const means = points.map(({ point_id }) => rowOf({ point_id, ...NUMBERS }));
    const chance = { estimand: "probability", estimate: 0.5, ci_low: 0.4, ci_high: 0.6, std_error: 0.05 };
    const chances = means.map((row) => ({ ...row, ...chance }));
    const options = { points, metrics: ["x"], units: new Map([["x", "s"]]), width: 64 };
    const cellsOf = (rows: typeof means): string[][] =>
      renderSummaryTable(rows, options)
        .split("\n")
        .map((line) => line.split(/\s{2,}/).slice(0, 3));
    expect(cellsOf(chances)).toEqual([
      ["point", "estimand", "x"],
      ["─".repeat(46)],
      ["p0", "probability", "50.0 %"],
      ["p1", "probability", "50.0 %"],
    ]);
    expect(cellsOf([...means, ...chances]).slice(2)).toEqual([
      ["p0", "mean", "2.00 s"],
      ["p0", "probability", "50.0 %"],
      ["p1", "mean", "2.00 s"],
      ["p1", "probability", "50.0 %"],
    ]);
  });

  test("renderSummaryTable draws the intervals of a metric on one scale where there is room", () => {
    const points = ["p0", "p1"].map((point_id) => ({ point_id, parameters: {} }));
    const rows = [
      rowOf({ point_id: "p0", metric: "x", estimate: 2, ci_low: 0, ci_high: 4, std_error: 1 }),
      rowOf({ point_id: "p1", metric: "x", estimate: 8, ci_low: 8, ci_high: 8, std_error: 0 }),
    ];
    const linesAt = (width: number): readonly string[] =>
      renderSummaryTable(rows, { points, metrics: ["x"], units: new Map(), width }).split("\n");
    // 24 columns from 0 to 8: 2 is at 5.75, 4 at 11.5.
    expect(linesAt(56).map((line) => line.slice(32))).toEqual([
      "├0────────────────────8┤",
      "─".repeat(24),
      "├─────●─────┤",
      `${" ".repeat(23)}●`,
    ]);
    expect(linesAt(55).map((line) => line.slice(30))).toEqual(["", "", "", ""]);
    expect(linesAt(Infinity)[1]).toHaveLength(30 + 2 + 40);
  });

  test("renderSummaryTable draws on a logarithmic scale from a factor of 30 on, and nothing where all is equal", () => {
    const points = ["p0", "p1"].map((point_id) => ({ point_id, parameters: {} }));
    const units = new Map([["x", "s"]]);
    const headingOf = (numbers: readonly [number, number, number], more: readonly [number, number, number]): string => {
      const rows = [numbers, more].map(([ci_low, estimate, ci_high], index) =>
        rowOf({ point_id: `p${index}`, metric: "x", estimate, ci_low, ci_high, std_error: 0.001 }),
      );
      return renderSummaryTable(rows, { points, metrics: ["x"], units, width: 200 }).split("\n")[0] ?? "";
    };
    expect(headingOf([0.05, 0.05, 0.05], [1.5, 1.5, 2])).toMatch(/├10 ms─+log─+10 s┤$/);
    expect(headingOf([0.05, 0.05, 0.05], [1.4, 1.4, 2])).toMatch(/├0\.0 s─+2\.0 s┤$/);
    expect(headingOf([0, 0.05, 0.05], [1.5, 1.5, 2])).toMatch(/├0\.0 s─+2\.0 s┤$/);
    expect(headingOf([0, 0, 0], [0, 0, 0])).toMatch(/n$/);
  });

  test("renderSummaryTable writes parameter values in full, and - where there is none", () => {
    const points = [
      { point_id: "p0", parameters: { rate: 0.1 + 0.2, cached: true } },
      { point_id: "p1", parameters: { rate: null } },
    ];
    const rows = points.map(({ point_id }) => rowOf({ point_id, ...NUMBERS }));
    const lines = renderSummaryTable(rows, { points, metrics: ["x"], units: new Map() }).split("\n");
    expect(lines[0]).toMatch(/^ {15}rate {2}cached {5}x {2}/);
    expect(lines[2]).toMatch(/^0\.30000000000000004 {2}true {4}2\.00 {2}/);
    expect(lines[3]).toMatch(/^ {18}- {2}- {7}2\.00 {2}/);
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
    const lines = renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 80 }).split("\n");
    expect(lines[0]).toMatch(/^users {2}algorithm/);
    expect(lines.at(-1)).toMatch(/ 199 absent, no…$/);
  });

  test("renderSummaryTable paints without a change to the text or its alignment", () => {
    const painted = renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 120, paint: taggingPaint });
    expect(painted).toContain("  <cyan>100</cyan>  ");
    expect(painted).toContain("<yellow>199 absent, not_estimable_needs_2</yellow>");
    expect(withoutTags(painted)).toBe(renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 120 }));
    const list = renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 60, paint: taggingPaint });
    expect(list).toMatch(/^<bold>latency_s_p95<\/bold>$/m);
    expect(withoutTags(list)).toBe(renderSummaryTable(SAMPLE_ROWS, { ...OPTIONS, width: 60 }));
  });
});
