import { describe, expect, test } from "vitest";
import { renderHistogram, renderResponseCurve, renderStatistics, renderSummaryTable } from "../src/index.js";
import { HUMP, SAMPLE_MARKS, SAMPLE_METRICS, SAMPLE_VALUES } from "./fixtures/sample-run.js";
import { SAMPLE_CURVE, SAMPLE_POINTS, SAMPLE_ROWS, SAMPLE_UNITS } from "./fixtures/sample-summary.js";

// Frozen outputs: they are not right because they are here. Look at a change, then accept it with `vitest -u`.

describe("renderStatistics", () => {
  test("renderStatistics at 60 columns", () => {
    expect(renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES, { width: 60 })).toMatchInlineSnapshot(`
      "════════ LATENCY STATS ════════
      TOTAL_REQUESTS       = 48486.000000
      MEAN                 = 0.023496
      MEDIAN               = 0.021700
      STD_DEV              = 0.010100
      P95                  = 0.041200
      P99                  = 0.056789
      MIN                  = 0.004100
      MAX                  = 0.149000

      generated 48,980 · completed 48,486 · failed 0 · dropped 490
      in flight 4 · error ratio 1.000 % · throughput 80.81/s

      server app-1
        CPU 62.18 % · ready mean/max 1.051 / 17
        I/O mean/max 2.974 / 12 · RAM mean/max 464.6 / 2,000 MB
      edge gen.client
        dropped 252 · connections mean/max 0.6341 / 7
      edge client-app
        dropped 1,306 · connections mean/max 0.6200 / 7"
    `);
  });

  test("renderStatistics at 80 columns", () => {
    expect(renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES, { width: 80 })).toMatchInlineSnapshot(`
      "════════ LATENCY STATS ════════
      TOTAL_REQUESTS       = 48486.000000
      MEAN                 = 0.023496
      MEDIAN               = 0.021700
      STD_DEV              = 0.010100
      P95                  = 0.041200
      P99                  = 0.056789
      MIN                  = 0.004100
      MAX                  = 0.149000

      generated 48,980 · completed 48,486 · failed 0 · dropped 490 · in flight 4
      error ratio 1.000 % · throughput 80.81/s

      server          CPU        ready mean/max  I/O mean/max      RAM mean/max
      ─────────────────────────────────────────────────────────────────────────
      app-1       62.18 %            1.051 / 17    2.974 / 12  464.6 / 2,000 MB

      edge        dropped  connections mean/max
      ─────────────────────────────────────────────────────────────────────────
      gen.client      252            0.6341 / 7
      client-app    1,306            0.6200 / 7"
    `);
  });

  test("renderStatistics at 120 columns", () => {
    expect(renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES, { width: 120 })).toMatchInlineSnapshot(`
      "════════ LATENCY STATS ════════
      TOTAL_REQUESTS       = 48486.000000
      MEAN                 = 0.023496
      MEDIAN               = 0.021700
      STD_DEV              = 0.010100
      P95                  = 0.041200
      P99                  = 0.056789
      MIN                  = 0.004100
      MAX                  = 0.149000

      generated 48,980 · completed 48,486 · failed 0 · dropped 490 · in flight 4 · error ratio 1.000 % · throughput 80.81/s

      server          CPU        ready mean/max  I/O mean/max      RAM mean/max
      ─────────────────────────────────────────────────────────────────────────
      app-1       62.18 %            1.051 / 17    2.974 / 12  464.6 / 2,000 MB

      edge        dropped  connections mean/max
      ─────────────────────────────────────────────────────────────────────────
      gen.client      252            0.6341 / 7
      client-app    1,306            0.6200 / 7"
    `);
  });
});

describe("renderHistogram", () => {
  test("renderHistogram at 60 columns", () => {
    expect(renderHistogram(HUMP, { unit: "s", marks: SAMPLE_MARKS, width: 60 })).toMatchInlineSnapshot(`
      " 0 .. 10 ms   6.20 %  ████▏
      10 .. 20 ms  48.07 %  ████████████████████████████████ ◄ p50
      20 .. 30 ms  33.44 %  ██████████████████████▎
      30 .. 40 ms   8.31 %  █████▌ ◄ p95
      40 .. 50 ms   2.85 %  █▉
      50 .. 60 ms   0.88 %  ▋ ◄ p99
      60 .. 70 ms   0.17 %  ▏
      194,966 values · 160 above 70 ms
      p50 19.20 ms · p95 38.80 ms · p99 50.70 ms"
    `);
  });

  test("renderHistogram at 80 columns", () => {
    expect(renderHistogram(HUMP, { unit: "s", marks: SAMPLE_MARKS, width: 80 })).toMatchInlineSnapshot(`
      " 0 .. 10 ms   6.20 %  ██████▊
      10 .. 20 ms  48.07 %  ████████████████████████████████████████████████████ ◄ p50
      20 .. 30 ms  33.44 %  ████████████████████████████████████▏
      30 .. 40 ms   8.31 %  █████████ ◄ p95
      40 .. 50 ms   2.85 %  ███▏
      50 .. 60 ms   0.88 %  █ ◄ p99
      60 .. 70 ms   0.17 %  ▏
      194,966 values · 160 above 70 ms
      p50 19.20 ms · p95 38.80 ms · p99 50.70 ms"
    `);
  });

  test("renderHistogram at 120 columns", () => {
    expect(renderHistogram(HUMP, { unit: "s", marks: SAMPLE_MARKS, width: 120, rows: 6 })).toMatchInlineSnapshot(`
      " 0 .. 20 ms  54.27 %  ████████████████████████████████████████████████████████████████████████████████ ◄ p50
      20 .. 40 ms  41.75 %  █████████████████████████████████████████████████████████████▌ ◄ p95
      40 .. 60 ms   3.73 %  █████▌ ◄ p99
      60 .. 80 ms   0.22 %  ▍
      194,966 values · 60 above 80 ms
      p50 19.20 ms · p95 38.80 ms · p99 50.70 ms"
    `);
  });
});

