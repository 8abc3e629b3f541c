import type { Metric } from "@loadstar/engine";
import type { PointRuns } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { judgeDifferences, measureDifferences } from "../src/compare/judge-differences.js";

const METRIC = { name: "latency_s_mean", unit: "s", description: "", component: undefined } as unknown as Metric;

/** Completed replications of one seed from `first` on, each with its value. */
function runsFrom(first: number, values: readonly number[]): PointRuns {
  return {
    point_id: "p",
    replications: Int32Array.from(values, (_, row) => first + row),
    seeds: BigInt64Array.from(values, () => 7n),
    outcomes: values.map(() => "completed"),
    reasons: values.map(() => ""),
    metrics: [Float64Array.from(values)],
  };
}

function judged(base: PointRuns, next: PointRuns, margin?: number): ReturnType<typeof judgeDifferences>[number] {
  const measured = measureDifferences(base, next, [METRIC], { confidence: 0.95, has_same_load: true });
  return judgeDifferences(measured, { confidence: 0.95, margin })[0]!;
}

describe("measureDifferences", () => {
  test("measureDifferences pairs replications by their numbers, wherever they stand, and leaves out what one side lacks", () => {
    const base = runsFrom(0, [900, 900, 10, 20, 40, 80]);
    const next = runsFrom(2, [11, 22, 41, 82, 900]);
    const { base_mean, next_mean, difference } = judged(base, next);
    expect([base_mean, next_mean, difference.n, difference.estimate]).toEqual([37.5, 39, 4, 1.5]);
  });
});

describe("judgeDifferences", () => {
  const base = runsFrom(0, [10, 10.2, 9.9, 10.1, 9.8, 10.3]);
  const shifted = (by: number): PointRuns =>
    runsFrom(
      0,
      [...base.metrics[0]!].map((value, row) => value + by + (row % 2 === 0 ? 0.02 : -0.02)),
    );

  test("judgeDifferences takes what is proven beyond the margin, on either side, for no equivalence", () => {
    expect(judged(base, shifted(0.01), 0.01).verdict).toBe("equivalent");
    expect(judged(base, shifted(-0.01), 0.01).verdict).toBe("equivalent");
    expect(judged(base, shifted(-2), 0.01).verdict).toBe("better");
    expect(judged(base, shifted(2), 0.01).verdict).toBe("worse");
  });

  test("judgeDifferences takes what is not proven to be within the margin, on either side, for undecided", () => {
    // The interval reaches about 0.017 to both sides.
    expect(judged(base, shifted(0.001), 0.0015).verdict).toBe("undecided");
    expect(judged(base, shifted(-0.008), 0.002).verdict).toBe("undecided");
    expect(judged(base, shifted(0.008), 0.002).verdict).toBe("undecided");
  });
});
