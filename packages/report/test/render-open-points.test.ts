import { describe, expect, test } from "vitest";
import { renderOpenPoints, type OpenPointRow } from "../src/index.js";

const ROW: OpenPointRow = {
  point: { point_id: "a", parameters: { users: 300 } },
  replications: 45,
  target: "latency_s_p95 within 2 %",
  unit: "s",
  estimate: 0.074,
  low: 0.072,
  high: 0.076,
  confidence: 0.95,
  n_needed: 1200,
};

describe("renderOpenPoints", () => {
  test("renderOpenPoints shows the interval against the target, and what that takes", () => {
    const ratio = { ...ROW, unit: "ratio", estimate: 0.5, low: 0.25, high: 0.75, target: "in 90 % of runs" };
    const rows = [
      ROW,
      { ...ratio, point: { point_id: "b", parameters: { users: 1000 } }, replications: 30, n_needed: Number.NaN },
    ];
    expect(renderOpenPoints(rows, { width: 80 })).toBe(
      [
        "users   n  estimate  anytime 95 %  still needs  target",
        "────────────────────────────────────────────────────────────────────────",
        "  300  45   74.0 ms  [72.0, 76.0]  about 1,200  latency_s_p95 within 2 %",
        " 1000  30      50 %  [25, 75]                ?  in 90 % of runs",
      ].join("\n"),
    );
  });

  test("renderOpenPoints cuts the target first, and becomes a list where it is narrow", () => {
    const lines = renderOpenPoints([ROW], { width: 66 }).split("\n");
    expect(lines.at(-1)).toMatch(/latency_s_.*…$/);
    expect(renderOpenPoints([ROW], { width: 40 }).split("\n")[0]).toBe("users 300");
    expect(renderOpenPoints([], { width: 40 })).toBe("");
  });
});
