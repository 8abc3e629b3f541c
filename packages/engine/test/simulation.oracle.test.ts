import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf, metricsOf, run, runPrepared, seriesOf, type Distribution, type Plan } from "../src/index.js";
import { simulationOf } from "../src/simulation.js";
import { arrivalTimes } from "./arrival-times.js";
import { measured, runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import {
  balanced,
  constant,
  cpu,
  edge,
  endpoint,
  exponential,
  generator,
  io,
  planOf,
  server,
  singleQueue,
} from "./plans.js";
import { kieferWolfowitz, lindley, type Served } from "./queue-recursion.js";
import { anyPlan } from "./random-plans.js";
import { Variates } from "./variates.js";

const seed = 20_261_121;
const replication = 3;

function timesOf(plan: Plan): readonly number[] {
  return arrivalTimes(plan.generators[0]!, plan.horizon_s, seed, replication);
}

/** The stream from which a server draws the durations of a step. */
function stream(purpose: string, distribution: Distribution, component = "app"): () => number {
  const variates = new Variates(component, purpose, distribution);
  variates.reset(seed, replication);
  return () => variates.next();
}

/** Compares a run with what the recursion says: `served` in order of arrival, `leave` when each left the system. */
function expectAgreement(plan: Plan, served: readonly Served[], leave: (request: Served) => number): void {
  const value = runMeasured(plan, seed, replication);
  const done = served
    .map((request) => ({ ...request, left: leave(request) }))
    .filter(({ left }) => left < plan.horizon_s);
  const latencies = done.map(({ arrival, left }) => left - arrival);
  const waits = served.filter(({ arrival, wait }) => arrival + wait < plan.horizon_s).map(({ wait }) => wait);
  const mean = latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
  const square = latencies.reduce((sum, latency) => sum + (latency - mean) * (latency - mean), 0) / latencies.length;
  const near = (name: string, expected: number): void => {
    expect(Math.abs(value(name) - expected), `${name}: ${value(name)}`).toBeLessThanOrEqual(1e-9 * expected);
  };
  expect(value("requests_generated")).toBe(served.length);
  expect(value("requests_completed")).toBe(latencies.length);
  expect(latencies.length).toBeGreaterThan(10_000);
  near("latency_s_mean", mean);
  near("latency_s_std", Math.sqrt(square));
  near("latency_s_min", Math.min(...latencies));
  near("latency_s_max", Math.max(...latencies));
  near("app.cpu_wait_s_mean", waits.reduce((sum, wait) => sum + wait, 0) / waits.length);
  const sorted = latencies.toSorted((a, b) => a - b);
  for (const [name, p] of [
    ["p50", 0.5],
    ["p95", 0.95],
    ["p999", 0.999],
  ] as const) {
    const exact = sorted[Math.round(p * (sorted.length - 1))]!;
    expect(Math.abs(value(`latency_s_${name}`) - exact)).toBeLessThanOrEqual(0.003 * exact);
  }
}

describe("run", () => {
  it("run agrees with Lindley's recursion: one core, constant CPU time", () => {
    const plan = singleQueue({ rate_per_s: 80, endpoints: [endpoint([cpu(0.01)])], more: { horizon_s: 300 } });
    const served = lindley(timesOf(plan), () => 0.01);
    expectAgreement(plan, served, ({ end }) => end);
  });

  it("run agrees with Lindley's recursion: one core, exponential CPU time", () => {
    const work = exponential(0.01);
    const plan = singleQueue({ rate_per_s: 90, endpoints: [endpoint([cpu(work)])], more: { horizon_s: 300 } });
    expectAgreement(plan, lindley(timesOf(plan), stream("work#0", work)), ({ end }) => end);
  });

  it.each([2, 3, 8])("run agrees with the recursion of Kiefer and Wolfowitz: %d cores", (cpu_cores) => {
    const work = exponential(0.01);
    const plan = singleQueue({
      rate_per_s: 85 * cpu_cores,
      endpoints: [endpoint([cpu(work)])],
      cpu_cores,
      more: { horizon_s: 100 },
    });
    const served = kieferWolfowitz(timesOf(plan), cpu_cores, stream("work#0", work));
    expectAgreement(plan, served, ({ end }) => end);
  });

  it("run agrees with the recursion: consecutive CPU steps are one burst, an I/O step gives the core back", () => {
    const first = exponential(0.004);
    const second: Distribution = { kind: "lognormal", mu: -5.5, sigma: 0.8 };
    const wait: Distribution = { kind: "uniform", min: 0.01, max: 0.09 };
    const steps = [cpu(first), cpu(second), io(wait), io(0.005)];
    const plan = singleQueue({ rate_per_s: 80, endpoints: [endpoint(steps)], more: { horizon_s: 300 } });
    const one = stream("work#0", first);
    const two = stream("work#1", second);
    const served = lindley(timesOf(plan), () => one() + two());
    const waits = stream("work#2", wait);
    // One core: bursts end in the order in which they begin, so the k-th request takes the k-th I/O time.
    const ioTimes = new Map(served.map((request) => [request.arrival, waits() + 0.005]));
    expectAgreement(plan, served, ({ arrival, end }) => end + ioTimes.get(arrival)!);
  });

  it("run agrees with the recursion of Kiefer and Wolfowitz on memory: 17 requests fit", () => {
    const wait = exponential(0.05);
    const plan = singleQueue({
      rate_per_s: 300,
      endpoints: [endpoint([io(wait)], { ram_mb: 120 })],
      ram_mb: 2048,
      more: { horizon_s: 100 },
    });
    const served = kieferWolfowitz(timesOf(plan), 17, stream("work#0", wait));
    const value = runMeasured(plan, seed, replication);
    const granted = served.filter(({ arrival, wait: waited }) => arrival + waited < plan.horizon_s);
    const done = served.filter(({ end }) => end < plan.horizon_s);
    const meanWait = granted.reduce((sum, { wait: waited }) => sum + waited, 0) / granted.length;
    const meanLatency = done.reduce((sum, { arrival, end }) => sum + end - arrival, 0) / done.length;
    expect(meanWait).toBeGreaterThan(0.005);
    expect(Math.abs(value("app.ram_wait_s_mean") - meanWait)).toBeLessThanOrEqual(1e-9 * meanWait);
    expect(Math.abs(value("latency_s_mean") - meanLatency)).toBeLessThanOrEqual(1e-9 * meanLatency);
    expect(value("requests_completed")).toBe(done.length);
    expect(value("app.ram_used_mb_max")).toBe(17 * 120);
  });

  it("run agrees with Lindley's recursion applied twice: two servers in a row and edges between", () => {
    const work = exponential(0.008);
    const latency: Distribution = constant(0.003);
    const plan = planOf({
      horizon_s: 300,
      generators: [generator(80)],
      servers: [server("app", [endpoint([cpu(work)])]), server("next", [endpoint([cpu(work)])])],
      edges: [
        edge("source", "client", { latency_s: latency }),
        edge("client", "app", { latency_s: latency }),
        edge("app", "next", { latency_s: latency }),
        edge("next", "client", { latency_s: latency }),
      ],
    });
    const start = timesOf(plan);
    const first = lindley(
      start.map((time) => time + 0.006),
      stream("work#0", work),
    );
    const second = lindley(
      first.map(({ end }) => end + 0.003),
      stream("work#0", work, "next"),
    );
    const served = first.map((request, k) => ({ ...request, arrival: start[k]!, last: second[k]!.end + 0.003 }));
    const value = runMeasured(plan, seed, replication);
    const done = served.filter(({ last }) => last < plan.horizon_s);
    const mean = done.reduce((sum, { arrival, last }) => sum + last - arrival, 0) / done.length;
    expect(value("requests_completed")).toBe(done.length);
    expect(Math.abs(value("latency_s_mean") - mean)).toBeLessThanOrEqual(1e-9 * mean);
  });
});

/** Whether no two requests are generated in one moment. */
function sendsOneAtATime({ generators }: Plan): boolean {
  return generators.every(({ arrivals, batch_size }) => {
    return (
      arrivals.kind !== "renewal" &&
      arrivals.kind !== "trace" &&
      batch_size.kind === "constant" &&
      batch_size.value === 1
    );
  });
}

describe("createSimulation", () => {
  it("createSimulation in WebAssembly gives the bits of the same kernel in JavaScript with a naive queue of pending events", () => {
    const law = fc.property(anyPlan(), fc.nat(1000), (plan, root) => {
      const detailed = { ...plan, series_cell_s: 0.1 };
      const naive = simulationOf(detailed, openJavaScriptKernel(detailed, { pending: naivePendingEvents() }));
      expect(run(detailed, root, 1)).toEqual(runPrepared(naive, root, 1));
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it("createSimulation in WebAssembly gives the bits of JavaScript while its memory grows under the host's streams", () => {
    const work: Distribution = { kind: "gamma", shape: 2, scale: 0.05 };
    const endpoints = [endpoint([cpu(work), io(work)], { ram_mb: 1 })];
    const overload = singleQueue({ rate_per_s: 2000, endpoints, ram_mb: 50_000, more: { horizon_s: 40 } });
    const plain = runPrepared(simulationOf(overload, openJavaScriptKernel(overload)), seed, 0);
    const result = run(overload, seed, 0);
    expect(result).toEqual(plain);
    const value = measured(overload, result);
    expect(value("in_flight_max")).toBeGreaterThan(50_000);
  });

  it("createSimulation gives links without latency the order that the queue of pending events would give them", () => {
    // The same latency of 0, but drawn: such a link is not known to have none, and all its messages are scheduled.
    const scheduled = (latency_s: Distribution): Distribution =>
      latency_s.kind === "constant" && latency_s.value === 0 ? { kind: "uniform", min: 0, max: 0 } : latency_s;
    const law = fc.property(anyPlan(), fc.nat(1000), (plan, root) => {
      // Who counts messages on their way sees a difference where several come in one moment: a drawn latency of 0 is one.
      fc.pre(!plan.load_balancers.some(({ algorithm }) => algorithm === "least_in_transit") || sendsOneAtATime(plan));
      const detailed = { ...plan, series_cell_s: 0.1 };
      const edges = plan.edges.map((it) => ({ ...it, latency_s: scheduled(it.latency_s) }));
      const atOnce = run(detailed, root, 1);
      const queued = run({ ...detailed, edges }, root, 1);
      expect(atOnce.events).toBe(queued.events);
      expect(atOnce.histograms).toEqual(queued.histograms);
      const metrics = metricsOf(detailed).map(({ name }, index) => ({ name, index }));
      const differing = metrics.filter(({ index }) => !Object.is(atOnce.metrics[index], queued.metrics[index]));
      for (const { name, index } of differing.filter((it) => !it.name.endsWith(".connections_max"))) {
        // Counting a message in and out in one moment cuts an area in two: the sum may round otherwise.
        expect(name).toMatch(/\.connections_mean$/);
        expect(atOnce.metrics[index]).toBeCloseTo(queued.metrics[index]!, 12);
      }
      const cells = cellsOf(detailed);
      const rowOf = (series: Float64Array, row: number): Buffer =>
        Buffer.from(series.slice(row * cells, (row + 1) * cells).buffer);
      const otherRows = seriesOf(detailed).filter(
        ({ name }, row) =>
          !name.endsWith(".connections_mean") && !rowOf(atOnce.series, row).equals(rowOf(queued.series, row)),
      );
      expect(otherRows.map(({ name }) => name)).toEqual([]);
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it("createSimulation in WebAssembly takes a negative zero for zero", () => {
    const endpoints = [endpoint([cpu(0.01)])];
    const down = (start_s: number): Plan => {
      const disruptions = [{ kind: "server_down", target: "app", start_s, end_s: 5 } as const];
      return singleQueue({ rate_per_s: 10, endpoints, more: { horizon_s: 10, disruptions } });
    };
    expect(runMeasured(down(-0))("requests_failed")).toBeGreaterThan(0);
    expect(run(down(-0), seed, 0)).toEqual(run(down(0), seed, 0));
  });

  it("createSimulation opens a plan that does not fit into the first page of memory", () => {
    const many = balanced({
      rate_per_s: 5000,
      algorithm: "round_robin",
      servers: Array.from({ length: 300 }, (_, k) => server(`app-${k}`, [endpoint([cpu(exponential(0.01))])])),
      more: { horizon_s: 1 },
    });
    expect(run(many, seed, 0)).toEqual(runPrepared(simulationOf(many, openJavaScriptKernel(many)), seed, 0));
  });
});
