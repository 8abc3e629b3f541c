import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceInterval, holmAdjusted } from "../src/index.js";
import { runs } from "./arbitraries.js";
import { acceptance, coverageExperiment } from "./coverage-experiment.js";
import { normal } from "./laws-of-chance.js";
import { seededRandom } from "./seeded-random.js";

/** Extra hours of sleep of ten patients with two drugs (Student 1908, "The probable error of a mean", table p. 20). */
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
const paired = { confidence: 0.95, paired: true } as const;
const independent = { confidence: 0.95, paired: false } as const;

const experiments = 2000;

describe("differenceInterval", () => {
  it("differenceInterval of pairs is the paired t test: Student's sleep data", () => {
    const found = differenceInterval(FIRST, SECOND, { ...paired, confidence: 0.99 });
    expect(found).toMatchObject({ n: 10, n_failed: 0, confidence: 0.99 });
    expect(found.estimate).toBeCloseTo(1.58, 12);
    // t = 4.0621 with 9 degrees of freedom, p = 0.0028329.
    expect(found.estimate / found.std_error).toBeCloseTo(4.062128, 6);
    expect(found.p_value).toBeCloseTo(0.00283289, 8);
    // Cov = (3.2005556 + 4.0090 - 1.5128889) / 2.
    expect(found.correlation).toBeCloseTo(0.7951702, 6);
    expect(found.variance_reduction).toBeCloseTo((3.200556 + 4.009) / 1.512889, 4);
  });

  it("differenceInterval of independent samples is Welch's: the same data, unpaired", () => {
    const found = differenceInterval(FIRST, SECOND, independent);
    // t = 1.860813 with 17.776474 degrees of freedom, p = 0.0793941; 95 % interval as R's t.test prints it.
    expect(found).toMatchObject({ method: "welch_t", n: 10, correlation: NaN, variance_reduction: NaN, flags: [] });
    expect(found.estimate / found.std_error).toBeCloseTo(1.860813, 6);
    expect(found.p_value).toBeCloseTo(0.07939414, 8);
    expect(found.ci_low).toBeCloseTo(-0.2054832, 6);
    expect(found.ci_high).toBeCloseTo(3.3654832, 6);
  });

  it("differenceInterval leaves out pairs that lack a value, and counts them", () => {
    const gaps = differenceInterval([NaN, ...FIRST, 1], [1, ...SECOND, NaN], paired);
    expect(gaps).toEqual({ ...differenceInterval(FIRST, SECOND, paired), n_failed: 2 });
    const welch = differenceInterval([NaN, ...FIRST], [...SECOND, NaN, NaN], independent);
    expect(welch).toEqual({ ...differenceInterval(FIRST, SECOND, independent), n_failed: 3 });
  });

  it("differenceInterval of equal pairs is no difference, of equal differences a sign test", () => {
    const same = differenceInterval(FIRST, FIRST, paired);
    expect(same).toMatchObject({ estimate: 0, ci_low: 0, ci_high: 0, p_value: 1, flags: ["no_difference"] });
    const shifted = differenceInterval([1, 2, 3, 4], [3, 4, 5, 6], paired);
    expect(shifted).toMatchObject({ estimate: 2, p_value: 1 / 8, flags: ["zero_variance"] });
  });

  it.each([
    [[], [], paired, ["no_values"]],
    [[1], [2], paired, ["not_estimable_needs_2"]],
    [[1], [2, 3], independent, ["not_estimable_needs_2"]],
    [[1, 1], [2, 2], independent, ["zero_variance"]],
    [[1, 2], [Infinity, 3], paired, ["infinite_values"]],
    [[1, 2], [Infinity, 3], independent, ["infinite_values"]],
  ] as const)("differenceInterval of %j and %j has no p-value", (base, next, options, flags) => {
    const found = differenceInterval(base, next, options);
    expect(found.p_value).toBeNaN();
    expect(found.flags).toEqual(flags);
  });

  it("differenceInterval refuses pairs that are none", () => {
    expect(() => differenceInterval([1, 2], [1], paired)).toThrow(RangeError);
    expect(() => differenceInterval([1, 2], [1, 2], { ...paired, confidence: 1 })).toThrow(RangeError);
  });

  it("differenceInterval turns round with its samples, moves with a shift and grows with a scale", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 40 });
    const law = fc.property(values, fc.integer({ min: 1, max: 9 }), fc.boolean(), (numbers, factor, isPaired) => {
      const base = numbers.map((number) => number * number);
      const options = { confidence: 0.9, paired: isPaired };
      const one = differenceInterval(base, numbers, options);
      const other = differenceInterval(numbers, base, options);
      const scale = 1e-9 * (1 + Math.abs(one.ci_low) + Math.abs(one.ci_high));
      const near = (actual: number, expected: number): void =>
        expect(Math.abs(actual - expected)).toBeLessThanOrEqual(factor * scale);
      fc.pre(one.std_error > 0);
      near(other.estimate, -one.estimate);
      near(other.ci_low, -one.ci_high);
      expect(other.p_value).toBeCloseTo(one.p_value, 9);
      const larger = differenceInterval(
        base.map((x) => factor * x),
        numbers.map((x) => factor * x),
        options,
      );
      near(larger.ci_high, factor * one.ci_high);
      expect(larger.p_value).toBeCloseTo(one.p_value, 9);
    });
    fc.assert(law, runs);
  });

  it("differenceInterval covers, paired and independent; the wrong one of the two does not fit", () => {
    const coverageOf = (draw: (random: () => number) => readonly [number, number], isPaired: boolean): number =>
      coverageExperiment({
        experiments,
        experiment: (random) => {
          const pairs = Array.from({ length: 20 }, () => draw(random));
          const columns = [0, 1].map((side) => pairs.map((pair) => pair[side]!));
          const { ci_low, ci_high } = differenceInterval(columns[0]!, columns[1]!, {
            confidence: 0.95,
            paired: isPaired,
          });
          return [{ low: ci_low, high: ci_high, truth: 0.5 }];
        },
      }).hits;
    const correlated = (random: () => number): readonly [number, number] => {
      const common = normal(random);
      return [3 * common + normal(random), 3 * common + normal(random) + 0.5];
    };
    const apart = (random: () => number): readonly [number, number] => [normal(random), 3 * normal(random) + 0.5];
    const { low, high } = acceptance({ covered: 0.95, experiments });
    for (const hits of [coverageOf(correlated, true), coverageOf(apart, false)]) {
      expect(hits).toBeGreaterThanOrEqual(low);
      expect(hits).toBeLessThanOrEqual(high);
    }
    // Ten times the variance: an interval that is right every time has learned nothing from the pairs.
    expect(coverageOf(correlated, false)).toBeGreaterThan(high);
  });

  it("differenceInterval shows what common random numbers gain, and that pairs at random gain nothing", () => {
    const random = seededRandom(20_261_121);
    const arrivals = Array.from({ length: 400 }, () => -Math.log(random()));
    const base = arrivals.map((gap) => gap + 0.3 * random());
    const next = arrivals.map((gap) => 1.1 * gap + 0.3 * random());
    const together = differenceInterval(base, next, paired);
    expect(together.variance_reduction).toBeGreaterThan(5);
    expect(together.flags).toEqual([]);
    const shifted = differenceInterval(base, [...next.slice(7), ...next.slice(0, 7)], paired);
    expect(shifted.variance_reduction).toBeGreaterThan(0.7);
    expect(shifted.variance_reduction).toBeLessThan(1.2);
    expect(shifted.flags).toEqual(["low_correlation"]);
  });
});

