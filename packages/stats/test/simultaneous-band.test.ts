import { describe, expect, it } from "vitest";
import { meanInterval, moments, simultaneousBand } from "../src/index.js";

describe("simultaneousBand", () => {
  it("simultaneousBand of one cell is the Student t interval", () => {
    const sample = [1, 2, 3];
    const { ci_low, ci_high } = meanInterval(sample, { confidence: 0.95 });
    const { low, high } = simultaneousBand({ ...moments(sample), confidence: 0.95, cells: 1 });
    expect(low).toBeCloseTo(ci_low, 12);
    expect(high).toBeCloseTo(ci_high, 12);
  });

  it("simultaneousBand of 5 cells at 95 % is an interval at 99 % per cell", () => {
    const sample = [4, 5, 7, 8];
    const { ci_low, ci_high } = meanInterval(sample, { confidence: 0.99 });
    const { low, high } = simultaneousBand({ ...moments(sample), confidence: 0.95, cells: 5 });
    expect(low).toBeCloseTo(ci_low, 10);
    expect(high).toBeCloseTo(ci_high, 10);
  });

  it("simultaneousBand of a constant is the constant", () => {
    expect(simultaneousBand({ n: 9, mean: 2, variance: 0, confidence: 0.9, cells: 100 })).toEqual({
      low: 2,
      high: 2,
      method: "bonferroni_t",
    });
  });

  it("simultaneousBand below two values, or of NaN, has no ends", () => {
    const none = { low: NaN, high: NaN, method: "bonferroni_t" };
    expect(simultaneousBand({ n: 1, mean: 2, variance: NaN, confidence: 0.9, cells: 3 })).toEqual(none);
    expect(simultaneousBand({ n: 4, mean: NaN, variance: NaN, confidence: 0.9, cells: 3 })).toEqual(none);
  });

  it("simultaneousBand refuses impossible options", () => {
    const valid = { n: 4, mean: 1, variance: 1, confidence: 0.9, cells: 3 };
    expect(() => simultaneousBand({ ...valid, cells: 0 })).toThrow(
      new RangeError("Cannot compute band: cells must be >= 1: current value is 0"),
    );
    expect(() => simultaneousBand({ ...valid, variance: -1 })).toThrow("variance must be >= 0: current value is -1");
    expect(() => simultaneousBand({ ...valid, confidence: 1.5 })).toThrow("confidence must be > 0 and < 1");
    expect(() => simultaneousBand({ ...valid, n: 1.5 })).toThrow("n must be an integer >= 0");
  });
});
