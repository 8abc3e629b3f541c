import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anytimeProbabilityInterval, anytimeVerdict, objectiveVerdict } from "../../src/index.js";
import type { ObjectiveOptions } from "../../src/index.js";
import { clopperPearsonInterval } from "../../src/index.js";
import { runs, sample } from "../arbitraries.js";

type Options = ObjectiveOptions & { readonly level: number; readonly n_failed: number };

/** A sample with an objective whose limit is one of the values. */
const judged = fc
  .tuple(
    fc.oneof(sample, fc.array(fc.constantFrom<number>(0, 1, 2), { minLength: 1, maxLength: 400 })),
    fc.record({
      side: fc.constantFrom("below", "above"),
      estimand: fc.constantFrom("mean", "quantile", "probability"),
      level: fc.integer({ min: 1, max: 63 }).map((k) => k / 64),
      confidence: fc.double({ min: 0.51, max: 0.999, noNaN: true }),
      n_failed: fc.integer({ min: 0, max: 3 }),
    }),
    fc.nat(),
  )
  .map(([values, options, index]) => ({
    values,
    options: { ...options, limit: values[index % values.length] ?? 0 } as Options,
  }));

describe("anytimeVerdict", () => {
  it("anytimeVerdict decides nothing that objectiveVerdict leaves open, on shares", () => {
    const law = fc.property(judged, ({ values, options }) => {
      fc.pre(options.estimand !== "mean");
      const { verdict } = anytimeVerdict(values, options);
      if (verdict !== "inconclusive") expect(objectiveVerdict(values, options).verdict).toBe(verdict);
    });
    fc.assert(law, runs);
  });

  it("anytimeVerdict passes and fails not because more replications failed", () => {
    const law = fc.property(judged, fc.integer({ min: 1, max: 40 }), ({ values, options }, more) => {
      const { verdict } = anytimeVerdict(values, options);
      const after = anytimeVerdict(values, { ...options, n_failed: options.n_failed + more }).verdict;
      if (after !== "inconclusive") expect(after).toBe(verdict);
    });
    fc.assert(law, runs);
  });

  it("anytimeVerdict is the same of the mirrored sample on the other side of the mirrored limit", () => {
    const law = fc.property(judged, ({ values, options }) => {
      const found = anytimeVerdict(values, options);
      const mirrored = anytimeVerdict(
        values.map((value) => -value),
        {
          ...options,
          limit: -options.limit,
          side: options.side === "below" ? "above" : "below",
          level: options.estimand === "quantile" ? 1 - options.level : options.level,
        },
      );
      const { verdict, n, n_failed, flags, method } = found;
      expect(mirrored).toMatchObject({ verdict, n, n_failed, flags, method });
    });
    fc.assert(law, runs);
  });

  it("anytimeVerdict agrees with its bounds", () => {
    const law = fc.property(judged, ({ values, options }) => {
      const { verdict, bound_low, bound_high } = anytimeVerdict(values, options);
      const { side, limit, estimand, level } = options;
      if (estimand === "probability") {
        expect(verdict === "pass").toBe(bound_low > level);
        expect(verdict === "fail").toBe(bound_high < level);
      } else {
        expect(verdict === "pass").toBe(side === "below" ? bound_high < limit : bound_low > limit);
        expect(verdict === "fail").toBe(side === "below" ? bound_low >= limit : bound_high <= limit);
      }
    });
    fc.assert(law, { ...runs, numRuns: 600 });
  });

  it("anytimeVerdict is reached after as many replications as it says, of the same ratio", () => {
    const law = fc.property(judged, ({ values, options }) => {
      fc.pre(options.estimand === "probability");
      const { verdict, n_needed, estimate } = anytimeVerdict(values, { ...options, n_failed: 0 });
      if (verdict !== "inconclusive") expect(n_needed).toBe(0);
      if (verdict !== "inconclusive" || !(n_needed < 20_000)) return;
      const n = values.length + n_needed;
      const passes = estimate >= options.level;
      const good = passes ? Math.ceil(estimate * n - 1e-9) : Math.floor(estimate * n + 1e-9);
      const grown = Array.from({ length: n }, (_, k) => (k < good ? 0 : 2));
      const after = anytimeVerdict(grown, { ...options, n_failed: 0, side: "below", limit: 1 });
      expect(after.verdict).toBe(passes ? "pass" : "fail");
    });
    fc.assert(law, runs);
  });
});

it("anytimeProbabilityInterval encloses clopperPearsonInterval", () => {
  const law = fc.property(
    fc.integer({ min: 1, max: 5000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.5, max: 0.999, noNaN: true }),
    (trials, share, confidence) => {
      const counts = { successes: Math.round(share * trials), trials, confidence };
      const anytime = anytimeProbabilityInterval(counts);
      const fixed = clopperPearsonInterval(counts);
      expect(anytime.ci_low).toBeLessThanOrEqual(fixed.ci_low + 1e-12);
      expect(anytime.ci_high).toBeGreaterThanOrEqual(fixed.ci_high - 1e-12);
    },
  );
  fc.assert(law, runs);
});
