import { describe, expect, it } from "vitest";
import { metricsOf, run, type DisruptionPlan, type EffectPlan, type FaultPlan, type Plan } from "../src/index.js";
import { arrivalTimes } from "./arrival-times.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import {
  balanced,
  call,
  calling,
  constant,
  cpuOf,
  cpu,
  edge,
  endpoint,
  generator,
  io,
  planOf,
  server,
  singleQueue,
} from "./plans.js";

const seed = 7;
const WORK_S = 0.125;

function timesOf(plan: Plan, source = 0): readonly number[] {
  return arrivalTimes(plan.generators[source]!, plan.horizon_s, seed);
}

/** Arrivals in [from, to). */
function countIn(times: readonly number[], from: number, to: number): number {
  return times.filter((time) => time >= from && time < to).length;
}

function during(start_s: number, end_s: number, effect: EffectPlan): DisruptionPlan {
  return { ...effect, start_s, end_s };
}

function every(time_to_failure_s: number, time_to_repair_s: number, effects: readonly EffectPlan[]): FaultPlan {
  return {
    id: "fault",
    time_to_failure_s: constant(time_to_failure_s),
    time_to_repair_s: constant(time_to_repair_s),
    effects,
  };
}

const crashOf = (target: string): EffectPlan => ({ kind: "crash", target });

/** source -> client -> app -> client, 40 requests/s for 10 s, each of which works for 125 ms beside all others. */
function busy(more: Partial<Plan>): Plan {
  return singleQueue({ rate_per_s: 40, endpoints: [endpoint([io(WORK_S)])], more });
}

