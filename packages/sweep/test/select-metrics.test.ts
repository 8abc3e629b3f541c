import { histogramsOf, metricsOf, seriesOf, type Metric } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { keptPositions } from "../src/kept-positions.js";
import { measuredBy, measuredByAll } from "../src/measured.js";
import { selectMetrics } from "../src/select-metrics.js";
import { smallPlan } from "./small-plan.js";

const PLAN = smallPlan();

describe("selectMetrics", () => {
  test("selectMetrics keeps everything of a small plan by default", () => {
    const { kept, unmatched } = selectMetrics(measuredBy(PLAN), undefined);
    expect(namesOf(kept.metrics)).toEqual(namesOf(metricsOf(PLAN)));
    expect(namesOf(kept.series)).toEqual(namesOf(seriesOf(PLAN)));
    expect(namesOf(kept.histograms)).toEqual(namesOf(histogramsOf(PLAN)));
    expect(kept.left_out).toBe(0);
    expect(unmatched).toEqual([]);
  });

  test("selectMetrics keeps only the whole system's metrics where all would be more than 200 columns", () => {
    const plan = smallPlan(Array.from({ length: 9 }, (_, index) => `app-${index}`));
    const all = metricsOf(plan);
    expect(all.length).toBeGreaterThan(200);
    const { kept } = selectMetrics(measuredBy(plan), undefined);
    expect(namesOf(kept.metrics)).toEqual(namesOf(all.filter(({ component }) => component === undefined)));
    expect(kept.left_out).toBe(all.length - kept.metrics.length);
    expect(kept.series.every(({ component }) => component === undefined)).toBe(true);
    expect(namesOf(kept.histograms)).toEqual(["latency_s"]);
    expect(selectMetrics(measuredBy(plan), ["*"]).kept.left_out).toBe(0);
  });

  test("selectMetrics leaves single replicas and their edges out first, and keeps what they measure together", () => {
    const plan = smallPlan(Array.from({ length: 9 }, (_, index) => `app-${index}`));
    const servers = plan.servers.map((server) => ({ ...server, group: "app" }));
    const { kept } = selectMetrics(measuredBy({ ...plan, servers }), undefined);
    const components = new Set(kept.metrics.map(({ component }) => component));
    expect(components).toEqual(new Set([undefined, "users-client", "client-balancer", "app"]));
    expect(kept.metrics.length).toBeLessThan(200);
    expect(kept.series.map(({ name }) => name)).toContain("app.ready_queue_mean");
    // A judged metric of a replica is kept.
    const judged = selectMetrics(measuredBy({ ...plan, servers }), undefined, ["app-3.cpu_utilization_ratio"]);
    expect(namesOf(judged.kept.metrics)).toContain("app-3.cpu_utilization_ratio");
  });

  test("selectMetrics keeps what the patterns name, in the engine's order, each once", () => {
    const { kept } = selectMetrics(measuredBy(PLAN), ["*.cpu_wait_s_p99", "latency_s_p9*", "latency_s_p95"]);
    expect(namesOf(kept.metrics)).toEqual([
      "latency_s_p90",
      "latency_s_p95",
      "latency_s_p99",
      "latency_s_p999",
      "app.cpu_wait_s_p99",
    ]);
    expect(kept.series).toEqual([]);
    expect(kept.left_out).toBe(metricsOf(PLAN).length - 5);
  });

  test("selectMetrics keeps a histogram for a metric of its quantity, and for its own name", () => {
    const histograms = (pattern: string): readonly string[] =>
      namesOf(selectMetrics(measuredBy(PLAN), [pattern]).kept.histograms);
    expect(histograms("latency_s_mean")).toEqual(["latency_s"]);
    expect(histograms("latency_s")).toEqual(["latency_s"]);
    expect(histograms("app.cpu_wait_s_mean")).toEqual(["app.cpu_wait_s"]);
    expect(histograms("throughput_per_s")).toEqual([]);
  });

  test("selectMetrics keeps a series for the metric of its name", () => {
    const { kept } = selectMetrics(measuredBy(PLAN), ["*.ready_queue_mean", "throughput_per_s"]);
    expect(namesOf(kept.series)).toEqual(["throughput_per_s", "app.ready_queue_mean"]);
    expect(namesOf(kept.metrics)).toEqual(["throughput_per_s", "app.ready_queue_mean"]);
  });

  test("keptPositions finds what is kept in the engine's lists of each plan", () => {
    const { kept } = selectMetrics(measuredBy(PLAN), ["app.*", "latency_s_p50"]);
    const at = (all: readonly Metric[], where: Int32Array): readonly string[] =>
      Array.from(where, (position) => all[position]!.name);
    for (const plan of [PLAN, smallPlan(["first", "app", "last"])]) {
      const positions = keptPositions(kept, plan);
      expect(at(metricsOf(plan), positions.metrics)).toEqual(namesOf(kept.metrics));
      expect(at(seriesOf(plan), positions.series)).toEqual(namesOf(kept.series));
      expect(at(histogramsOf(plan), positions.histograms)).toEqual(namesOf(kept.histograms));
    }
    expect(kept.histograms).toHaveLength(2);
  });

  test("measuredByAll has what all plans have, in the order of the first", () => {
    const measured = measuredByAll([smallPlan(["a", "b"]), smallPlan(["c", "b"]), smallPlan(["b"])]);
    const components = new Set(measured.metrics.map(({ component }) => component));
    expect(components).toEqual(new Set([undefined, "b", "users-client", "client-balancer", "balancer-b", "b-client"]));
    expect(namesOf(measured.metrics.filter(({ component }) => component === "b"))).toEqual(
      namesOf(metricsOf(smallPlan(["b"])).filter(({ component }) => component === "b")),
    );
    expect(measuredByAll([PLAN, PLAN])).toEqual(measuredBy(PLAN));
  });

  test("selectMetrics says which patterns match no metric, series or histogram", () => {
    const { unmatched } = selectMetrics(measuredBy(PLAN), ["latency_*", "latncy_s_p95", "db.*", "latency_s"]);
    expect(unmatched).toEqual(["latncy_s_p95", "db.*"]);
  });
});

function namesOf(metrics: readonly Metric[]): readonly string[] {
  return metrics.map(({ name }) => name);
}
