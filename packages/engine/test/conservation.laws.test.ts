import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, type EndpointPlan, type Plan } from "../src/index.js";
import { arrivalTimes } from "./arrival-times.js";
import { fastestWay_s } from "./fastest-way.js";
import { lawCases } from "./law-cases.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import { constant, cpu, io } from "./plans.js";
import { anyPlan, seedThatDrains } from "./random-plans.js";

const runs = lawCases(60);
const seeds = fc.nat(1_000_000);

/** Equal but for the rounding of sums over a run. */
function expectEqual(actual: number, expected: number, scale = 1): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (scale + Math.abs(expected)));
}

/** Requests that the generators produce in [from, horizon). */
function arrivalsFrom(plan: Plan, seed: number, from: number): number {
  const times = plan.generators.flatMap((generator) => arrivalTimes(generator, plan.horizon_s, seed));
  return times.filter((time) => time >= from).length;
}

/** NaN, the mean of nothing, times nothing. */
function sumOf(mean: number, count: number): number {
  return count === 0 ? 0 : mean * count;
}

describe("run", () => {
  it("run obeys Little's law for the whole system: the area of requests in flight is the sum of their latencies", () => {
    const law = fc.property(anyPlan({ lossless: true, drains: true }), (plan) => {
      const value = runMeasured(plan, seedThatDrains(plan));
      fc.pre(value("requests_in_flight") === 0);
      const sum = sumOf(value("latency_s_mean"), value("requests_completed"));
      expectEqual(value("in_flight_mean") * plan.horizon_s, sum);
    });
    fc.assert(law, runs);
  });

  it("run obeys Little's law for every server: areas of queues, I/O and cores are the sum of residence times", () => {
    const law = fc.property(anyPlan({ drains: true }), (plan) => {
      const value = runMeasured(plan, seedThatDrains(plan));
      fc.pre(value("requests_in_flight") === 0);
      for (const { id, cpu_cores } of plan.servers) {
        const queues = value(`${id}.ready_queue_mean`) + value(`${id}.ram_queue_mean`);
        const busy = value(`${id}.io_queue_mean`) + value(`${id}.cpu_utilization_ratio`) * cpu_cores;
        const visits = value(`${id}.requests_completed`);
        expectEqual((queues + busy) * plan.horizon_s, sumOf(value(`${id}.residence_s_mean`), visits));
        expectEqual(busy * plan.horizon_s, sumOf(value(`${id}.service_s_mean`), visits));
      }
    });
    fc.assert(law, runs);
  });

  it("run obeys Little's law for memory: its area is megabytes times the residence after the wait for them", () => {
    const law = fc.property(anyPlan({ drains: true }), (plan) => {
      const oneSize = withEndpoints(plan, (endpoint) => ({ ...endpoint, ram_mb: 60 }));
      const value = runMeasured(oneSize, seedThatDrains(oneSize));
      fc.pre(value("requests_in_flight") === 0);
      for (const { id } of plan.servers) {
        const visits = value(`${id}.requests_completed`);
        const waits = sumOf(value(`${id}.ram_wait_s_mean`), visits);
        const held = sumOf(value(`${id}.residence_s_mean`), visits) - waits;
        expectEqual(value(`${id}.ram_used_mb_mean`) * plan.horizon_s, 60 * held);
        expectEqual(value(`${id}.ram_queue_mean`) * plan.horizon_s, waits);
      }
    });
    fc.assert(law, runs);
  });

  it("run obeys Little's law for an edge: constant latency times messages", () => {
    const law = fc.property(anyPlan({ lossless: true, drains: true }), (plan) => {
      const edges = plan.edges.map((edge) => ({ ...edge, latency_s: constant(0.007) }));
      const plain = { ...plan, edges, disruptions: [] };
      const value = runMeasured(plain, seedThatDrains(plain));
      fc.pre(value("requests_in_flight") === 0);
      for (const { id, source } of edges.filter((edge) => plan.servers.some((server) => server.id === edge.source)))
        expectEqual(value(`${id}.connections_mean`) * plan.horizon_s, 0.007 * value(`${source}.requests_completed`));
    });
    fc.assert(law, runs);
  });

  it("run obeys the utilisation law: busy cores are visits times CPU time per visit", () => {
    const law = fc.property(anyPlan({ drains: true }), (plan) => {
      const fixed = withEndpoints(plan, (endpoint, position) => ({
        ...endpoint,
        weight: position === 0 ? 1 : 0,
        steps: endpoint.steps.map(({ kind }, step) => (kind === "cpu" ? cpu : io)((step + 1) / 1000)),
      }));
      const value = runMeasured(fixed, seedThatDrains(fixed));
      fc.pre(value("requests_in_flight") === 0);
      for (const { id, cpu_cores, endpoints } of fixed.servers) {
        const perVisit = endpoints[0]!.steps.reduce(
          (sum, { kind }, k) => (kind === "cpu" ? sum + (k + 1) / 1000 : sum),
          0,
        );
        const busy_s = value(`${id}.cpu_utilization_ratio`) * cpu_cores * plan.horizon_s;
        expectEqual(busy_s, value(`${id}.requests_completed`) * perVisit);
      }
    });
    fc.assert(law, runs);
  });

  it("run loses no request: generated = completed + failed + dropped + rejected + timed out + in flight", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: plan.horizon_s };
      const result = run(detailed, seed, 0);
      const value = measured(detailed, result);
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => value(`requests_${end}`));
      const inFlight = rowOf(detailed, result.samples, "in_flight_mean")[0]!;
      const generated = arrivalsFrom(plan, seed, 0);
      expect(value("requests_generated")).toBe(generated);
      expect(ends.reduce((sum, count) => sum + count, inFlight)).toBe(generated);
      expect(value("requests_in_flight")).toBe(inFlight);
      expect(plan.edges.reduce((sum, { id }) => sum + value(`${id}.dropped`), 0)).toBe(value("requests_dropped"));
      expect(value("throughput_per_s")).toBe(value("requests_completed") / plan.horizon_s);
      const errors = ends.slice(1).reduce((sum, count) => sum + count, 0);
      if (errors + ends[0]! > 0) expect(value("error_ratio")).toBe(errors / (errors + ends[0]!));
    });
    fc.assert(law, runs);
  });

  it("run with a warm-up counts the requests generated after it, each once", () => {
    const law = fc.property(anyPlan(), seeds, fc.integer({ min: 1, max: 20 }), (plan, seed, tenths) => {
      const warm = { ...plan, warm_up_s: tenths / 10 };
      const value = runMeasured(warm, seed);
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => value(`requests_${end}`));
      expect(value("requests_generated")).toBe(arrivalsFrom(plan, seed, warm.warm_up_s));
      expect(value("requests_in_flight")).toBeGreaterThanOrEqual(0);
      expect(value("requests_in_flight")).toBeLessThanOrEqual(value("in_flight_max"));
      expect(ends.reduce((sum, count) => sum + count, value("requests_in_flight"))).toBe(value("requests_generated"));
    });
    fc.assert(law, runs);
  });

  it("run keeps cause before effect: no request is faster than the constant parts of its fastest way", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      fc.pre(value("requests_completed") > 0);
      expect(value("latency_s_min")).toBeGreaterThanOrEqual(fastestWay_s(plan) * (1 - 1e-9));
    });
    fc.assert(law, runs);
  });

  it("run conserves work: no core is idle while a request is ready, no more cores and memory are used than there are", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.005 };
      const result = run(detailed, seed, 0);
      const value = measured(detailed, result);
      for (const { id, ram_mb } of plan.servers) {
        const busy = rowOf(detailed, result.samples, `${id}.cpu_utilization_ratio`);
        const ready = rowOf(detailed, result.samples, `${id}.ready_queue_mean`);
        expect(busy.every((share, cell) => share <= 1 && (share === 1 || ready[cell] === 0))).toBe(true);
        expect(value(`${id}.ram_used_mb_max`)).toBeLessThanOrEqual(ram_mb * (1 + 2e-9));
      }
    });
    fc.assert(law, runs);
  });

  it("run meets all that can happen in the plans of these laws", () => {
    const plans = fc.sample(anyPlan(), { ...runs, numRuns: 100 });
    const values = plans.map((plan) => runMeasured(plan, 1));
    const share = (happens: (plan: Plan, value: (name: string) => number) => boolean): number =>
      plans.filter((plan, k) => happens(plan, values[k]!)).length / plans.length;
    const anywhere = (metric: string) =>
      share((plan, value) => plan.servers.some(({ id }) => value(`${id}.${metric}`) > 0));
    expect(anywhere("ready_queue_max")).toBeGreaterThan(0.3);
    expect(anywhere("ram_queue_max")).toBeGreaterThan(0.2);
    expect(anywhere("io_queue_max")).toBeGreaterThan(0.5);
    expect(share((_plan, value) => value("requests_dropped") > 0)).toBeGreaterThan(0.3);
    expect(share((_plan, value) => value("requests_failed") > 0)).toBeGreaterThan(0.1);
    expect(share((_plan, value) => value("requests_completed") > 50)).toBeGreaterThan(0.6);
    expect(share((_plan, value) => value("requests_in_flight") > 0)).toBeGreaterThan(0.2);
  });
});

function withEndpoints(plan: Plan, change: (endpoint: EndpointPlan, position: number) => EndpointPlan): Plan {
  return { ...plan, servers: plan.servers.map((server) => ({ ...server, endpoints: server.endpoints.map(change) })) };
}