describe("crash", () => {
  it("crash loses exactly what is in flight at the server, and what comes until the end", () => {
    const plan = busy({ disruptions: [during(2, 5, crashOf("app"))] });
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    expect(value("requests_failed")).toBe(countIn(times, 2 - WORK_S, 5));
    expect(value("requests_completed")).toBe(countIn(times, 0, 2 - WORK_S) + countIn(times, 5, 10 - WORK_S));
    expect(countIn(times, 2 - WORK_S, 2)).toBeGreaterThan(2);
    expect([value("app.failures"), value("app.down_s"), value("app.availability_ratio")]).toEqual([1, 3, 0.7]);
  });

  it("crash empties queues: for cores, for memory, for units of pools, before the entrance", () => {
    const slow = [cpu(1)];
    const plans: readonly [string, Plan][] = [
      ["ready", singleQueue({ rate_per_s: 40, endpoints: [endpoint(slow)] })],
      ["ram", singleQueue({ rate_per_s: 40, endpoints: [endpoint(slow, { ram_mb: 60 })], ram_mb: 100 })],
      [
        "lock",
        calling({
          rate_per_s: 40,
          steps: [{ kind: "hold", pool: "lock", steps: slow }],
          app: { pools: [{ name: "lock", size: 1 }] },
        }),
      ],
    ];
    for (const [queue, quiet] of plans) {
      const plan = { ...quiet, series_cell_s: 0.5, disruptions: [during(2.25, 2.75, crashOf("app"))] };
      const result = run(plan, seed, 0);
      const row = rowOf(plan, result.samples, `app.${queue}_queue_mean`);
      // At the ends of cells: 2.0, 2.5 and 3.0 s.
      expect(row[3]).toBeGreaterThan(20);
      expect(row[4]).toBe(0);
      expect(row[5]).toBeGreaterThan(0);
      expect(rowOf(plan, result.samples, "in_flight_mean")[4]).toBe(0);
    }
  });

  it("crash empties the queue of event loops that are stopped", () => {
    const pauses = { every_s: constant(1), length_s: constant(5) };
    const event_loops = { count: 1, accept: "shared" } as const;
    const quiet = singleQueue({ rate_per_s: 40, endpoints: [endpoint([cpu(0.001)])] });
    const plan = {
      ...quiet,
      series_cell_s: 0.25,
      servers: quiet.servers.map((it) => ({ ...it, cpu: cpuOf({ pauses, event_loops }) })),
      disruptions: [during(2.125, 2.375, crashOf("app"))],
    };
    const inFlight = rowOf(plan, run(plan, seed, 0).samples, "in_flight_mean");
    // At 2 s all wait who have come since 1 s, at 2.25 s nobody does.
    expect(inFlight[7]).toBeGreaterThan(20);
    expect(inFlight[8]).toBe(0);
  });

  it("crash fails what a load balancer had sent before it knew; server_down lets it finish", () => {
    const sent = (kind: "crash" | "server_down"): Plan =>
      balanced({
        rate_per_s: 40,
        algorithm: "round_robin",
        servers: ["a", "b"].map((id) => server(id, [endpoint([io(WORK_S)])])),
        latency_s: constant(1),
        more: { disruptions: [during(2, 10, { kind, target: "a" })] },
      });
    const times = timesOf(sent("crash"));
    const value = runMeasured(sent("crash"), seed);
    // Of those that were sent before 2 s every other one went to a, and is there until 1.125 s later.
    const ofA = times.filter((time, k) => time < 2 && k % 2 === 0);
    expect(value("requests_failed")).toBe(ofA.filter((time) => time + 1 + WORK_S > 2).length);
    expect(value("a.requests_completed") - value("requests_failed")).toBeLessThan(0.5 * ofA.length);
    expect(runMeasured(sent("server_down"), seed)("requests_failed")).toBe(0);
  });

  it("crash of a callee is a failed call that its caller can handle; what it called itself goes on for nobody", () => {
    const disruptions = [during(2, 5, crashOf("app")), during(7, 8, crashOf("b"))];
    const steps = [{ kind: "attempt", steps: [call("app-b")], on_error: [io(0.001)] } as const];
    const callees = [server("b", [endpoint([io(WORK_S)])], { cpu_cores: 10 })];
    const plan = calling({ rate_per_s: 40, steps, callees, more: { disruptions } });
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    expect(value("requests_failed")).toBe(countIn(times, 2 - WORK_S, 5));
    // A call of somebody who has crashed is served; b leaves as well who is lost in its own crash.
    expect(value("b.requests_completed")).toBe(
      countIn(times, 0, 2) + countIn(times, 5, 10 - WORK_S) - countIn(times, 7, 8),
    );
  });

  it("crash makes a server cold that has to start, and ends its start", () => {
    const cold_start = { start_s: constant(0.5), idle_s: 100 };
    const quiet = calling({ rate_per_s: 40, steps: [], app: { cold_start } });
    const [first] = timesOf(quiet);
    const crash = first! + 0.25;
    const plan = { ...quiet, disruptions: [during(crash, crash + 1, crashOf("app"))] };
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    const second = times.find((time) => time >= crash + 1)!;
    expect(value("app.cold_starts")).toBe(2);
    expect(value("requests_failed")).toBe(countIn(times, 0, crash + 1));
    expect(value("latency_s_max")).toBeCloseTo(0.5, 9);
    expect(value("requests_completed")).toBe(times.length - countIn(times, 0, crash + 1));
    expect(second).toBeGreaterThan(crash + 1);
  });
});

