import { describe, expect, test } from "vitest";
import { chunkSize } from "../src/chunks/chunk-size.js";
import { smallPlan } from "./small-plan.js";

describe("chunkSize", () => {
  test("chunkSize is a power of two that falls with the length of the run", () => {
    const sizes = [0.1, 10, 1000, 100_000].map((horizon_s) =>
      chunkSize({ ...smallPlan(), horizon_s, series_cell_s: 0 }, { series: 0 }),
    );
    for (const size of sizes) expect(Math.log2(size) % 1).toBe(0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[0]).toBe(1024);
    expect(sizes.at(-1)).toBe(1);
  });

  test("chunkSize keeps the series of a chunk below a million values", () => {
    const plan = { ...smallPlan(), horizon_s: 1, series_cell_s: 0.001 };
    expect(chunkSize(plan, { series: 20 }) * 20 * 1000).toBeLessThanOrEqual(1_000_000);
    expect(chunkSize(plan, { series: 2000 })).toBe(1);
  });
});
