import { describe, expect, it } from "vitest";
import { objectiveVerdict, studentTQuantile } from "../src/index.js";
import type { ObjectiveOptions, ObjectiveVerdict } from "../src/index.js";

/** Of outcomes that are 0 when good and 2 when not, against a limit of 1. */
function judge({
  breaches,
  n,
  n_failed = 0,
  level,
}: Record<"breaches" | "n" | "level", number> & { n_failed?: number }): ObjectiveVerdict {
  const sample = Array.from({ length: n }, (_, k) => (k < breaches ? 2 : 0));
  return objectiveVerdict(sample, {
    side: "below",
    limit: 1,
    estimand: "probability",
    level,
    confidence: 0.95,
    n_failed,
  });
}

describe("objectiveVerdict of a probability", () => {
  it.each([
    [0, 299, 0.99, "pass", 0, []],
    [0, 298, 0.99, "inconclusive", 1, ["pass_needs_299"]],
    [0, 59, 0.95, "pass", 0, []],
    [0, 58, 0.95, "inconclusive", 1, ["pass_needs_59"]],
    // The fewest runs with 1 and 2 breaches that prove below 5 % (Wilks 1941): 93 and 124.
    [1, 93, 0.95, "pass", 0, []],
    [1, 92, 0.95, "inconclusive", undefined, []],
    [2, 124, 0.95, "pass", 0, []],
    [2, 123, 0.95, "inconclusive", undefined, []],
    // No good one in two: 0.05^2 < 0.05. In one: 0.05 is not below 0.05.
    [2, 2, 0.95, "fail", 0, ["pass_needs_59"]],
    [1, 1, 0.95, "inconclusive", 1, ["pass_needs_59"]],
  ] as const)(
    "objectiveVerdict of %d breaches in %d at level %d is %s",
    (breaches, n, level, verdict, needed, flags) => {
      const found = judge({ breaches, n, level });
      expect(found).toMatchObject({ verdict, method: "clopper_pearson", confidence: 0.95, n, n_failed: 0, flags });
      if (needed !== undefined) expect(found.n_needed).toBe(needed);
    },
  );

  it("objectiveVerdict has the one-sided bounds of Clopper and Pearson", () => {
    expect(judge({ breaches: 0, n: 100, level: 0.9 }).bound_low).toBeCloseTo(Math.exp(Math.log(0.05) / 100), 12);
    expect(judge({ breaches: 0, n: 100, level: 0.9 }).bound_high).toBe(1);
    // P(B >= 58) = 0.05 of 59, by exact sums.
    const found = judge({ breaches: 1, n: 59, level: 0.95 });
    expect(found.estimate).toBe(58 / 59);
    expect(found.bound_low).toBeCloseTo(0.9221020784753, 9);
    expect(found.bound_high).toBeCloseTo(Math.exp(Math.log(0.95) / 59), 12);
  });

  it("objectiveVerdict counts failed replications as breaches to pass and as good to fail", () => {
    const counts = { breaches: 3, n: 990, level: 0.99 };
    expect(judge(counts).verdict).toBe("pass");
    const found = judge({ ...counts, n_failed: 10 });
    expect(found).toMatchObject({ verdict: "inconclusive", n: 990, n_failed: 10, flags: ["failed_replications"] });
    expect(found.estimate).toBe(0.987);
    // Bounds of 13 and of 3 breaches in 1,000.
    expect(found.bound_low).toBeCloseTo(0.97941071347, 9);
    expect(found.bound_high).toBeCloseTo(0.9991818246018, 9);
    // At 0.987 with and 0.997 without them, more of the same would not decide.
    expect(found.n_needed).toBeNaN();
    expect(judge({ ...counts, n_failed: 10, level: 0.97 }).verdict).toBe("pass");
    expect(judge({ breaches: 40, n: 90, n_failed: 10, level: 0.75 }).verdict).toBe("fail");
    expect(judge({ breaches: 40, n: 90, n_failed: 40, level: 0.75 }).verdict).toBe("inconclusive");
  });

  it("objectiveVerdict takes values on the limit for breaches, on either side", () => {
    const options = { limit: 1, estimand: "probability", level: 0.5, confidence: 0.95 } as const;
    const onLimit = Array.from({ length: 20 }, () => 1);
    expect(objectiveVerdict(onLimit, { ...options, side: "below" }).verdict).toBe("fail");
    expect(objectiveVerdict(onLimit, { ...options, side: "above" }).verdict).toBe("fail");
  });

  it("objectiveVerdict on an exact tie passes at the level and does not fail there", () => {
    // 0.5^2 = 1 - 0.75: both bounds of two equal outcomes are exactly 0.5.
    const options = { side: "below", limit: 1, estimand: "probability", level: 0.5, confidence: 0.75 } as const;
    expect(objectiveVerdict([0, 0], options).verdict).toBe("pass");
    expect(objectiveVerdict([2, 2], options)).toMatchObject({ verdict: "inconclusive", n_needed: 1 });
  });

  it.each([
    // By trying every number in turn.
    [1, 40, 0.95, 194],
    [1, 299, 0.99, 474],
    [3, 80, 0.95, 797],
    [4, 100, 0.95, 1248],
    [6, 100, 0.95, 1350],
    [9, 100, 0.95, 23],
    [7, 100, 0.92, 1957],
  ])("objectiveVerdict of %d breaches in %d at level %d needs %d more", (breaches, n, level, needed) => {
    expect(judge({ breaches, n, level }).n_needed).toBe(needed);
  });

  it("objectiveVerdict names no number where the ratio is the level", () => {
    expect(judge({ breaches: 5, n: 100, level: 0.95 })).toMatchObject({ verdict: "inconclusive", n_needed: NaN });
  });
});

