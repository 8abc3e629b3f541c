import { describe, expect, test } from "vitest";
import { intervalBar } from "../src/curve/interval-bar.js";
import { plainPaint, renderResponseCurve } from "../src/index.js";
import { taggingPaint, withoutTags } from "./fixtures/tagging-paint.js";

const OPTIONS = { parameter: "users", metric: "latency_s_p95", unit: "s" };
const POINTS = [
  { parameter_value: 200, estimate: 0.04, ci_low: 0.03, ci_high: 0.05, std_error: 0.005 },
  { parameter_value: 100, estimate: 0.02, ci_low: 0.01, ci_high: 0.03, std_error: 0.005 },
];

describe("renderResponseCurve", () => {
  test("renderResponseCurve draws points by rising parameter on a common round scale", () => {
    const text = renderResponseCurve(POINTS, { ...OPTIONS, width: 72 });
    // 72 columns less "100" (3), two gaps (4) and "20.0 ms [10.0, 30.0]" (20) leave 45: 1.1 for a millisecond from 10 to 50.
    expect(text.split("\n")).toEqual([
      "latency_s_p95 by users",
      `100  ├${"─".repeat(10)}●${"─".repeat(10)}┤${" ".repeat(22)}  20.0 ms [10.0, 30.0]`,
      `200  ${" ".repeat(22)}├${"─".repeat(10)}●${"─".repeat(10)}┤  40.0 ms [30.0, 50.0]`,
      `     ├10 ms${"─".repeat(33)}50 ms┤`,
    ]);
  });

  test("renderResponseCurve is logarithmic where estimates span a factor of 30", () => {
    const far = [
      { parameter_value: 1, estimate: 0.1, ci_low: 0.01, ci_high: 1, std_error: Number.NaN },
      { parameter_value: 2, estimate: 10, ci_low: 10, ci_high: 10, std_error: Number.NaN },
    ];
    // 58 columns less "1", two gaps and "10.00 s [10.00, 10.00]" leave 31, ten for each power of ten.
    expect(
      renderResponseCurve(far, { ...OPTIONS, width: 58 })
        .split("\n")
        .slice(1),
    ).toEqual([
      `1  ├${"─".repeat(9)}●${"─".repeat(9)}┤${" ".repeat(10)}  0.10 s [0.01, 1.00]`,
      `2  ${" ".repeat(30)}●  10.00 s [10.00, 10.00]`,
      `   ├10 ms${"─".repeat(8)}log${"─".repeat(9)}10 s┤`,
    ]);
  });

  test("renderResponseCurve of words keeps their order", () => {
    const words = POINTS.map((point, index) => ({ ...point, parameter_value: ["round_robin", "least"][index]! }));
    const lines = renderResponseCurve(words, { ...OPTIONS, parameter: "algorithm" }).split("\n");
    expect(lines.map((line) => line.split("  ")[0])).toEqual([
      "latency_s_p95 by algorithm",
      "round_robin",
      "least",
      "",
    ]);
  });

  test("renderResponseCurve without room keeps the estimates, then the bars", () => {
    const long = POINTS.map((point) => ({ ...point, parameter_value: point.parameter_value + 0.123_456 }));
    const narrow = renderResponseCurve(long, { ...OPTIONS, width: 40 }).split("\n");
    expect(narrow[1]).toMatch(/^100\.123456 {2}[├─●┤ ]{19} {2}20\.0 ms$/);
    const longer = POINTS.map((point) => ({ ...point, parameter_value: point.parameter_value / 3e10 }));
    expect(renderResponseCurve(longer, { ...OPTIONS, width: 40 }).split("\n")[1]).toMatch(/[─┤]$/);
  });

  test("renderResponseCurve of nothing, and of nothing finite, says so", () => {
    expect(renderResponseCurve([], OPTIONS)).toBe("latency_s_p95 by users\nno estimates");
    const undefinedPoint = { parameter_value: 1, estimate: NaN, ci_low: NaN, ci_high: NaN, std_error: NaN };
    expect(renderResponseCurve([undefinedPoint], OPTIONS).split("\n")[1]).toMatch(/^1 +-$/);
  });

  test("renderResponseCurve of one number stands in the middle", () => {
    const point = { parameter_value: 1, estimate: 0.02, ci_low: NaN, ci_high: NaN, std_error: NaN };
    const lines = renderResponseCurve([point], { ...OPTIONS, width: 60 }).split("\n");
    expect(lines[1]).toMatch(/^1 {22}● {21}20\.00 ms \[-, -\]$/);
    expect(lines[2]).toMatch(/^ {3}├18 ms─+22 ms┤$/);
  });

  test("renderResponseCurve paints without a change to the text", () => {
    const painted = renderResponseCurve(POINTS, { ...OPTIONS, paint: taggingPaint });
    expect(painted).toContain("<cyan>●</cyan>");
    expect(withoutTags(painted)).toBe(renderResponseCurve(POINTS, OPTIONS));
  });
});

describe("intervalBar", () => {
  const SCALE = { low: 0, high: 10, length: 11 };
  test.each([
    [{ estimate: 5, ci_low: 2, ci_high: 7 }, "  ├──●─┤   "],
    [{ estimate: 5, ci_low: 5, ci_high: 5 }, "     ●     "],
    [{ estimate: 5, ci_low: NaN, ci_high: NaN }, "     ●     "],
    [{ estimate: 5, ci_low: -Infinity, ci_high: 6 }, "←────●┤    "],
    [{ estimate: 5, ci_low: 4, ci_high: Infinity }, "    ├●────→"],
    [{ estimate: NaN, ci_low: 1, ci_high: 2 }, "           "],
  ])("intervalBar(%j) is %j", (interval, bar) => {
    expect(intervalBar({ ...interval, std_error: NaN }, SCALE, plainPaint)).toBe(bar);
  });
});
