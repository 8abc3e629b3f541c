import { bucketHigh, bucketLow } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { renderHistogram } from "../src/index.js";
import { linearBins } from "../src/histogram/linear-bins.js";
import { bucketsOf } from "./fixtures/sample-run.js";
import { taggingPaint, withoutTags } from "./fixtures/tagging-paint.js";

/** The bucket that holds a value, by search. */
function indexOf(value: number): number {
  let index = 0;
  while (bucketHigh(index) <= value) index += 1;
  return index;
}

describe("renderHistogram", () => {
  test("renderHistogram of nothing says so", () => {
    expect(renderHistogram(bucketsOf({}), { unit: "s" })).toBe("no values");
    expect(renderHistogram(bucketsOf({ 3: 0 }), { unit: "s" })).toBe("no values");
  });

  test("renderHistogram cuts a unit that leaves no room beside long numbers", () => {
    const lines = renderHistogram(bucketsOf({ 1: 1 }), { unit: "\0\0\0", width: 40 }).split("\n");
    expect(lines[0]).toBe("9.313e-10 .. 9.386e-10 \\u{0}\\…  100.00 %");
    expect(lines[0]!.length).toBeLessThanOrEqual(40);
  });

  test("renderHistogram of one bucket is one full bar with that bucket's bounds", () => {
    const index = indexOf(0.01);
    expect(bucketLow(index) * 1000).toBeCloseTo(9.9487, 4);
    expect(bucketHigh(index) * 1000).toBeCloseTo(10.0098, 4);
    expect(renderHistogram(bucketsOf({ [index]: 42 }), { unit: "s", width: 50 }).split("\n")).toEqual([
      ` 9.949 .. 10.010 ms  100.00 %  ${"█".repeat(19)}`,
      "42 values · none beyond",
    ]);
  });

  test("renderHistogram of waits that are all zero starts at zero", () => {
    const [bar] = renderHistogram(bucketsOf({ 0: 5 }), { unit: "s", width: 50 }).split("\n");
    expect(bar).toBe(`0.00 .. 0.93 ns  100.00 %  ${"█".repeat(23)}`);
  });

  test("renderHistogram draws bars in proportion, to an eighth, and points at marks", () => {
    const buckets = bucketsOf({ [indexOf(1.6)]: 100, [indexOf(3.6)]: 25 });
    const text = renderHistogram(buckets, {
      unit: "s",
      rows: 5,
      width: 44,
      marks: [
        { label: "p50", value: 1.6 },
        { label: "p95", value: 3.62 },
        { label: "p99", value: 3.63 },
      ],
    });
    // 44 columns less "1.5 .. 2.0 s  80.00 %  " (23) and " ◄ p95 p99" (10) leave 11 for the longest bar.
    expect(text.split("\n")).toEqual([
      "1.5 .. 2.0 s  80.00 %  ███████████ ◄ p50",
      "2.0 .. 2.5 s   0.00 %",
      "2.5 .. 3.0 s   0.00 %",
      "3.0 .. 3.5 s   0.00 %",
      "3.5 .. 4.0 s  20.00 %  ██▊ ◄ p95 p99",
      "125 values · none beyond",
      "p50 1.600 s · p95 3.620 s · p99 3.630 s",
    ]);
  });

  test("renderHistogram counts the values beyond the central 99.8 %", () => {
    const buckets = bucketsOf({ [indexOf(0.001)]: 3, [indexOf(2)]: 5000, [indexOf(3)]: 5000, [indexOf(900)]: 4 });
    const lines = renderHistogram(buckets, { unit: "s", rows: 6 }).split("\n");
    expect(lines[0]).toContain("2.0 .. 2.2 s");
    expect(lines.at(-2)).toContain("3.0 .. 3.2 s");
    expect(lines.at(-1)).toBe("10,007 values · 3 below 2.0 s · 4 above 3.2 s");
  });

  test("renderHistogram paints without a change to the text, and no empty text", () => {
    const buckets = bucketsOf({ [indexOf(1.6)]: 100, [indexOf(3.6)]: 25 });
    const options = { unit: "s", marks: [{ label: "p50", value: 1.6 }] };
    const painted = renderHistogram(buckets, { ...options, paint: taggingPaint });
    expect(painted).toContain("<yellow> ◄ p50</yellow>");
    expect(painted).not.toContain("<cyan></cyan>");
    expect(withoutTags(painted)).toBe(renderHistogram(buckets, options));
  });
});

describe("linearBins", () => {
  test("linearBins divides a bucket that two bins share by length", () => {
    // Bucket from 1 to 1 + 1/128 and one from 2 to 2 + 2/128; bins of 0.01 s cut the first at 1.01.
    const buckets = bucketsOf({ [indexOf(1)]: 128, [indexOf(1.008)]: 128 });
    const bins = linearBins(buckets, { unit: "s", rows: 2 });
    expect(bins.bounds.map((bound) => bound.toFixed(2))).toEqual(["1.00", "1.01", "1.02"]);
    // The second bucket is [1 + 1/128, 1 + 2/128): 1.01 divides it as 0.28 to 0.72.
    expect(bins.counts[0]).toBeCloseTo(128 + 128 * 0.28, 6);
    expect(bins.counts[1]).toBeCloseTo(128 * 0.72, 6);
  });
});