describe("renderSummaryTable", () => {
  const options = { metrics: ["latency_s_p95", "throughput_per_s"], points: SAMPLE_POINTS, units: SAMPLE_UNITS };

  test("renderSummaryTable at 60 columns", () => {
    expect(renderSummaryTable(SAMPLE_ROWS, { ...options, width: 60 })).toMatchInlineSnapshot(`
      "latency_s_p95
        users 100 · algorithm round_robin
          23.50 ms · 95 % interval [23.41, 23.58] · n 200
        users 1000 · algorithm least_outstanding
          1.234 s · 95 % interval [1.100, 1.400] · n 200
      throughput_per_s
        users 100 · algorithm round_robin
          80.81/s · 95 % interval [80.10, 81.50] · n 200
        users 1000 · algorithm least_outstanding
          412.5/s · 95 % interval [-, -] · n 1
          remarks 199 absent, not_estimable_needs_2"
    `);
  });

  test("renderSummaryTable at 80 columns", () => {
    expect(renderSummaryTable(SAMPLE_ROWS, { ...options, width: 80 })).toMatchInlineSnapshot(`
      "users  algorithm             latency_s_p95  95 % interval     n  remarks
      ────────────────────────────────────────────────────────────────────────────────
        100  round_robin                23.50 ms  [23.41, 23.58]  200
       1000  least_outstanding           1.234 s  [1.100, 1.400]  200

      users  algorithm          throughput_per_s  95 % interval     n  remarks
      ────────────────────────────────────────────────────────────────────────────────
        100  round_robin                 80.81/s  [80.10, 81.50]  200
       1000  least_outstanding           412.5/s  [-, -]            1  199 absent, no…"
    `);
  });

  test("renderSummaryTable at 120 columns", () => {
    expect(renderSummaryTable(SAMPLE_ROWS, { ...options, width: 120 })).toMatchInlineSnapshot(`
      "users  algorithm             latency_s_p95  95 % interval     n  remarks
      ──────────────────────────────────────────────────────────────────────────────────────────────────
        100  round_robin                23.50 ms  [23.41, 23.58]  200
       1000  least_outstanding           1.234 s  [1.100, 1.400]  200

      users  algorithm          throughput_per_s  95 % interval     n  remarks
      ──────────────────────────────────────────────────────────────────────────────────────────────────
        100  round_robin                 80.81/s  [80.10, 81.50]  200
       1000  least_outstanding           412.5/s  [-, -]            1  199 absent, not_estimable_needs_2"
    `);
  });
});

describe("renderResponseCurve", () => {
  const options = { parameter: "users", metric: "throughput_per_s", unit: "1/s" };

  test("renderResponseCurve at 60 columns", () => {
    expect(renderResponseCurve(SAMPLE_CURVE, { ...options, width: 60 })).toMatchInlineSnapshot(`
      "throughput_per_s by users
      100       ●                           80.81/s [80.10, 81.50]
      200          ├─●┤                     161/s [141, 182]
      400                 ├───●──────────→  323/s [251, inf]
      800                           ●       412.5/s [-, -]
           ├0/s─────────────────────500/s┤"
    `);
  });

  test("renderResponseCurve at 80 columns", () => {
    expect(renderResponseCurve(SAMPLE_CURVE, { ...options, width: 80 })).toMatchInlineSnapshot(`
      "throughput_per_s by users
      100          ●                                            80.81/s [80.10, 81.50]
      200                ├─●─┤                                  161/s [141, 182]
      400                           ├──────●─────────────────→  323/s [251, inf]
      800                                           ●           412.5/s [-, -]
           ├0/s─────────────────────────────────────────500/s┤"
    `);
  });

  test("renderResponseCurve at 120 columns", () => {
    expect(renderResponseCurve(SAMPLE_CURVE, { ...options, width: 120 })).toMatchInlineSnapshot(`
      "throughput_per_s by users
      100               ●                                                                    80.81/s [80.10, 81.50]
      200                        ├──●───┤                                                    161/s [141, 182]
      400                                          ├──────────●───────────────────────────→  323/s [251, inf]
      800                                                                   ●                412.5/s [-, -]
           ├0/s──────────────────────────────────────────────────────────────────────500/s┤"
    `);
  });
});
