import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../src/index.js";
import { markdownText } from "../src/markdown/markdown-text.js";
import { PLAIN_NAMES, sampleReport } from "./fixtures/sample-report.js";

describe("renderMarkdown", () => {
  const text = renderMarkdown(sampleReport());

  test("renderMarkdown begins with the verdict, its counts and the exit code", () => {
    expect(text.split("\n").slice(0, 3)).toEqual([
      "# nightly",
      "",
      "**✗ Objectives broken at 1 of 6 points** · 3 met · 1 broken · 2 inconclusive · 6 points · 240 runs · 2 truncated · exit code 10: an objective is proven broken",
    ]);
  });

  test("renderMarkdown has the parts of the page in its order, without charts", () => {
    const titles = text.split("\n").filter((line) => line.startsWith("## "));
    expect(titles).toEqual([
      "## What changed",
      "## Against the baseline",
      "## Objectives",
      "## Estimates",
      "## Data quality",
      "## Provenance",
      "## Methods",
    ]);
    expect(text).toContain(
      [
        "### latency\\_s\\_p95 below 0.2 in 90 % of runs",
        "",
        "| users | algorithm | verdict | runs that meet it | 95 % bounds | n | failed | still needed |",
        "| ---: | :--- | :--- | ---: | :--- | ---: | ---: | ---: |",
        "| 100 | round\\_robin | ✓ met | 100.0 % | \\[93.0, 100.0\\] | 40 | 0 | - |",
        "| 100 | other | ✓ met | 100.0 % | \\[93.0, 100.0\\] | 40 | 0 | - |",
        "| 200 | round\\_robin | ? inconclusive | 90.0 % | \\[79.0, 96.0\\] | 40 | 0 | about 120 |",
      ].join("\n"),
    );
    expect(text).not.toContain("<");
    expect(text).not.toContain("…");
  });

  test("renderMarkdown keeps its rows and columns whatever names are in them", () => {
    const bars = (page: string): readonly number[] =>
      page.split("\n").map((line) => line.match(/(?<!\\)\|/g)?.length ?? 0);
    const name = fc.string({
      unit: fc.constantFrom("|", "\\", "\n", "`", "<", "a", "_", "#", "*"),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(name, name, (word, sweep) => {
        fc.pre(word !== "other");
        const hostile = renderMarkdown(sampleReport({ ...PLAIN_NAMES, word, sweep, server: `s${word}` }));
        expect(bars(hostile)).toEqual(bars(text));
      }),
      { numRuns: 100 },
    );
  });
});

describe("markdownText", () => {
  test.each([
    ["<b>&", "&lt;b&gt;&amp;"],
    ["a|b`c*d_e[f](g)", "a\\|b\\`c\\*d\\_e\\[f\\](g)"],
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["https://example.org", "https&#8288;://example.org"],
    ["@everyone $x$ #1", "\\@everyone \\$x\\$ \\#1"],
    ["a\nb", String.raw`a\\nb`],
  ])("markdownText of %j is shown as it is", (plain, escaped) => {
    expect(markdownText(plain)).toBe(escaped);
  });
});
