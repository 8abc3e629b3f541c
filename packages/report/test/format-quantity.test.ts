import { describe, expect, test } from "vitest";
import { formatQuantity } from "../src/index.js";

describe("formatQuantity", () => {
  test.each([
    [0, "s", "0 s"],
    [2, "s", "2.000 s"],
    [0.0234962, "s", "23.50 ms"],
    [0.000_001_5, "s", "1.500 µs"],
    [0.000_000_001_2, "s", "1.200 ns"],
    [0.99999, "s", "1.000 s"],
    [0.00099999, "s", "1.000 ms"],
    [-0.25, "s", "-250.0 ms"],
    [12_345.6, "s", "12,346 s"],
    [0.0125, "ratio", "1.250 %"],
    [1, "ratio", "100.0 %"],
    [0, "ratio", "0 %"],
    [538.71, "1/s", "538.7/s"],
    [48_486, "1", "48,486"],
    [1_234_567, "1", "1,234,567"],
    [999, "1", "999"],
    [1.0514, "1", "1.051"],
    [256, "MB", "256 MB"],
    [464.64, "MB", "464.6 MB"],
    [0.5, "usd", "0.5000 usd"],
    [3.25, "", "3.250"],
  ])("formatQuantity(%d, %j) is %j", (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  test.each([
    [NaN, "-"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("formatQuantity(%d) stands without a unit", (value, text) => {
    expect(formatQuantity(value, "s")).toBe(text);
  });

  test.each([
    [0.0234962, "s", 0.00012, "23.50 ms"],
    [0.0234962, "s", 0.0000461, "23.496 ms"],
    [0.0234962, "s", 0.00996, "23 ms"],
    [48_486, "1", 217, "48,490"],
    [48_486, "1", 2170, "48,500"],
    [0.012345, "ratio", 0.00051, "1.234 %"],
    [0, "1", 0.25, "0.00"],
    [-0.001, "1", 5, "0.0"],
  ])("formatQuantity(%d, %j) with standard error %d is %j", (value, unit, std_error, text) => {
    expect(formatQuantity(value, unit, { std_error })).toBe(text);
  });

  test.each([0, NaN, Infinity])("formatQuantity is not rounded by a standard error of %d", (std_error) => {
    expect(formatQuantity(0.0234962, "s", { std_error })).toBe("23.50 ms");
  });

  test("formatQuantity chooses the unit by the error where that is larger", () => {
    expect(formatQuantity(0.000_000_3, "s", { std_error: 0.012 })).toBe("0 ms");
  });

  test("formatQuantity writes an exponent where digits would be without end", () => {
    expect(formatQuantity(1e20, "1")).toBe("1.000e+20");
    expect(formatQuantity(1.2346e-12, "1")).toBe("1.235e-12");
    expect(formatQuantity(6e16, "1", { std_error: 1e18 })).toBe("1e+17");
    expect(formatQuantity(4e16, "1", { std_error: 1e18 })).toBe("0");
    expect(formatQuantity(1, "1", { std_error: 1e-300 })).toBe("1.00000000000000e+0");
  });

  test("formatQuantity makes control characters of a unit visible", () => {
    expect(formatQuantity(1, "\u001b[31mapples")).toBe("1.000 \\u{1b}[31mapples");
  });
});
