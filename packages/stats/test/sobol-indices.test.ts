import { describe, expect, it } from "vitest";
import { sobolDesign, sobolIndices } from "../src/index.js";
import { seededRandom } from "./seeded-random.js";

const options = { dimensions: 1, randomizations: 2, confidence: 0.95 };

describe("sobolDesign", () => {
  it("sobolDesign gives A, B, A with each coordinate from B, and A with the luck of B", () => {
    const runs = sobolDesign({ samples: 2, dimensions: 2, randomizations: 3, random: seededRandom(1) });
    expect(runs).toHaveLength(3 * 2 * 5);
    for (let row = 0; row < 6; row++) {
      const [a, b, first, second, seed] = runs.slice(5 * row, 5 * row + 5);
      expect([a, b, first, second, seed].map(({ replication }) => replication)).toEqual([
        row,
        6 + row,
        row,
        row,
        6 + row,
      ]);
      expect(Array.from(first.point)).toEqual([b.point[0], a.point[1]]);
      expect(Array.from(second.point)).toEqual([a.point[0], b.point[1]]);
      expect(seed.point).toEqual(a.point);
      expect(a.point).not.toEqual(b.point);
    }
  });

  it("sobolDesign refuses sizes that it cannot draw", () => {
    const valid = { samples: 2, dimensions: 2, randomizations: 2, random: seededRandom(1) };
    expect(() => sobolDesign({ ...valid, dimensions: 33 })).toThrow(
      new RangeError("Cannot draw Sobol design: dimensions must be an integer from 1 to 32: current value is 33"),
    );
    expect(() => sobolDesign({ ...valid, randomizations: 1 })).toThrow("randomizations must be an integer from 2 to");
    expect(() => sobolDesign({ ...valid, samples: 3 })).toThrow("samples must be a power of two");
  });
});

describe("sobolIndices", () => {
  it("sobolIndices of two rows by hand", () => {
    // Rows of A, B, A with the parameter of B, A with the luck of B. Mean 2, variance 1 in both randomisations.
    // Parameter: y_B (y_AB - y_A) = 2 and 0, (y_A - y_AB)^2 / 2 = 2 and 0; the seed the other way round.
    const [parameter, seed] = sobolIndices([1, 3, 3, 1, 3, 1, 3, 1], options);
    for (const index of [parameter.first, parameter.total, seed.first, seed.total]) {
      expect(index).toMatchObject({
        estimate: 1,
        std_error: 1,
        n: 2,
        n_failed: 0,
        method: "randomizations_t",
        flags: [],
      });
      // Student's t with one degree at 0.975.
      expect(index.ci_high - 1).toBeCloseTo(12.706_204_736, 8);
      expect(1 - index.ci_low).toBeCloseTo(12.706_204_736, 8);
    }
    expect([parameter.first.estimand, parameter.total.estimand]).toEqual(["sobol_first", "sobol_total"]);
  });

  it("sobolIndices takes the error of the variance into account", () => {
    // Variances of the randomisations 1 and 9, numerators 1 and 9 of the total: the ratio is 1 in both, without error.
    const [{ total }] = sobolIndices([-1, 1, Math.SQRT2 - 1, -1, -3, 3, 3 * Math.SQRT2 - 3, -3], options);
    expect(total.estimate).toBeCloseTo(1, 12);
    expect(total.std_error).toBeLessThan(1e-12);
  });

  it("sobolIndices of a factor that changes nothing are 0, and say so", () => {
    const [parameter, seed] = sobolIndices([1, 3, 1, 2, 4, 2, 4, 4], options);
    const none = { estimate: 0, ci_low: 0, ci_high: 0, flags: ["no_effect"] };
    expect(parameter).toMatchObject({ first: none, total: none });
    expect(seed.total.flags).toEqual([]);
  });

  it("sobolIndices without variance or with undefined outcomes are not known", () => {
    const none = { estimate: NaN, ci_low: NaN, ci_high: NaN };
    for (const { first, total } of sobolIndices([2, 2, 2, 2, 2, 2, 2, 2], options)) {
      expect([first, total]).toMatchObject([none, none]);
      expect([first.flags, total.flags]).toEqual([["no_variance"], ["no_variance"]]);
    }
    for (const hole of [NaN, Infinity]) {
      for (const { first, total } of sobolIndices([1, 3, 3, hole, 3, 1, 3, 1], options)) {
        expect([first, total]).toMatchObject([none, none]);
        expect([first.flags, total.flags]).toEqual([["undefined_values"], ["undefined_values"]]);
      }
    }
  });

  it("sobolIndices refuses outcomes that fit no design", () => {
    expect(() => sobolIndices([1, 2, 3, 4], options)).toThrow(
      new RangeError("Cannot estimate Sobol indices: number of outcomes must be a multiple of 8: current value is 4"),
    );
    expect(() => sobolIndices([], options)).toThrow("must be a multiple of 8: current value is 0");
    expect(() => sobolIndices([1, 2, 3, 4], { ...options, confidence: 1 })).toThrow("confidence must be > 0 and < 1");
    expect(() => sobolIndices([1, 2, 3, 4], { ...options, randomizations: 1 })).toThrow("randomizations must be");
    expect(() => sobolIndices([1, 2, 3, 4], { ...options, dimensions: 0 })).toThrow("dimensions must be");
  });
});