describe("objectiveVerdict of a quantile", () => {
  const hundred = Array.from({ length: 100 }, (_, k) => k + 1);
  const options = { estimand: "quantile", level: 0.9, confidence: 0.95 } as const;

  it("objectiveVerdict has order statistics as bounds", () => {
    // One-sided ranks of the 0.9 quantile of 100: P(B <= 84) = 0.0399, P(B <= 85) = 0.0726; P(B >= 95) = 0.0576, P(B >= 96) = 0.0237.
    const found = objectiveVerdict(hundred, { ...options, side: "below", limit: 96.5 });
    expect(found).toMatchObject({
      verdict: "pass",
      bound_low: 85,
      bound_high: 96,
      method: "order_statistics",
      flags: [],
    });
    expect(found.estimate).toBeCloseTo(90.1, 12);
    expect(objectiveVerdict(hundred, { ...options, side: "below", limit: 96 }).verdict).toBe("inconclusive");
    expect(objectiveVerdict(hundred, { ...options, side: "below", limit: 85.5 }).verdict).toBe("inconclusive");
    expect(objectiveVerdict(hundred, { ...options, side: "below", limit: 85 }).verdict).toBe("fail");
    expect(objectiveVerdict(hundred, { ...options, side: "above", limit: 84.5 }).verdict).toBe("pass");
    expect(objectiveVerdict(hundred, { ...options, side: "above", limit: 85 }).verdict).toBe("inconclusive");
    expect(objectiveVerdict(hundred, { ...options, side: "above", limit: 96 }).verdict).toBe("fail");
  });

  it("objectiveVerdict puts failed replications at their worst", () => {
    const usable = hundred.slice(0, 97);
    const below = objectiveVerdict(usable, { ...options, side: "below", limit: 96.5, n_failed: 3 });
    // As largest values the upper bound stays; as smallest the lower one moves down by three.
    expect(below).toMatchObject({ verdict: "pass", bound_low: 82, bound_high: 96, flags: ["failed_replications"] });
    expect(below.estimate).toBeCloseTo(90.1, 12);
    const above = objectiveVerdict(usable, { ...options, side: "above", limit: 80, n_failed: 3 });
    expect(above).toMatchObject({ verdict: "pass", bound_low: 82, bound_high: 96 });
    expect(above.estimate).toBeCloseTo(87.1, 12);
    const more = objectiveVerdict(hundred.slice(0, 90), { ...options, side: "below", limit: 1000, n_failed: 10 });
    expect(more).toMatchObject({ verdict: "inconclusive", estimate: Infinity, bound_high: Infinity });
  });

  it("objectiveVerdict says how many replications a pass takes", () => {
    const few = hundred.slice(0, 20);
    const below = objectiveVerdict(few, { ...options, level: 0.95, side: "below", limit: 1000 });
    expect(below).toMatchObject({
      verdict: "inconclusive",
      bound_high: Infinity,
      n_needed: 39,
      flags: ["pass_needs_59"],
    });
    const above = objectiveVerdict(few, { ...options, level: 0.05, side: "above", limit: 0 });
    expect(above).toMatchObject({
      verdict: "inconclusive",
      bound_low: -Infinity,
      n_needed: 39,
      flags: ["pass_needs_59"],
    });
  });

  it("objectiveVerdict orders infinite values and flags them", () => {
    const found = objectiveVerdict([...hundred, Infinity], { ...options, side: "below", limit: 99 });
    expect(found).toMatchObject({ verdict: "pass", flags: ["infinite_values"] });
  });
});

