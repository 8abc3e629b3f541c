import { describe, expect, test } from "vitest";
import { renderTipping, tippingSentences, type TippingRow } from "../src/index.js";

const RECOVERS = { verdict: "recovers", n_collapsed: 0, ci_low: 0, ci_high: 0.44 } as const;
const COLLAPSES = { verdict: "collapses", n_collapsed: 15, ci_low: 0.56, ci_high: 1 } as const;
const OPEN = { verdict: "open", n_collapsed: 50, ci_low: 0.33, ci_high: 0.67 } as const;

const row = (value: number, more: Partial<TippingRow> = {}): TippingRow => ({
  value,
  replications: 15,
  with_trigger: RECOVERS,
  without_trigger: RECOVERS,
  recovery: { p50_s: 12.5, p95_s: Infinity, n_censored: 1 },
  ...more,
});

describe("renderTipping", () => {
  test("renderTipping names the region of each load, upwards", () => {
    const rows = [
      row(40, { with_trigger: COLLAPSES, without_trigger: COLLAPSES }),
      row(30, { with_trigger: COLLAPSES, without_trigger: OPEN }),
      row(20, { with_trigger: COLLAPSES }),
      row(15, { with_trigger: OPEN }),
      row(12, { with_trigger: { ...RECOVERS, n_collapsed: 1 } }),
      row(11, { with_trigger: { ...OPEN, n_collapsed: 0 } }),
      row(10),
    ];
    expect(renderTipping(rows, { width: 80 }).split("\n").slice(2)).toEqual([
      "  10  stable      0 to 44 %     0 to 44 %         12.50 s  never      1  15",
      "  11  open        33 to 67 %    0 to 44 %         12.50 s  never      1  15",
      "  12  vulnerable  0 to 44 %     0 to 44 %         12.50 s  never      1  15",
      "  15  vulnerable  33 to 67 %    0 to 44 %         12.50 s  never      1  15",
      "  20  METASTABLE  56 to 100 %   0 to 44 %         12.50 s  never      1  15",
      "  30  open        56 to 100 %   33 to 67 %        12.50 s  never      1  15",
      "  40  UNSTABLE    56 to 100 %   56 to 100 %       12.50 s  never      1  15",
    ]);
  });

  test("renderTipping is empty without loads", () => {
    expect(renderTipping([], { width: 80 })).toBe("");
  });
});

test("tippingSentences says what is proven on each side of both borders, and what is not", () => {
  const borders = {
    with_trigger: { recovers: 5, collapses: 7.5 },
    without_trigger: { recovers: undefined, collapses: undefined },
  };
  expect(tippingSentences(borders, { find: "load", confidence: 0.95 })).toBe(
    "After the trigger most runs are healthy up to load = 5; most stay collapsed from 7.5 on.\n" +
      "Without it no load is proven to recover; none is proven to collapse (all of this 95 % sure).",
  );
});
