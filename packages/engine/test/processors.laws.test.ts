import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createSimulation,
  metricsOf,
  run,
  runPrepared,
  type CpuPlan,
  type Plan,
  type RunResult,
} from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { constant, exponential } from "./plans.js";
import { anyCpuPlan, withCpu } from "./random-cpus.js";
import { anyPlan, seedThatDrains } from "./random-plans.js";
import { replayed } from "./replayed.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);
const detailed = (plan: Plan): Plan => ({ ...plan, series_cell_s: 0.1, warm_up_s: 0.4 });

/** What two runs must have in common: all but the number of events and the metrics that only one of the plans has. */
function common(plan: Plan, plain: Plan, seed: number): Partial<RunResult> {
  const result = run(plan, seed, 0);
  const value = measured(plan, result);
  const { series, samples, histograms } = result;
  return { metrics: Float64Array.from(metricsOf(plain), ({ name }) => value(name)), series, samples, histograms };
}

/** CPUs that have all the machinery and no effect. */
const idle: readonly (readonly [string, Partial<CpuPlan>])[] = [
  ["a quota of all cores", { quota: { cores: 3, period_s: 0.05 } }],
  ["pauses that take no time", { pauses: { every_s: exponential(0.02), length_s: constant(0) } }],
  ["pauses that never come", { pauses: { every_s: constant(1e6), length_s: constant(1) } }],
  ["priorities of which there is one", { scheduling: "priority" }],
];

