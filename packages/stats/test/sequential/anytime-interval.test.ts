import { describe, expect, it } from "vitest";
import { anytimeInterval, anytimeProbabilityInterval, meanInterval, moments } from "../../src/index.js";

const confidence = 0.95;
const around10 = (n: number): number[] => Array.from({ length: n }, (_, k) => (k % 2 === 0 ? 9 : 11));

describe("anytimeInterval", () => {
  it("anytimeInterval is the published formula", () => {
    const n = 100;
    const { ci_low, ci_high, ...found } = anytimeInterval(around10(n), { confidence });
    // r^2 = (5.991465 + ln 5.991465 + 1) / 30 = 0.2927267, n r^2 + 1 = 30.27267:
    // sqrt(2 * 30.27267 / (100 * 29.27267) * ln(sqrt(30.27267) / 0.05)) = 0.3118154403 standard deviations
    expect(ci_high - 10).toBeCloseTo(0.3118154403 * Math.sqrt(n / (n - 1)), 9);
    expect(10 - ci_low).toBeCloseTo(ci_high - 10, 12);
    expect(found).toMatchObject({
      estimand: "mean",
      estimate: 10,
      method: "asymptotic_confidence_sequence",
      n,
      n_failed: 0,
      flags: [],
    });
  });

  it("anytimeInterval encloses meanInterval at every size", () => {
    for (const n of [30, 100, 1000, 10_000]) {
      const anytime = anytimeInterval(around10(n), { confidence });
      const fixed = meanInterval(around10(n), { confidence });
      expect(anytime.ci_low).toBeLessThan(fixed.ci_low);
      expect(anytime.ci_high).toBeGreaterThan(fixed.ci_high);
    }
  });

  it("anytimeInterval takes moments for the sample, and is symmetric without their skewness", () => {
    const skewed = Array.from({ length: 50 }, (_, k) => k * k * k * k);
    const found = moments(skewed);
    expect(anytimeInterval(found, { confidence })).toEqual(anytimeInterval(skewed, { confidence }));
    expect(anytimeInterval(found, { confidence }).method).toBe("asymptotic_confidence_sequence_hall");
    const { n, mean, std } = found;
    const { ci_low, ci_high, method } = anytimeInterval({ n, mean, std }, { confidence });
    expect(method).toBe("asymptotic_confidence_sequence");
    expect(ci_high - mean).toBeCloseTo(mean - ci_low, 6);
  });

  it("anytimeInterval is tightest, in standard errors, near its first look", () => {
    const reach = (n: number, first_look: number): number =>
      Math.sqrt(n) * anytimeInterval({ n, mean: 0, std: 1 }, { confidence, first_look }).ci_high;
    expect(reach(500, 500)).toBeLessThan(reach(500, 30));
    expect(reach(500, 500)).toBeLessThan(reach(5000, 500));
  });

  it.each([
    { name: "no value", sample: [], ends: [NaN, NaN], flags: ["no_values"] },
    { name: "few values", sample: around10(29), ends: [-Infinity, Infinity], flags: ["not_estimable_needs_30"] },
    { name: "equal values", sample: around10(40).fill(3), ends: [-Infinity, Infinity], flags: ["zero_variance"] },
    { name: "infinite", sample: [...around10(40), Infinity], ends: [-Infinity, Infinity], flags: ["infinite_values"] },
  ])("anytimeInterval without bounds: $name", ({ sample, ends, flags }) => {
    const { ci_low, ci_high, flags: found } = anytimeInterval(sample, { confidence });
    expect([ci_low, ci_high]).toEqual(ends);
    expect(found).toEqual(flags);
  });

  it("anytimeInterval leaves NaN values out and counts them", () => {
    const { n, n_failed, flags, ci_high } = anytimeInterval([...around10(40), NaN], { confidence, n_failed: 2 });
    expect([n, n_failed, flags]).toEqual([40, 3, ["undefined_values"]]);
    expect(ci_high).toBe(anytimeInterval(around10(40), { confidence }).ci_high);
  });

  it("anytimeInterval refuses what is no option", () => {
    expect(() => anytimeInterval([], { confidence: 0 })).toThrow(
      "Cannot estimate mean: confidence must be > 0 and < 1",
    );
    expect(() => anytimeInterval([], { confidence, first_look: 1 })).toThrow("first_look must be an integer >= 2");
    expect(() => anytimeInterval([], { confidence, n_failed: -1 })).toThrow("n_failed must be an integer >= 0");
  });
});

describe("anytimeProbabilityInterval", () => {
  it("anytimeProbabilityInterval ends where the mixture is 20 times as likely", () => {
    // One success: p has evidence 1 / (2 p), so the interval starts at 1 / 40.
    const { ci_low, ci_high, method } = anytimeProbabilityInterval({ successes: 1, trials: 1, confidence });
    expect(ci_low).toBeCloseTo(1 / 40, 14);
    expect(ci_high).toBe(1);
    expect(method).toBe("beta_binomial_confidence_sequence");
    // One of each: B(3/2, 3/2) / B(1/2, 1/2) = 1/8, so p (1 - p) = 1 / 160.
    const both = anytimeProbabilityInterval({ successes: 1, trials: 2, confidence });
    expect(both.ci_low * (1 - both.ci_low)).toBeCloseTo(1 / 160, 14);
    expect(both.ci_high).toBeCloseTo(1 - both.ci_low, 14);
    expect(both.estimate).toBe(0.5);
  });

  it("anytimeProbabilityInterval of a clean sample starts at 0", () => {
    // (1 - p)^2 = (3 / 8) / 20
    const { ci_low, ci_high } = anytimeProbabilityInterval({ successes: 0, trials: 2, confidence });
    expect(ci_low).toBe(0);
    expect(ci_high).toBeCloseTo(1 - Math.sqrt(3 / 160), 14);
  });

  it("anytimeProbabilityInterval without trials is not estimable", () => {
    expect(anytimeProbabilityInterval({ successes: 0, trials: 0, confidence })).toMatchObject({
      estimate: NaN,
      ci_low: NaN,
      ci_high: NaN,
      flags: ["no_values"],
    });
  });
});
