import { describe, expect, test } from "vitest";
import { renderSeries, type SeriesRow } from "../src/index.js";

const T = Float64Array.of(5, 10, 15, 20);
const UNITS = new Map([
  ["latency_s_mean", "s"],
  ["in_flight_mean", "1"],
]);
const POINTS = [
  { point_id: "a", parameters: { users: 100 } },
  { point_id: "b", parameters: { users: 2000 } },
];

function rowOf(point_id: string, metric: string, mean: readonly number[]): SeriesRow {
  return { point_id, metric, t_s: T, mean };
}

describe("renderSeries", () => {
  test("renderSeries has a section for each metric, and the ends of each scale beside it", () => {
    const rows = [
      rowOf("b", "latency_s_mean", [0.004, 0.001, 0.002, NaN]),
      rowOf("a", "latency_s_mean", [1, 2, 3, 8]),
      rowOf("a", "in_flight_mean", [7, 7, 7, 7]),
    ];
    expect(renderSeries(rows, { points: POINTS, units: UNITS, width: 80 })).toBe(
      [
        "users  latency_s_mean over 20 s    lowest   highest",
        "───────────────────────────────────────────────────",
        "  100  ▁▂▃█                       1.000 s   8.000 s",
        " 2000  █▁▃                       1.000 ms  4.000 ms",
        "",
        "users  in_flight_mean over 20 s    lowest   highest",
        "───────────────────────────────────────────────────",
        "  100  ▁▁▁▁                             7         7",
      ].join("\n"),
    );
  });

  test("renderSeries of one point names the metrics in a column", () => {
    const rows = [rowOf("a", "latency_s_mean", [1, 2, 3, 8]), rowOf("a", "in_flight_mean", [NaN, NaN, NaN, NaN])];
    const text = renderSeries(rows, { points: [{ point_id: "a", parameters: {} }], units: UNITS, width: 80 });
    expect(text).toBe(
      [
        "metric          over 20 s   lowest  highest",
        "───────────────────────────────────────────",
        "latency_s_mean  ▁▂▃█       1.000 s  8.000 s",
        "in_flight_mean                   -        -",
      ].join("\n"),
    );
  });

  test("renderSeries fills the width with up to 80 cells, and becomes a list where it is narrow", () => {
    const values = Float64Array.from({ length: 240 }, (_, k) => k);
    const rows = [{ point_id: "a", metric: "latency_s_mean", t_s: values, mean: values }];
    const linesAt = (width: number): readonly string[] =>
      renderSeries(rows, { points: POINTS, units: UNITS, width }).split("\n");
    const barsIn = (line = ""): number => line.match(/[▁-█]/g)?.length ?? 0;
    expect(barsIn(linesAt(Infinity)[2])).toBe(80);
    const [heading = "", rule = "", line = ""] = linesAt(80);
    expect([rule.length, line.length, heading.length]).toEqual([80, 80, 80]);
    expect(Math.max(...linesAt(40).map((text) => text.length))).toBeLessThanOrEqual(40);
    expect(barsIn(linesAt(40).join(""))).toBe(16);
  });

  test("renderSeries makes control characters of names visible, and says when there is nothing", () => {
    const rows = [rowOf("a", "\u001B[31mx", [1, 2, 3, 4])];
    expect(renderSeries(rows, { points: POINTS, units: UNITS })).toContain(String.raw`\u{1b}[31mx`);
    expect(renderSeries([], { points: POINTS, units: UNITS })).toBe("no series");
  });
});