describe("run", () => {
  it.each(idle)("run changes no bit with %s", (_name, cpu) => {
    const law = fc.property(anyPlan().map(detailed), seeds, (plan, seed) => {
      expect(common(withCpu(plan, cpu), plan, seed)).toEqual(common(plan, plan, seed));
    });
    fc.assert(law, runs);
  });

  it("run changes no bit with a slow-down by the factor 1", () => {
    const law = fc.property(anyPlan().map(detailed), seeds, (plan, seed) => {
      const factor = 1;
      const slowings = plan.servers.map(({ id: target }) => {
        return { kind: "slow_down" as const, target, start_s: 0.5, end_s: 1.5, factor };
      });
      const slowed = { ...plan, disruptions: [...plan.disruptions, ...slowings] };
      expect(common(slowed, plan, seed)).toEqual(common(plan, plan, seed));
    });
    fc.assert(law, runs);
  });

  it("run changes no bit with requests that are not in each other's way", () => {
    const law = fc.property(anyPlan().map(detailed), seeds, (plan, seed) => {
      const crowding = { contention_ratio: 0, coherency_ratio: 0 };
      const crowded = { ...plan, servers: plan.servers.map((server) => ({ ...server, crowding })) };
      expect(common(crowded, plan, seed)).toEqual(common(plan, plan, seed));
    });
    fc.assert(law, runs);
  });

  it("run with one event loop on one core changes no latency and no wait, and levels by rounding only", () => {
    const oneCore = anyPlan().map((plan) => ({
      ...detailed(plan),
      servers: plan.servers.map((server) => ({ ...server, cpu_cores: 1 })),
    }));
    const law = fc.property(oneCore, fc.constantFrom("shared", "kernel"), seeds, (plan, accept, seed) => {
      const plain = run(plan, seed, 0);
      const looped = common(withCpu(plan, { event_loops: { count: 1, accept } }), plan, seed);
      expect(looped.histograms).toEqual(plain.histograms);
      for (const [k, value] of plain.metrics.entries()) {
        if (Number.isNaN(value)) expect(looped.metrics![k]).toBeNaN();
        else expect(Math.abs(looped.metrics![k]! - value)).toBeLessThanOrEqual(1e-12 * (1 + value));
      }
    });
    fc.assert(law, runs);
  });

  it("run gives the bits of its replay, of a naive queue of events, and of a simulation that is used again", () => {
    const law = fc.property(anyCpuPlan().map(detailed), seeds, (plan, seed) => {
      const result = run(plan, seed, 1);
      expect(replayed(plan, seed, 1).result).toEqual(result);
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      expect(runPrepared(naive, seed, 1)).toEqual(result);
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 0);
      expect(runPrepared(simulation, seed, 1)).toEqual(result);
    });
    fc.assert(law, lawCases(13));
  });

  it("run obeys Little's law for every server, whatever shares, stops and slows its CPU", () => {
    const law = fc.property(anyCpuPlan({ drains: true }), (plan) => {
      const quiet = {
        ...plan,
        servers: plan.servers.map((server) => ({ ...server, cpu: { ...server.cpu!, background: [] } })),
      };
      const value = runMeasured(quiet, seedThatDrains(quiet));
      fc.pre(value("requests_in_flight") === 0);
      for (const { id, cpu_cores, cpu } of quiet.servers) {
        const threads = cpu.threads === 0 ? 0 : value(`${id}.threads_queue_mean`);
        const queues = value(`${id}.ready_queue_mean`) + value(`${id}.ram_queue_mean`) + threads;
        const inside = queues + value(`${id}.io_queue_mean`) + value(`${id}.cpu_utilization_ratio`) * cpu_cores;
        const visits = value(`${id}.requests_completed`);
        const residence_s = visits === 0 ? 0 : visits * value(`${id}.residence_s_mean`);
        expect(Math.abs(inside * quiet.horizon_s - residence_s)).toBeLessThanOrEqual(1e-9 * (1 + residence_s));
      }
    });
    fc.assert(law, runs);
  });

  it("run conserves work: no core is idle while a request is ready, and work takes its own time where nothing stops it", () => {
    const law = fc.property(anyCpuPlan({ undisturbed: true, drains: true }), (plan) => {
      const seed = seedThatDrains(plan);
      const fine = { ...plan, series_cell_s: 0.005 };
      const result = run(fine, seed, 0);
      const value = measured(fine, result);
      fc.pre(value("requests_in_flight") === 0);
      for (const { id, cpu, cpu_cores } of plan.servers) {
        const busy = rowOf(fine, result.samples, `${id}.cpu_utilization_ratio`);
        const ready = rowOf(fine, result.samples, `${id}.ready_queue_mean`);
        // A loop's own queue may be long while another loop is idle.
        const conserves = cpu!.event_loops === null;
        expect(busy.every((share, cell) => share <= 1 && (!conserves || share === 1 || ready[cell] === 0))).toBe(true);
        if (cpu!.scheduling === "processor_sharing") continue;
        const area_s =
          (value(`${id}.cpu_utilization_ratio`) * cpu_cores + value(`${id}.io_queue_mean`)) * plan.horizon_s;
        const visits = value(`${id}.requests_completed`);
        const served_s = visits === 0 ? 0 : visits * value(`${id}.service_s_mean`);
        expect(Math.abs(area_s - served_s)).toBeLessThanOrEqual(1e-9 * (1 + served_s));
      }
    });
    fc.assert(law, runs);
  });

  it("run meets all that can happen in the plans of these laws", () => {
    const plans = fc.sample(anyCpuPlan(), { ...runs, numRuns: 60 });
    const found = plans.map((plan) => {
      const { metrics } = run(plan, 1, 0);
      return metricsOf(plan).filter((_metric, k) => metrics[k]! > 0);
    });
    const share = (metric: string): number => {
      return found.filter((positive) => positive.some(({ name }) => name.endsWith(`.${metric}`))).length / plans.length;
    };
    expect(share("paused_ratio")).toBeGreaterThan(0.2);
    expect(share("throttled_ratio")).toBeGreaterThan(0.1);
    expect(share("loop_lag_s_mean")).toBeGreaterThan(0.1);
    expect(share("threads_queue_mean")).toBeGreaterThan(0.1);
    expect(share("blocked_s")).toBeGreaterThan(0.3);
  });
});