describe("holmAdjusted", () => {
  it("holmAdjusted by hand", () => {
    // 4 x .01, then 3 x .02 = .06, then 2 x .03 = .06, then .04 raised to .06.
    expect([...holmAdjusted([0.01, 0.04, 0.03, 0.02])].map((p) => Number(p.toFixed(12)))).toEqual([
      0.04, 0.06, 0.06, 0.06,
    ]);
    expect([...holmAdjusted([0.3])]).toEqual([0.3]);
    expect([...holmAdjusted([NaN, 0.02, 0.9])]).toEqual([NaN, 0.04, 0.9]);
  });

  it("holmAdjusted lies between the p-value and Bonferroni's, in the same order, wherever a value stands", () => {
    const law = fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (pValues) => {
      const adjusted = holmAdjusted(pValues);
      for (const [index, p] of pValues.entries()) {
        expect(adjusted[index]).toBeGreaterThanOrEqual(p);
        expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, p * pValues.length) * (1 + 1e-12));
      }
      const ordered = [...adjusted].toSorted((a, b) => a - b);
      expect([...holmAdjusted(pValues.toSorted((a, b) => a - b))]).toEqual(ordered);
    });
    fc.assert(law, runs);
  });

  it("holmAdjusted keeps false claims among twenty comparisons at their level; without it every other family has one", () => {
    const random = seededRandom(20_261_121);
    const families = 1000;
    const claims = { adjusted: 0, plain: 0 };
    for (let family = 0; family < families; family++) {
      const pValues = Array.from({ length: 20 }, () => {
        const draw = (): number[] => Array.from({ length: 10 }, () => normal(random));
        return differenceInterval(draw(), draw(), paired).p_value;
      });
      if (holmAdjusted(pValues).some((p) => p < 0.05)) claims.adjusted++;
      if (pValues.some((p) => p < 0.05)) claims.plain++;
    }
    const { high } = acceptance({ covered: 0.05, experiments: families });
    expect(claims.adjusted).toBeLessThanOrEqual(high);
    expect(claims.plain).toBeGreaterThan(0.55 * families);
  });
});