describe("objectiveVerdict of a mean", () => {
  const options = { side: "below", estimand: "mean", confidence: 0.95 } as const;

  it("objectiveVerdict has the one-sided bounds of Student by hand", () => {
    // Mean 2, std 1, t with 2 degrees at 0.95 is 2.919986: 2 -+ 1.685855.
    const found = objectiveVerdict([1, 2, 3], { ...options, limit: 3.7 });
    expect(found).toMatchObject({ verdict: "pass", estimate: 2, method: "student_t", n: 3, n_needed: 0, flags: [] });
    expect(found.bound_low).toBeCloseTo(2 - 1.685855, 5);
    expect(found.bound_high).toBeCloseTo(2 + 1.685855, 5);
    expect(objectiveVerdict([1, 2, 3], { ...options, limit: 3.6 }).verdict).toBe("inconclusive");
    expect(objectiveVerdict([1, 2, 3], { ...options, limit: 0.3 }).verdict).toBe("fail");
    expect(objectiveVerdict([1, 2, 3], { ...options, limit: 0.3, side: "above" }).verdict).toBe("pass");
    expect(objectiveVerdict([1, 2, 3], { ...options, limit: 3.7, side: "above" }).verdict).toBe("fail");
  });

  it("objectiveVerdict names the replications after which the half-width is the distance to the limit", () => {
    const { n_needed } = objectiveVerdict([1, 2, 3], { ...options, limit: 2.5 });
    const halfWidth = (n: number): number => studentTQuantile({ probability: 0.95, degrees: n - 1 }) / Math.sqrt(n);
    expect(halfWidth(3 + n_needed)).toBeLessThan(0.5);
    expect(halfWidth(3 + n_needed - 1)).toBeGreaterThan(0.5);
    expect(objectiveVerdict([1, 2, 3], { ...options, limit: 2 }).n_needed).toBeNaN();
  });

  it("objectiveVerdict takes the bounds of Hall where the sample is skewed", () => {
    const found = objectiveVerdict([1, 2, 3, 10], { ...options, limit: 9 });
    expect(found).toMatchObject({ verdict: "inconclusive", method: "hall" });
    // Student's upper bound would be 4 + 2.353363 4.0824829 / 2 = 8.80.
    expect(found.bound_high).toBeGreaterThan(9);
    expect(found.n_needed).toBeGreaterThan(0);
  });

  it("objectiveVerdict cannot bound a mean that a failed replication might have moved", () => {
    const sample = Array.from({ length: 100 }, (_, k) => k % 2);
    for (const [values, flags] of [
      [sample, ["failed_replications"]],
      [
        [...sample, NaN],
        ["undefined_values", "failed_replications"],
      ],
    ] as const) {
      const n_failed = values.length === 100 ? 1 : 0;
      for (const limit of [-100, 100]) {
        const found = objectiveVerdict(values, { ...options, limit, n_failed });
        expect(found).toMatchObject({ verdict: "inconclusive", n: 100, n_failed: 1, n_needed: NaN, flags });
        expect(found).toMatchObject({ estimate: 0.5, bound_low: -Infinity, bound_high: Infinity });
      }
    }
  });

  it.each([2, 30, 1000])("objectiveVerdict of %d equal values proves nothing about their mean", (n) => {
    const equal = Array.from({ length: n }, () => 0.1);
    for (const limit of [1, 0.1, -1]) {
      const found = objectiveVerdict(equal, { ...options, limit });
      expect(found).toMatchObject({ verdict: "inconclusive", estimate: 0.1, n_needed: NaN, flags: ["zero_variance"] });
      expect(found).toMatchObject({ bound_low: -Infinity, bound_high: Infinity });
    }
  });

  it.each([
    [[], "no_values"],
    [[7], "not_estimable_needs_2"],
    [[1, 2, Infinity], "infinite_values"],
    [[-Infinity, Infinity, 1], "infinite_values"],
  ])("objectiveVerdict of the mean of %j is inconclusive", (sample, flag) => {
    for (const side of ["below", "above"] as const) {
      const found = objectiveVerdict(sample, { ...options, side, limit: 3 });
      expect(found).toMatchObject({ verdict: "inconclusive", n: sample.length, n_needed: NaN, flags: [flag] });
    }
  });
});

