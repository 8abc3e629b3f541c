import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectiveVerdict } from "../src/index.js";
import type { ObjectiveOptions } from "../src/index.js";
import { runs, sample } from "./arbitraries.js";
import { expectClose } from "./expect-interval.js";

/** Levels that are exact together with their complement. */
const level = fc.integer({ min: 1, max: 63 }).map((k) => k / 64);
const confidence = fc.double({ min: 0.51, max: 0.999, noNaN: true });
const limit = fc.oneof(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));

/** A sample with an objective whose limit is often one of the values. */
const judged = fc
  .tuple(
    fc.oneof(sample, fc.array(fc.constantFrom<number>(0, 1, 2), { minLength: 1, maxLength: 400 })),
    fc.record({
      side: fc.constantFrom("below", "above"),
      estimand: fc.constantFrom("mean", "quantile", "probability"),
      level,
      confidence,
      n_failed: fc.integer({ min: 0, max: 3 }),
    }),
    fc.oneof(limit, fc.nat()),
  )
  .map(([values, options, limitOrIndex]) => ({
    values,
    options: {
      ...options,
      limit: Number.isInteger(limitOrIndex) ? (values[limitOrIndex % values.length] ?? 0) : limitOrIndex,
    } as Options,
  }));

type Options = ObjectiveOptions & { readonly level: number; readonly n_failed: number };

/** More than elsewhere: 57 % of these samples decide nothing. */
const many = { ...runs, numRuns: 600 };

describe("objectiveVerdict", () => {
  it("objectiveVerdict passes not because more replications failed", () => {
    const law = fc.property(judged, fc.integer({ min: 1, max: 40 }), fc.nat(), ({ values, options }, more, index) => {
      const { verdict } = objectiveVerdict(values, options);
      if (verdict === "pass") return;
      expect(objectiveVerdict(values, { ...options, n_failed: options.n_failed + more }).verdict).not.toBe("pass");
      const spoiled = values.with(index % values.length, NaN);
      expect(objectiveVerdict(spoiled, options).verdict).not.toBe("pass");
    });
    fc.assert(law, many);
  });

  it("objectiveVerdict fails not because more replications failed", () => {
    const law = fc.property(judged, fc.integer({ min: 1, max: 40 }), ({ values, options }, more) => {
      fc.pre(objectiveVerdict(values, options).verdict !== "fail");
      expect(objectiveVerdict(values, { ...options, n_failed: options.n_failed + more }).verdict).not.toBe("fail");
    });
    fc.assert(law, many);
  });

  it("objectiveVerdict only improves with a wider limit", () => {
    const order = ["fail", "inconclusive", "pass"];
    const law = fc.property(judged, fc.double({ min: 0, max: 1e3, noNaN: true }), ({ values, options }, by) => {
      const wider = options.side === "below" ? options.limit + by : options.limit - by;
      const before = objectiveVerdict(values, options).verdict;
      const after = objectiveVerdict(values, { ...options, limit: wider }).verdict;
      expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
    });
    fc.assert(law, many);
  });

  it("objectiveVerdict is the same of the mirrored sample on the other side of the mirrored limit", () => {
    const law = fc.property(judged, ({ values, options }) => {
      const found = objectiveVerdict(values, options);
      const mirrored = objectiveVerdict(
        values.map((value) => -value),
        {
          ...options,
          limit: -options.limit,
          side: options.side === "below" ? "above" : "below",
          level: options.estimand === "quantile" ? 1 - options.level : options.level,
        },
      );
      const { verdict, n_needed, n, n_failed, flags, method } = found;
      expect(mirrored).toMatchObject({ verdict, n_needed, n, n_failed, flags, method });
      const inUnit = options.estimand !== "probability";
      const scale = Math.max(...values.map(Math.abs));
      const close = (actual: number, expected: number): void => {
        if (Number.isNaN(expected)) expect(actual).toBeNaN();
        else expectClose({ actual, expected, scale });
      };
      close(mirrored.estimate, inUnit ? -found.estimate : found.estimate);
      close(mirrored.bound_low, inUnit ? -found.bound_high : found.bound_low);
      close(mirrored.bound_high, inUnit ? -found.bound_low : found.bound_high);
    });
    fc.assert(law, many);
  });

  it("objectiveVerdict is the same in another unit", () => {
    const law = fc.property(judged, ({ values, options }) => {
      const found = objectiveVerdict(values, options);
      const doubled = objectiveVerdict(
        values.map((value) => 1024 * value),
        { ...options, limit: 1024 * options.limit },
      );
      const factor = options.estimand === "probability" ? 1 : 1024;
      const { estimate, bound_low, bound_high } = found;
      expect(doubled).toEqual({
        ...found,
        estimate: factor * estimate,
        bound_low: factor * bound_low,
        bound_high: factor * bound_high,
      });
    });
    fc.assert(law, many);
  });

  it("objectiveVerdict that passes below a limit fails above it", () => {
    const law = fc.property(judged, ({ values, options }) => {
      const one = objectiveVerdict(values, options);
      fc.pre(one.verdict === "pass" && options.estimand !== "probability");
      const side = options.side === "below" ? "above" : "below";
      expect(objectiveVerdict(values, { ...options, side }).verdict).toBe("fail");
    });
    fc.assert(law, { ...runs, numRuns: 200 });
  });

  it("objectiveVerdict agrees with its bounds", () => {
    const law = fc.property(judged, ({ values, options }) => {
      const { verdict, bound_low, bound_high } = objectiveVerdict(values, options);
      const { side, limit: bound, estimand } = options;
      const room = 1e-10;
      if (estimand === "probability") {
        if (verdict === "pass") expect(bound_low).toBeGreaterThanOrEqual(options.level - room);
        else expect(bound_low).toBeLessThan(options.level + room);
        if (verdict === "fail") expect(bound_high).toBeLessThan(options.level + room);
        else expect(bound_high).toBeGreaterThanOrEqual(options.level - room);
      } else {
        expect(verdict === "pass").toBe(side === "below" ? bound_high < bound : bound_low > bound);
        expect(verdict === "fail").toBe(side === "below" ? bound_low >= bound : bound_high <= bound);
      }
    });
    fc.assert(law, many);
  });

  it("objectiveVerdict is reached after as many replications as it says, of the same ratio", () => {
    const law = fc.property(judged, ({ values, options }) => {
      fc.pre(options.estimand === "probability");
      const { verdict, n_needed, estimate } = objectiveVerdict(values, { ...options, n_failed: 0 });
      if (verdict !== "inconclusive") expect(n_needed).toBe(0);
      if (verdict !== "inconclusive" || !(n_needed < 20_000)) return;
      expect(n_needed).toBeGreaterThanOrEqual(1);
      const n = values.length + n_needed;
      const passes = estimate >= options.level;
      const good = passes ? Math.floor(estimate * n + 1e-9) : Math.ceil(estimate * n - 1e-9);
      const grown = Array.from({ length: n }, (_, k) => (k < good ? 0 : 2));
      const after = objectiveVerdict(grown, { ...options, n_failed: 0, side: "below", limit: 1 });
      expect(after.verdict).toBe(passes ? "pass" : "fail");
    });
    fc.assert(law, many);
  });
});
