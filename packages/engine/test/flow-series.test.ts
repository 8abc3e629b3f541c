import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, run, type Plan } from "../src/index.js";
import { flowSeries } from "../src/measures/flow-series.js";
import { attributionSeries } from "../src/measures/attribution-measures.js";
import { expectSubset } from "./expect-subset.js";
import { measured, metricsByName, rowOf, rowsOf } from "./measured.js";
import { cpu, cpuOf, edge, endpoint, generatorOf, planOf, server } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyNetworkCalls } from "./random-networks.js";

const runs = { seed: 20_261_121, numRuns: 25 };
const seeds = fc.nat(1_000_000);
const anyDetailed = fc.oneof(anyCalls(), anyHastyCalls(), anyNetworkCalls()).map((plan): Plan => ({
  ...plan,
  attribution: true,
  detailed_series: true,
}));

/** Requests at these times to one core, each for 0.4 s. */
function queueAt(times_s: readonly number[], more: Partial<Plan> = {}): Plan {
  return planOf({
    horizon_s: 3,
    series_cell_s: 1,
    attribution: true,
    detailed_series: true,
    generators: [generatorOf({ kind: "trace", times_s: Float64Array.from(times_s), requests: new Int32Array(0) })],
    clients: [],
    servers: [server("app", [endpoint([cpu(0.4)])])],
    edges: [edge("source", "app")],
    ...more,
  });
}

function rounded(row: Float64Array): readonly number[] {
  return Array.from(row, (value) => Math.round(value * 1e9) / 1e9);
}

describe("run with detailed series", () => {
  it("run with detailed series has the mean of each cell, a warm-up in the middle of one or not", () => {
    for (const warm_up_s of [0, 1.3]) {
      // They begin at 0, 0.4, 0.8 and 2 s, after 0, 0.3, 0.6 and 0 s, and end in the first, the first, the second and the third cell.
      const plan = queueAt([0, 0.1, 0.2, 2], { warm_up_s });
      const { series } = run(plan, 1, 0);
      expect(rounded(rowOf(plan, series, "app.cpu_wait_s_mean"))).toEqual([0.3, Number.NaN, 0]);
      expect(rounded(rowOf(plan, series, "app.service_s_mean"))).toEqual([0.4, 0.4, 0.4]);
      // Latencies are 0.4 and 0.7 s, then 1 s, then 0.4 s.
      expect(rounded(rowOf(plan, series, "attribution_cpu_wait_ratio_mean"))).toEqual(
        [0.3 / 1.1, 0.6, 0].map((ratio) => Math.round(ratio * 1e9) / 1e9),
      );
      expect(rounded(rowOf(plan, series, "attribution_io_ratio_mean"))).toEqual([0, 0, 0]);
    }
  });

  it("run with detailed series says when a CPU was stopped", () => {
    const length_s = { kind: "constant", value: 0.5 } as const;
    const pauses = { every_s: { kind: "constant", value: 1.5 } as const, length_s };
    const plan = queueAt([], { servers: [server("app", [endpoint([])], { cpu: cpuOf({ pauses }) })] });
    const result = run(plan, 1, 0);
    // From 1.5 to 2 s.
    expect(rounded(rowOf(plan, result.series, "app.paused_ratio"))).toEqual([0, 0.5, 0]);
    expect(rounded(rowOf(plan, result.series, "app.blocked_ratio"))).toEqual([0, 0.5, 0]);
    expect(measured(plan, result)("app.blocked_ratio")).toBeCloseTo(0.5 / 3, 12);
  });

  it("run with detailed series has in one cell over the whole run what its metrics say", () => {
    const law = fc.property(anyDetailed, seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: plan.horizon_s };
      const result = run(detailed, seed, 0);
      const metrics = metricsByName(detailed, result);
      const rows = rowsOf(detailed, result.series);
      const series = [...flowSeries(detailed), ...attributionSeries(detailed)];
      for (const { metric } of series) {
        const [cell] = rows.get(metric.name)!;
        const whole = metrics.get(metric.name)!;
        if (Number.isNaN(whole)) expect([metric.name, cell]).toEqual([metric.name, Number.NaN]);
        else expect(Math.abs(cell! - whole), metric.name).toBeLessThan(1e-9 * Math.max(1, Math.abs(whole)));
      }
    });
    fc.assert(law, runs);
  });

  it("run with detailed series changes nothing else, and every series has a metric of its name", () => {
    const law = fc.property(anyDetailed, seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4 };
      const without = { ...detailed, detailed_series: false };
      const [one, other] = [run(without, seed, 0), run(detailed, seed, 0)];
      expectSubset([without, one], [detailed, other]);
      const names = new Set(metricsOf(detailed).map(({ name }) => name));
      for (const { metric } of flowSeries(detailed)) expect(names).toContain(metric.name);
    });
    fc.assert(law, runs);
  });
});
