import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatInterval,
  formatQuantity,
  renderHistogram,
  renderResponseCurve,
  renderSparkline,
  renderStatistics,
  renderSummaryTable,
} from "../src/index.js";
import { linearBins } from "../src/histogram/linear-bins.js";
import { displayWidth } from "../src/text/display-width.js";
import { bucketsOf } from "./fixtures/sample-run.js";

const RUNS = { seed: 20_261_121, numRuns: 300 };

/** Any string, often of what terminals obey. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: fc.constantFrom("\u001b[31m", "\u009b2J", "\n", "\r", "\u202e", "\ud800", "東", "🚀", ".", "a") }),
);
const number = fc.oneof(
  fc.double(),
  fc.double({ min: -1000, max: 1000 }),
  fc.constantFrom(0, NaN, Infinity, -Infinity),
);
const unit = fc.oneof(fc.constantFrom("s", "ratio", "1/s", "1", "MB"), text);
const width = fc.integer({ min: 40, max: 160 });
const interval = fc.record({ estimate: number, ci_low: number, ci_high: number, std_error: number });
const buckets = fc
  .dictionary(fc.integer({ min: 0, max: 5000 }).map(String), fc.integer({ min: 0, max: 1_000_000 }), { maxKeys: 40 })
  .map((counts) => bucketsOf(counts as Record<number, number>));
const marks = fc.array(fc.record({ label: text, value: number }), { maxLength: 4 });

const measured = fc.array(
  fc.record({
    name: fc
      .tuple(text, fc.constantFrom("ready_queue_max", "cpu_utilization_ratio", "dropped", "ram_used_mb_mean"))
      .map((parts) => parts.join(".")),
    value: number,
  }),
  { maxLength: 8 },
);
const endToEnd = fc.constantFrom("requests_completed", "latency_s_mean", "error_ratio", "throughput_per_s");

const statistics = fc
  .tuple(measured, fc.array(fc.tuple(endToEnd, number)), width)
  .map(([components, whole, columns]) => ({
    width: columns,
    output: renderStatistics(
      [...whole.map(([name]) => name), ...components.map(({ name }) => name)].map((name) => ({
        name,
        unit: "1",
        description: "",
      })),
      [...whole.map(([, value]) => value), ...components.map(({ value }) => value)],
      { width: columns },
    ),
  }));
const histogram = fc
  .tuple(buckets, unit, marks, fc.integer({ min: 1, max: 30 }), width)
  .map(([counts, of, pointers, rows, columns]) => ({
    width: columns,
    output: renderHistogram(counts, { unit: of, marks: pointers, rows, width: columns }),
  }));
const curve = fc
  .tuple(fc.array(fc.tuple(interval, number)), text, text, unit, width)
  .map(([points, parameter, metric, of, columns]) => ({
    width: columns,
    output: renderResponseCurve(
      points.map(([estimate, parameter_value]) => Object.assign({ parameter_value }, estimate)),
      { parameter, metric, unit: of, width: columns },
    ),
  }));
/** Often the same one, so that points share a section. */
const metricName = fc.oneof(text, fc.constantFrom("latency_s_p95", "a-server-with-a-long-name.connections_mean"));
const summary = fc
  .tuple(
    fc.array(fc.tuple(interval, metricName, text, fc.array(text, { maxLength: 3 })), { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(text, fc.oneof(text, number, fc.boolean(), fc.constant(null))), { maxLength: 3 }),
    unit,
    width,
  )
  .map(([estimates, parameters, of, columns]) => ({
    width: columns,
    output: renderSummaryTable(
      estimates.map(([estimate, metric, estimand, flags], index) => ({
        estimate: estimate.estimate,
        ci_low: estimate.ci_low,
        ci_high: estimate.ci_high,
        std_error: estimate.std_error,
        point_id: String(index),
        metric,
        estimand,
        flags,
        confidence: 0.95,
        method: "student_t",
        n: 10 * index,
        n_failed: index,
      })),
      {
        metrics: estimates.map(([, metric]) => metric),
        points: estimates.map((_, index) => ({ point_id: String(index), parameters: Object.fromEntries(parameters) })),
        units: new Map(estimates.map(([, metric]) => [metric, of])),
        width: columns,
      },
    ),
  }));

describe.each([
  ["renderStatistics", statistics],
  ["renderHistogram", histogram],
  ["renderResponseCurve", curve],
  ["renderSummaryTable", summary],
])("%s", (name, rendered) => {
  test(`${name} writes no line wider than asked for`, () => {
    fc.assert(
      fc.property(rendered, ({ width: columns, output }) => {
        for (const line of output.split("\n")) {
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        }
      }),
      RUNS,
    );
  });

  test(`${name} writes no control character, whatever the names`, () => {
    fc.assert(
      fc.property(rendered, ({ output }) => {
        expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      RUNS,
    );
  });
});

describe("formatInterval", () => {
  test("formatInterval and formatQuantity write no control character, whatever the unit", () => {
    fc.assert(
      fc.property(interval, unit, (estimate, of) => {
        const output = formatInterval(estimate, of) + formatQuantity(estimate.estimate, of);
        expect(output).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(output).not.toMatch(/NaN|undefined/);
      }),
      { ...RUNS, examples: [[{ estimate: NaN, ci_low: 1, ci_high: Infinity, std_error: 0 }, "s"]] },
    );
  });
});

describe("renderSparkline", () => {
  test("renderSparkline has one character for a value, and never more than the width", () => {
    fc.assert(
      fc.property(fc.array(number), fc.integer({ min: 1, max: 50 }), (values, columns) => {
        const line = renderSparkline(values, { width: columns });
        expect(line).toHaveLength(Math.min(values.length, columns));
        expect(line).toMatch(/^[▁▂▃▄▅▆▇█ ]*$/);
      }),
      RUNS,
    );
  });

  test("renderSparkline is the same for values moved and scaled by powers of two", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 })), (values) => {
        expect(renderSparkline(values.map((value) => 4 * value + 1024))).toBe(renderSparkline(values));
      }),
      RUNS,
    );
  });
});

describe("linearBins", () => {
  test("linearBins counts every value once, in round bins or beyond them", () => {
    fc.assert(
      fc.property(buckets, fc.integer({ min: 1, max: 30 }), (counts, rows) => {
        const total = counts.counts.reduce((sum, count) => sum + count, 0);
        fc.pre(total > 0);
        const bins = linearBins(counts, { unit: "s", rows });
        const binned = bins.counts.reduce((sum, count) => sum + count, 0);
        expect(bins.below + binned + bins.above).toBeCloseTo(total, 3);
        expect(bins.below).toBeLessThanOrEqual(0.001 * total + 1e-6);
        expect(bins.above).toBeLessThanOrEqual(0.001 * total + 1e-6);
        expect(bins.counts.length).toBeLessThanOrEqual(rows + 2);
      }),
      RUNS,
    );
  });
});
