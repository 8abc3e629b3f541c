import { describe, expect, it } from "vitest";
import { clopperPearsonInterval, wilsonInterval } from "../src/index.js";

const confidence = 0.95;

describe("wilsonInterval", () => {
  it.each([
    [0, 100, 0, 0.036993],
    [5, 100, 0.021544, 0.11175],
    [100, 100, 0.963007, 1],
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [1, 29, 0.0061, 0.1718],
  ])("wilsonInterval of %d in %d is (%d, %d)", (successes, trials, low, high) => {
    const found = wilsonInterval({ successes, trials, confidence });
    expect(found.ci_low).toBeCloseTo(low, `${low}`.length > 6 ? 6 : 4);
    expect(found.ci_high).toBeCloseTo(high, `${high}`.length > 6 ? 6 : 4);
  });

  it("wilsonInterval fills an estimate", () => {
    const found = wilsonInterval({ successes: 5, trials: 100, confidence, n_failed: 2 });
    expect(found).toMatchObject({ estimand: "probability", estimate: 0.05, method: "wilson", confidence });
    expect(found).toMatchObject({ n: 100, n_failed: 2, flags: [] });
    expect(found.std_error).toBeCloseTo(Math.sqrt((0.05 * 0.95) / 100), 14);
  });

  it("wilsonInterval reaches exactly 0 and 1", () => {
    expect(wilsonInterval({ successes: 0, trials: 7, confidence }).ci_low).toBe(0);
    expect(wilsonInterval({ successes: 7, trials: 7, confidence }).ci_high).toBe(1);
  });

  it("wilsonInterval without trials is not a number", () => {
    const found = wilsonInterval({ successes: 0, trials: 0, confidence, n_failed: 9 });
    expect(found).toMatchObject({ estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN, n: 0, n_failed: 9 });
    expect(found.flags).toEqual(["no_values"]);
  });

  it("wilsonInterval refuses impossible counts", () => {
    expect(() => wilsonInterval({ successes: 5, trials: 4, confidence })).toThrow(
      new RangeError("Cannot estimate probability: successes must be <= trials (4): current value is 5"),
    );
    expect(() => wilsonInterval({ successes: -1, trials: 4, confidence })).toThrow("successes must be an integer >= 0");
    expect(() => wilsonInterval({ successes: 1, trials: 4.5, confidence })).toThrow("trials must be an integer >= 0");
    expect(() => wilsonInterval({ successes: 1, trials: 4, confidence: 2 })).toThrow("confidence must be > 0 and < 1");
  });
});

describe("clopperPearsonInterval", () => {
  it.each([
    [0, 100, 0, 0.036217],
    [5, 100, 0.016432, 0.112835],
    [100, 100, 0.963783, 1],
    // Newcombe 1998, table I, method 5.
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [1, 29, 0.0009, 0.1776],
  ])("clopperPearsonInterval of %d in %d is (%d, %d)", (successes, trials, low, high) => {
    const found = clopperPearsonInterval({ successes, trials, confidence });
    expect(found.ci_low).toBeCloseTo(low, `${low}`.length > 6 ? 6 : 4);
    expect(found.ci_high).toBeCloseTo(high, `${high}`.length > 6 ? 6 : 4);
    expect(found).toMatchObject({ method: "clopper_pearson", estimand: "probability", n: trials, flags: [] });
  });

  it("clopperPearsonInterval of a clean sample is the closed form", () => {
    // (1 - p)^n = 0.025.
    const found = clopperPearsonInterval({ successes: 0, trials: 59, confidence });
    expect(found.ci_high).toBeCloseTo(1 - Math.exp(Math.log(0.025) / 59), 13);
  });

  it("clopperPearsonInterval proves below 1 % one-sided with 299 clean runs and not with 298", () => {
    const oneSided = 2 * confidence - 1;
    const bound = (trials: number): number =>
      clopperPearsonInterval({ successes: 0, trials, confidence: oneSided }).ci_high;
    expect(bound(299)).toBeLessThan(0.01);
    expect(bound(298)).toBeGreaterThan(0.01);
  });

  it("clopperPearsonInterval without trials is not a number", () => {
    const found = clopperPearsonInterval({ successes: 0, trials: 0, confidence });
    expect(found).toMatchObject({ estimate: NaN, ci_low: NaN, ci_high: NaN, flags: ["no_values"] });
  });
});
