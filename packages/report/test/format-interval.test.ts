import { describe, expect, test } from "vitest";
import { formatInterval } from "../src/index.js";

describe("formatInterval", () => {
  test("formatInterval shows all three numbers in one unit to the error's second digit", () => {
    const interval = { estimate: 0.0235012, ci_low: 0.02341, ci_high: 0.02359, std_error: 0.00015 };
    expect(formatInterval(interval, "s")).toBe("23.50 ms [23.41, 23.59]");
  });

  test("formatInterval takes the unit from the largest of the three", () => {
    const interval = { estimate: 0.9, ci_low: 0.7, ci_high: 1.1, std_error: 0.1 };
    expect(formatInterval(interval, "s")).toBe("0.90 s [0.70, 1.10]");
  });

  test("formatInterval without a standard error rounds by the farther end", () => {
    // Half of max(0.0005, 0.0041) is 0.00205: the second digit is a tenth of a millisecond.
    const interval = { estimate: 0.0412, ci_low: 0.0407, ci_high: 0.0453, std_error: NaN };
    expect(formatInterval(interval, "s")).toBe("41.2 ms [40.7, 45.3]");
  });

  test("formatInterval shows an interval that is open on one side", () => {
    const interval = { estimate: 0.0412, ci_low: 0.0371, ci_high: Infinity, std_error: NaN };
    expect(formatInterval(interval, "s")).toBe("41.2 ms [37.1, inf]");
    expect(formatInterval({ ...interval, ci_low: -Infinity }, "s")).toBe("41.20 ms [-inf, inf]");
  });

  test("formatInterval shows an estimate without an interval, and nothing at all", () => {
    const interval = { estimate: 412.5, ci_low: NaN, ci_high: NaN, std_error: NaN };
    expect(formatInterval(interval, "1/s")).toBe("412.5/s [-, -]");
    expect(formatInterval({ ...interval, estimate: NaN }, "1/s")).toBe("-");
    expect(formatInterval({ estimate: Infinity, ci_low: -Infinity, ci_high: Infinity, std_error: NaN }, "s")).toBe(
      "inf [-inf, inf]",
    );
  });

  test("formatInterval shows four digits where all replications agree", () => {
    const equal = { estimate: 0.0235, ci_low: 0.0235, ci_high: 0.0235, std_error: 0 };
    expect(formatInterval(equal, "s")).toBe("23.50 ms [23.50, 23.50]");
    expect(formatInterval({ estimate: 0, ci_low: 0, ci_high: 0, std_error: 0 }, "1")).toBe("0 [0, 0]");
  });

  test("formatInterval shows a count and a ratio", () => {
    const count = { estimate: 48_486.2, ci_low: 48_060.7, ci_high: 48_911.8, std_error: 217 };
    expect(formatInterval(count, "1")).toBe("48,490 [48,060, 48,910]");
    const ratio = { estimate: 0.0125, ci_low: 0.0102, ci_high: 0.0148, std_error: 0.00117 };
    expect(formatInterval(ratio, "ratio")).toBe("1.25 % [1.02, 1.48]");
  });
});
