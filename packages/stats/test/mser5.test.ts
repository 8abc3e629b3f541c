import { describe, expect, it } from "vitest";
import { mser5 } from "../src/index.js";

const repeat = (length: number, value: number): number[] => Array.from({ length }, () => value);

describe("mser5", () => {
  it("mser5 cuts a step at its end", () => {
    const found = mser5([...repeat(20, 9), ...repeat(80, 1)]);
    expect(found).toEqual({ cut: 20, mean: 1, n: 100, flags: [] });
  });

  it("mser5 weighs what it drops against what it loses, by hand", () => {
    // Batch means 3, then 1 and 2 in turns, 10 and 9 of them. All: (55 - 31^2 / 20) / 400 = 0.01738; without the first:
    // (46 - 28^2 / 19) / 361 = 0.01312; without two: (45 - 27^2 / 18) / 324 = 0.01389.
    const batches = [3, ...Array.from({ length: 19 }, (_, k) => 1 + (k % 2))];
    const found = mser5(batches.flatMap((mean) => repeat(5, mean)));
    expect(found.cut).toBe(5);
    expect(found.mean).toBeCloseTo(28 / 19, 12);
  });

  it("mser5 keeps all of a constant path, and of one that only alternates", () => {
    expect(mser5(repeat(60, 0.1))).toMatchObject({ cut: 0, flags: [] });
    expect(mser5(Array.from({ length: 100 }, (_, i) => Math.floor(i / 5) % 2))).toMatchObject({ cut: 0, mean: 0.5 });
  });

  it("mser5 says when a path has not settled", () => {
    const trend = Array.from({ length: 200 }, (_, i) => i);
    expect(mser5(trend).flags).toEqual(["run_too_short"]);
    expect(mser5([...repeat(60, 9), ...repeat(40, 1)]).flags).toEqual(["run_too_short"]);
    // The step ends where the first half does.
    expect(mser5([...repeat(50, 9), ...repeat(50, 1)])).toMatchObject({ cut: 50, flags: ["run_too_short"] });
    expect(mser5([...repeat(45, 9), ...repeat(55, 1)])).toMatchObject({ cut: 45, flags: [] });
  });

  it("mser5 does not ask the last quarter", () => {
    // Two equal batches at the end would have no error at all.
    const noisy = Array.from({ length: 18 }, (_, k) => [1, 3, 2, 5, 1, 4][k % 6]);
    const found = mser5([...noisy, 2, 2].flatMap((mean) => repeat(5, mean)));
    expect(found.flags).toEqual([]);
  });

  it("mser5 leaves out an incomplete last batch and undefined values", () => {
    const path = [...repeat(20, 9), ...repeat(80, 1)];
    expect(mser5([...path, 50, 50])).toMatchObject({ cut: 20, mean: 1, n: 102, flags: [] });
    expect(mser5(path.with(3, NaN).with(50, NaN))).toMatchObject({ cut: 20, mean: 1, flags: ["undefined_values"] });
    // A beginning without values is cut.
    const late = mser5([...repeat(10, NaN), ...repeat(90, 1)]);
    expect(late).toMatchObject({ cut: 10, mean: 1, flags: ["undefined_values"] });
    const never = mser5([...repeat(60, NaN), ...repeat(55, 1)]);
    expect(never).toMatchObject({ cut: NaN, mean: NaN, flags: ["undefined_values", "run_too_short"] });
  });

  it("mser5 of too few or infinite values is not a number", () => {
    const nothing = { cut: NaN, mean: NaN };
    expect(mser5([])).toEqual({ ...nothing, n: 0, flags: ["not_estimable_needs_50"] });
    expect(mser5(repeat(49, 1))).toMatchObject({ ...nothing, flags: ["not_estimable_needs_50"] });
    expect(mser5(repeat(50, 1))).toMatchObject({ cut: 0, flags: [] });
    expect(mser5(repeat(60, 1).with(7, Infinity))).toMatchObject({ ...nothing, flags: ["infinite_values"] });
    const both = repeat(60, 1).with(7, Infinity).with(8, -Infinity);
    expect(mser5(both)).toMatchObject({ ...nothing, flags: ["infinite_values"] });
  });
});