describe("error_spike", () => {
  it("error_spike fails all requests with ratio 1, without any of their work, and none with ratio 0", () => {
    const plan = busy({
      disruptions: [
        during(2, 4, { kind: "error_spike", target: "app", error_ratio: 1 }),
        during(6, 8, { kind: "error_spike", target: "app", error_ratio: 0 }),
      ],
    });
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    expect(value("requests_failed")).toBe(countIn(times, 2, 4));
    expect(value("requests_completed")).toBe(countIn(times, 0, 2) + countIn(times, 4, 10 - WORK_S));
    expect(metricsOf(plan).some(({ name }) => name === "app.failures")).toBe(false);
  });

  it("error_spike twice at a time gives each its chance, and leaves none behind", () => {
    const spike = (start_s: number, end_s: number, error_ratio: number): DisruptionPlan =>
      during(start_s, end_s, { kind: "error_spike", target: "app", error_ratio });
    const more = { horizon_s: 1000, disruptions: [spike(0, 500, 0.5), spike(0, 500, 0.4), spike(100, 200, 1)] };
    const plan = singleQueue({ rate_per_s: 40, endpoints: [endpoint([])], more });
    const times = timesOf(plan);
    const certain = countIn(times, 100, 200);
    const exposed = countIn(times, 0, 500) - certain;
    const failed = runMeasured(plan, seed)("requests_failed") - certain;
    expect(Math.abs(failed - 0.7 * exposed)).toBeLessThan(4 * Math.sqrt(0.21 * exposed));
  });
});

describe("pool_exhaustion", () => {
  it("pool_exhaustion keeps all waiting until units come back, also those with a time limit", () => {
    for (const timeout of [undefined, constant(5)]) {
      const limit = timeout === undefined ? {} : { timeout_s: timeout };
      const plan = calling({
        rate_per_s: 40,
        steps: [{ kind: "hold", pool: "lock", steps: [] }],
        app: { pools: [{ name: "lock", size: 2, ...limit }] },
        more: {
          disruptions: [during(2, 3, { kind: "pool_exhaustion", target: "app", pool: "lock", units: Infinity })],
        },
      });
      const times = timesOf(plan);
      const value = runMeasured(plan, seed);
      const waits = times.filter((time) => time >= 2 && time < 3).map((time) => 3 - time);
      expect(value("requests_completed")).toBe(times.length);
      expect(value("latency_s_max")).toBeCloseTo(Math.max(...waits), 12);
      expect(value("latency_s_mean")).toBeCloseTo(waits.reduce((sum, wait) => sum + wait, 0) / times.length, 12);
      expect(value("app.lock_queue_max")).toBe(waits.length);
    }
  });

  it("pool_exhaustion takes units that are in use when they are given back", () => {
    const plan = calling({
      rate_per_s: 400,
      steps: [{ kind: "hold", pool: "lock", steps: [io(WORK_S)] }],
      app: { pools: [{ name: "lock", size: 3 }] },
      more: {
        series_cell_s: 0.5,
        disruptions: [during(2.01, 8, { kind: "pool_exhaustion", target: "app", pool: "lock", units: 2 })],
      },
    });
    const held = rowOf(plan, run(plan, seed, 0).series, "app.lock_utilization_ratio");
    expect(held[2]).toBeCloseTo(1, 12);
    for (const cell of [5, 10, 15]) expect(held[cell]).toBeCloseTo(1 / 3, 12);
    expect(held[17]).toBeCloseTo(1, 12);
  });
});

describe("slow_down", () => {
  it("slow_down may stretch CPU and I/O steps differently", () => {
    const steps = [cpu(0.05), io(0.1)];
    const slow = during(0, 10, { kind: "slow_down", target: "app", factor: 2, io_factor: 3 });
    const plan = calling({ rate_per_s: 1, steps, more: { disruptions: [slow] } });
    const value = runMeasured(plan, seed);
    expect(value("latency_s_min")).toBeCloseTo(0.4, 12);
    expect(value("latency_s_max")).toBeCloseTo(0.4, 12);
  });
});

