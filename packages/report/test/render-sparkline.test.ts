import { describe, expect, test } from "vitest";
import { renderSparkline } from "../src/index.js";

describe("renderSparkline", () => {
  test("renderSparkline maps the range on eight levels", () => {
    expect(renderSparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
    expect(renderSparkline([-5, 5, 0])).toBe("▁█▅");
  });

  test("renderSparkline leaves a blank for NaN and knows infinity", () => {
    expect(renderSparkline([1, NaN, 2, Infinity, -Infinity])).toBe("▁ ██▁");
    expect(renderSparkline([NaN, NaN])).toBe("  ");
  });

  test("renderSparkline of equal values is low and flat", () => {
    expect(renderSparkline([3, 3, 3])).toBe("▁▁▁");
  });

  test("renderSparkline averages groups of neighbours, NaN left out", () => {
    // Groups (0, 0), (NaN, 7), (6, 8): means 0, 7, 7.
    expect(renderSparkline([0, 0, NaN, 7, 6, 8], { width: 3 })).toBe("▁██");
    // Five values in two groups: (0, 1) and (7, 7, 7).
    expect(renderSparkline([0, 1, 7, 7, 7], { width: 2 })).toBe("▁█");
  });

  test("renderSparkline has a bar for every value of the widest range there is, and of the narrowest", () => {
    expect(renderSparkline([-Number.MAX_VALUE, 0, Number.MAX_VALUE])).toBe("▁▅█");
    expect(renderSparkline([0, Number.MIN_VALUE])).toBe("▁█");
  });

  test("renderSparkline of nothing is nothing", () => {
    expect(renderSparkline([], { width: 10 })).toBe("");
    expect(renderSparkline(new Float64Array(3).fill(1), { width: 0 })).toBe("▁");
  });
});
