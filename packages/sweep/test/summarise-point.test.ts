import { bucketHigh, bucketLow, type Metric } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { COMPLETED_RATIO, summarisePoint } from "../src/summarise-point.js";

const LATENCY: Metric = { name: "latency_s_mean", unit: "s", description: "Mean latency" };
const QUEUE: Metric = { name: "api.ready_queue_mean", unit: "1", description: "Waiting", component: "api" };

describe("summarisePoint", () => {
  test("summarisePoint of five replications worked out by hand", () => {
    const rows = summarisePoint({
      point_id: "users=3",
      metrics: [LATENCY, QUEUE],
      columns: [Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(2, 2, 2, 2, 2)],
      histograms: new Map(),
      replications: 6,
      completed: 5,
      confidence: 0.95,
    });
    const named = rows.map(({ metric, estimand, method }) => [metric, estimand, method]);
    expect(named).toEqual([
      ["latency_s_mean", "mean", "student_t"],
      ["latency_s_mean", "quantile_0.5", "order_statistics"],
      ["latency_s_mean", "quantile_0.95", "order_statistics"],
      ["latency_s_mean", "expected_shortfall_0.95", "student_t"],
      ["api.ready_queue_mean", "mean", "student_t"],
      [COMPLETED_RATIO, "probability", "wilson"],
    ]);
    const [mean, median, bad, shortfall, queue, completed] = rows;
    // Standard deviation sqrt(2.5), t of 4 degrees at 0.975 is 2.7764451051977987.
    const half = 2.776_445_105_197_798_7 * Math.sqrt(2.5 / 5);
    expect(mean).toMatchObject({ point_id: "users=3", estimate: 3, confidence: 0.95, n: 5, n_failed: 1, flags: [] });
    expect(mean?.std_error).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(mean?.ci_low).toBeCloseTo(3 - half, 12);
    expect(mean?.ci_high).toBeCloseTo(3 + half, 12);
    expect(median?.estimate).toBe(3);
    expect(bad?.estimate).toBeCloseTo(4.8, 12);
    expect(bad?.ci_high).toBe(Number.POSITIVE_INFINITY);
    expect(shortfall).toMatchObject({ estimate: Number.NaN, flags: ["not_estimable_needs_1000"] });
    expect(queue).toMatchObject({ estimate: 2, ci_low: 2, ci_high: 2, n_failed: 1, flags: ["zero_variance"] });
    // Wilson 1927: (p + z^2 / 2n -+ z sqrt(p q / n + z^2 / 4 n^2)) / (1 + z^2 / n), p = 5/6, n = 6, z = 1.959964.
    expect(completed?.estimate).toBeCloseTo(5 / 6, 12);
    expect(completed?.ci_low).toBeCloseTo(0.436_497, 5);
    expect(completed?.ci_high).toBeCloseTo(0.969_946, 5);
    expect(completed).toMatchObject({ n: 6, n_failed: 0 });
  });

  test("summarisePoint without a completed replication has no estimate, and counts all as failed", () => {
    const [mean, , , , completed] = summarisePoint({
      point_id: "base",
      metrics: [LATENCY],
      columns: [new Float64Array(0)],
      histograms: new Map(),
      replications: 4,
      completed: 0,
      confidence: 0.95,
    });
    expect(mean).toMatchObject({ estimate: Number.NaN, ci_low: Number.NaN, n: 0, n_failed: 4, flags: ["no_values"] });
    expect(completed).toMatchObject({ metric: COMPLETED_RATIO, estimate: 0, ci_low: 0, n: 4 });
    expect(completed?.ci_high).toBeCloseTo(0.489_890, 5);
  });

  test("summarisePoint counts an undefined value of a completed replication as failed for its metric only", () => {
    const [mean] = summarisePoint({
      point_id: "base",
      metrics: [LATENCY],
      columns: [Float64Array.of(1, Number.NaN, 3)],
      histograms: new Map(),
      replications: 5,
      completed: 3,
      confidence: 0.95,
    });
    expect(mean).toMatchObject({ estimate: 2, n: 2, n_failed: 3, flags: ["undefined_values"] });
  });

  test("summarisePoint gives the quantile of all requests beside that of the typical replication", () => {
    const rows = summarisePoint({
      point_id: "base",
      metrics: [{ ...LATENCY, name: "latency_s_p50" }],
      columns: [Float64Array.of(1, 2, 3)],
      // A hundred requests in the bucket that begins at 4 s, three hundred in that at 1 s: the median is two thirds into that.
      histograms: new Map([
        ["latency_s", { indices: Int32Array.of(indexAt(1), indexAt(4)), counts: Float64Array.of(300, 100) }],
      ]),
      replications: 3,
      completed: 3,
      confidence: 0.9,
    });
    const row = rows.find(({ estimand }) => estimand === "request_quantile_0.5");
    const width = bucketHigh(indexAt(1)) - bucketLow(indexAt(1));
    const pooled = bucketLow(indexAt(1)) + (2 / 3) * width;
    expect(row?.estimate).toBeCloseTo(pooled, 12);
    const squares = [1, 2, 3].reduce((sum, value) => sum + (value - pooled) * (value - pooled), 0);
    // t of 2 degrees at 0.95 is 2.919985580353726.
    expect(row?.ci_high).toBeCloseTo(pooled + 2.919_985_580_353_726 * Math.sqrt(squares / 2 / 3), 10);
    expect(row).toMatchObject({ method: "sectioning", n: 3, n_failed: 0 });
  });
});

/** The bucket that holds a value. */
function indexAt(value: number): number {
  let index = 0;
  while (bucketHigh(index) <= value) index++;
  return index;
}