describe("gc_storm", () => {
  it("gc_storm makes pauses more frequent at once, and longer from the next one on", () => {
    const pauses = { every_s: constant(2), length_s: constant(0.25) };
    const storm = during(3, 6, { kind: "gc_storm", target: "app", factor: 4, length_factor: 2 });
    const plan = singleQueue({ rate_per_s: 1, endpoints: [endpoint([])], more: { disruptions: [storm] } });
    const paused = { ...plan, servers: plan.servers.map((it) => ({ ...it, cpu: cpuOf({ pauses }) })) };
    const value = runMeasured(paused, seed);
    // Pauses at 2 .. 2.25, in the storm at 3 + 1.25 / 4 = 3.3125 .. 3.8125, 4.3125 .. 4.8125, 5.3125 .. 5.8125, after it at
    // 6 + 4 x 0.3125 = 7.25 .. 7.5 and at 9.5 .. 9.75.
    expect(value("app.paused_ratio")).toBeCloseTo((0.25 + 3 * 0.5 + 2 * 0.25) / 10, 12);
  });
});

describe("faults", () => {
  it("faults come after each time to failure and end after each time to repair", () => {
    const plan = busy({
      warm_up_s: 1,
      series_cell_s: 1,
      faults: [every(3, 1, [{ kind: "server_down", target: "app" }])],
    });
    const times = timesOf(plan);
    const result = run(plan, seed, 0);
    const value = measured(plan, result);
    expect(value("requests_failed")).toBe(countIn(times, 3, 4) + countIn(times, 7, 8));
    expect([value("app.failures"), value("app.down_s")]).toEqual([2, 2]);
    expect(value("app.availability_ratio")).toBeCloseTo(7 / 9, 12);
    expect([...rowOf(plan, result.series, "app.down_ratio")]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0]);
  });

  it("faults have all their effects at once, and count what is no outage apart", () => {
    const effects: readonly EffectPlan[] = [
      crashOf("app"),
      { kind: "slow_down", target: "app", factor: 2 },
      { kind: "network_spike", target: "client-app", spike_s: 0.5 },
    ];
    const plan = busy({ faults: [every(4, 2, effects)], disruptions: [during(5, 7, crashOf("app"))] });
    const value = runMeasured(plan, seed);
    // [4, 7) without a gap: one failure.
    expect([value("app.failures"), value("app.down_s")]).toEqual([1, 3]);
    expect([value("app.impairments"), value("app.impaired_s")]).toEqual([1, 2]);
    expect([value("client-app.impairments"), value("client-app.impaired_s")]).toEqual([1, 2]);
  });

  it("faults whose repair takes no time do not happen", () => {
    const plan = busy({ faults: [every(0.5, 0, [crashOf("app")])] });
    const value = runMeasured(plan, seed);
    expect([value("app.failures"), value("requests_failed")]).toEqual([0, 0]);
  });

  it("faults of one server change no draw of another", () => {
    const chain = (id: string) => ({
      generators: [generator(40, { id: `source-${id}` })],
      clients: [{ id: `client-${id}` }],
      servers: [server(id, [endpoint([cpu({ kind: "exponential", mean: 0.02 })])])],
      edges: [edge(`source-${id}`, `client-${id}`), edge(`client-${id}`, id), edge(id, `client-${id}`)],
    });
    const [a, b] = [chain("a"), chain("b")];
    const parts = ["generators", "clients", "servers", "edges"] as const;
    const quiet = planOf(Object.fromEntries(parts.map((key) => [key, [...a[key], ...b[key]]])));
    const effects: readonly EffectPlan[] = [crashOf("a"), { kind: "error_spike", target: "a", error_ratio: 0.5 }];
    const times = {
      time_to_failure_s: { kind: "exponential", mean: 1 },
      time_to_repair_s: { kind: "exponential", mean: 1 },
    } as const;
    const plan = { ...quiet, faults: [{ id: "fault", ...times, effects }] };
    const [value, expected] = [runMeasured(plan, seed), runMeasured(quiet, seed)];
    for (const { name } of metricsOf(quiet).filter((metric) => metric.component === "b")) {
      expect(value(name)).toBe(expected(name));
    }
    expect(value("a.failures")).toBeGreaterThan(1);
    expect(value("a.requests_completed")).toBeLessThan(expected("a.requests_completed"));
  });
});