describe("objectiveVerdict without a value", () => {
  const options = { side: "below", limit: 1, level: 0.9, confidence: 0.95 } as const;

  it.each(["mean", "quantile", "probability"] as const)(
    "objectiveVerdict of no replication, %s, is open",
    (estimand) => {
      const found = objectiveVerdict([], { ...options, estimand });
      expect(found).toMatchObject({ verdict: "inconclusive", estimate: NaN, bound_low: NaN, bound_high: NaN });
      expect(found).toMatchObject({ n: 0, n_failed: 0, n_needed: NaN });
      expect(found.flags[0]).toBe("no_values");
    },
  );

  it("objectiveVerdict of failed replications only is open, whatever their number", () => {
    const judged = (estimand: ObjectiveOptions["estimand"]): ObjectiveVerdict =>
      objectiveVerdict([NaN, NaN], { ...options, estimand, n_failed: 1000 });
    const common = { verdict: "inconclusive", n: 0, n_failed: 1002, n_needed: NaN };
    expect(judged("probability")).toMatchObject({ ...common, estimate: 0, bound_low: 0, bound_high: 1 });
    expect(judged("quantile")).toMatchObject({ ...common, estimate: Infinity, bound_low: -Infinity });
    expect(judged("quantile").bound_high).toBe(Infinity);
    expect(judged("mean")).toMatchObject({ ...common, estimate: NaN, bound_low: -Infinity, bound_high: Infinity });
    expect(judged("probability").flags).toEqual(["undefined_values", "no_values", "failed_replications"]);
  });
});

it("objectiveVerdict refuses impossible options", () => {
  const options = { side: "below", limit: 1, estimand: "probability", level: 0.9, confidence: 0.95 } as const;
  const { level: _, ...withoutLevel } = options;
  const cases: readonly (readonly [ObjectiveOptions, string])[] = [
    [{ ...options, confidence: 1 }, "confidence must be > 0 and < 1: current value is 1"],
    [withoutLevel, "level must be > 0 and < 1: current value is NaN"],
    [{ ...options, estimand: "quantile", level: 1 }, "level must be > 0 and < 1: current value is 1"],
    [{ ...options, limit: NaN }, "limit must be finite: current value is NaN"],
    [{ ...options, limit: Infinity }, "limit must be finite: current value is Infinity"],
    [{ ...options, n_failed: -1 }, "n_failed must be an integer >= 0: current value is -1"],
    [{ ...options, estimand: "mean", confidence: 0.5 }, "confidence of a mean must be > 0.5: current value is 0.5"],
  ];
  for (const [impossible, message] of cases) {
    expect(() => objectiveVerdict([1, 2], impossible)).toThrow(new RangeError(`Cannot judge objective: ${message}`));
  }
});
