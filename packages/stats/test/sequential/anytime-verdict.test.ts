import { describe, expect, it } from "vitest";
import { anytimeVerdict } from "../../src/index.js";
import type { ObjectiveOptions } from "../../src/index.js";

const probability = { side: "below", limit: 1, estimand: "probability", level: 0.95, confidence: 0.95 } as const;
const quantile = { ...probability, estimand: "quantile" } as const;
const mean = { side: "below", limit: 10, estimand: "mean", confidence: 0.95 } as const;

const runs = ({ bad, n }: { bad: number; n: number }): number[] =>
  Array.from({ length: n }, (_, k) => (k < bad ? 2 : 0));
const around = (centre: number, n: number): number[] =>
  Array.from({ length: n }, (_, k) => centre + (k % 2 === 0 ? 1 : -1));

describe("anytimeVerdict of a probability", () => {
  it("anytimeVerdict passes 74 clean runs at 95 %, not 73", () => {
    // The prior above 0.95 is an arcsine law: with p = cos^2 u, u up to acos(sqrt(0.95)) = 0.225513,
    // its mean of (p / 0.95)^74 is 20.18 and of (p / 0.95)^73 is 19.30 (Simpson, 1e6 steps).
    expect(anytimeVerdict(runs({ bad: 0, n: 74 }), probability)).toMatchObject({
      verdict: "pass",
      n_needed: 0,
      flags: [],
    });
    expect(anytimeVerdict(runs({ bad: 0, n: 73 }), probability)).toMatchObject({
      verdict: "inconclusive",
      n_needed: 1,
      flags: ["pass_needs_74"],
    });
  });

  it("anytimeVerdict fails when enough runs are bad", () => {
    expect(anytimeVerdict(runs({ bad: 20, n: 100 }), probability).verdict).toBe("fail");
    expect(anytimeVerdict(runs({ bad: 7, n: 100 }), probability).verdict).toBe("inconclusive");
  });

  it("anytimeVerdict counts failed replications as bad for a pass and as good for a fail", () => {
    const clean = runs({ bad: 0, n: 100 });
    expect(anytimeVerdict(clean, probability).verdict).toBe("pass");
    expect(anytimeVerdict(clean, { ...probability, n_failed: 20 })).toMatchObject({
      verdict: "inconclusive",
      flags: ["failed_replications"],
    });
    const broken = runs({ bad: 20, n: 100 });
    expect(anytimeVerdict([...broken, ...new Float64Array(900).fill(NaN)], probability).verdict).toBe("inconclusive");
  });

  it("anytimeVerdict proves nothing from no value", () => {
    const { verdict, bound_low, n_needed, flags } = anytimeVerdict([], probability);
    expect([verdict, bound_low, n_needed]).toEqual(["inconclusive", NaN, NaN]);
    expect(flags).toEqual(["no_values", "pass_needs_74"]);
  });

  it("anytimeVerdict plans no number where the estimate is on the limit", () => {
    expect(anytimeVerdict(runs({ bad: 5, n: 100 }), probability).n_needed).toBeNaN();
  });
});

describe("anytimeVerdict of a quantile", () => {
  it("anytimeVerdict bounds a quantile by order statistics", () => {
    const sample = Array.from({ length: 200 }, (_, k) => k + 1);
    const { bound_low, bound_high, estimate } = anytimeVerdict(sample, quantile);
    expect(estimate).toBeCloseTo(190.05, 10);
    expect(Number.isInteger(bound_low) && Number.isInteger(bound_high)).toBe(true);
    // Nothing is between an order statistic and the verdict that it stands for.
    expect(anytimeVerdict(sample, { ...quantile, limit: bound_high + 0.5 }).verdict).toBe("pass");
    expect(anytimeVerdict(sample, { ...quantile, limit: bound_high }).verdict).toBe("inconclusive");
    expect(anytimeVerdict(sample, { ...quantile, limit: bound_low }).verdict).toBe("fail");
    expect(anytimeVerdict(sample, { ...quantile, limit: bound_low + 0.5 }).verdict).toBe("inconclusive");
  });

  it("anytimeVerdict of 73 values has no upper bound for the quantile 0.95", () => {
    const sample = Array.from({ length: 73 }, (_, k) => k);
    expect(anytimeVerdict(sample, quantile).bound_high).toBe(Infinity);
    expect(anytimeVerdict([...sample, 73], quantile).bound_high).toBe(73);
  });
});

describe("anytimeVerdict of a mean", () => {
  it("anytimeVerdict follows its bounds", () => {
    expect(anytimeVerdict(around(9, 100), mean)).toMatchObject({ verdict: "pass", estimate: 9, n_needed: 0 });
    expect(anytimeVerdict(around(11, 100), mean).verdict).toBe("fail");
    expect(anytimeVerdict(around(9.9, 100), mean).verdict).toBe("inconclusive");
    expect(anytimeVerdict(around(11, 100), { ...mean, side: "above" }).verdict).toBe("pass");
  });

  it("anytimeVerdict is the published one-sided bound", () => {
    // error 0.1 in r^2: (4.605170 + ln 4.605170 + 1) / 30 = 0.2377450, n r^2 + 1 = 24.77450:
    // sqrt(2 * 24.77450 / (100 * 23.77450) * ln(1 + sqrt(24.77450) / 0.1)) = 0.2860970928 standard deviations
    const { bound_high, bound_low } = anytimeVerdict(around(0, 100), mean);
    expect(bound_high).toBeCloseTo(0.2860970928 * Math.sqrt(100 / 99), 9);
    expect(bound_low).toBeCloseTo(-bound_high, 12);
  });

  it("anytimeVerdict decides after as many values as it says, of these moments", () => {
    const sample = around(9.9, 100);
    const { n_needed } = anytimeVerdict(sample, mean);
    expect(anytimeVerdict(around(9.9, 100 + n_needed + 40), mean).verdict).toBe("pass");
    expect(anytimeVerdict(around(9.9, 100 + n_needed - 40), mean).verdict).toBe("inconclusive");
  });

  it.each([
    { name: "equal values", sample: around(0, 1000).fill(0), n_failed: 0, flags: ["zero_variance"] },
    { name: "few values", sample: around(0, 29), n_failed: 0, flags: ["not_estimable_needs_30"] },
    { name: "a failed replication", sample: around(0, 1000), n_failed: 1, flags: ["failed_replications"] },
    {
      name: "a NaN",
      sample: [...around(0, 100), NaN],
      n_failed: 0,
      flags: ["undefined_values", "failed_replications"],
    },
    { name: "an infinite value", sample: [...around(0, 100), -Infinity], n_failed: 0, flags: ["infinite_values"] },
  ])("anytimeVerdict proves nothing about a mean from $name", ({ sample, n_failed, flags }) => {
    const found = anytimeVerdict(sample, { ...mean, n_failed });
    expect(found).toMatchObject({ verdict: "inconclusive", bound_low: -Infinity, bound_high: Infinity, flags });
  });
});

it.each([
  [{ ...probability, confidence: 1 }, "confidence must be > 0 and < 1"],
  [{ ...probability, level: 0 }, "level must be > 0 and < 1"],
  [{ ...mean, limit: NaN }, "limit must be finite"],
  [{ ...mean, n_failed: 0.5 }, "n_failed must be an integer >= 0"],
] satisfies [ObjectiveOptions, string][])("anytimeVerdict refuses %j", (options, message) => {
  expect(() => anytimeVerdict([1], options)).toThrow(message);
});
