import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expectedRequests,
  faultWindows,
  run,
  type CachePlan,
  type EffectPlan,
  type FaultEffectPlan,
  type FaultPlan,
  type Plan,
} from "../src/index.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import {
  call,
  calling,
  constant,
  cpu,
  cpuOf,
  endpoint,
  exponential,
  generatorOf,
  io,
  poisson,
  server,
} from "./plans.js";
import { replayed } from "./replayed.js";

const seed = 3;

/** Failures every 2 s, but for what is given. */
function fault(effects: readonly FaultEffectPlan[], more: Partial<FaultPlan> = {}): FaultPlan {
  return { id: "fault", time_to_failure_s: constant(2), time_to_repair_s: constant(1), effects, ...more };
}

const atOnce = (effects: readonly FaultEffectPlan[]): FaultPlan => {
  return { id: "fault", time_to_failure_s: constant(2), effects };
};

/** A request every 0.5 s from 0.5 s on. */
const steadily = generatorOf({ kind: "renewal", gap_s: constant(0.5), profile: [] });

/** Requests for one key, which takes no time to fetch. */
function cached(more: Partial<Plan>): Plan {
  const cache: CachePlan = {
    id: "cache",
    keys: { count: 2, draws: constant(1) },
    capacity: Infinity,
    eviction: "lru",
    ttl_s: Infinity,
    renews: false,
    coalesces: false,
  };
  const look: Plan["servers"][number]["endpoints"][number]["steps"] = [
    call("app-cache"),
    { kind: "look_up", cache: "cache", on_miss: [] },
  ];
  const plan = calling({
    rate_per_s: 1,
    steps: [{ kind: "attempt", steps: look, on_error: [] }],
    callees: [server("cache", [endpoint([])])],
    more: { caches: [cache], generators: [steadily] },
  });
  return { ...plan, horizon_s: 10.25, ...more };
}

describe("cache_flush", () => {
  it("cache_flush by chance is over at once, again and again, and is counted", () => {
    const plan = cached({ faults: [atOnce([{ kind: "cache_flush", target: "cache" }])] });
    const value = runMeasured(plan);
    // At 2, 4, 6, 8 and 10 s, before the request of that moment; the first request of all misses, too.
    expect(value("cache.misses")).toBe(6);
    expect(value("cache.hits")).toBe(20 - 6);
    expect([value("cache.impairments"), value("cache.impaired_s")]).toEqual([5, 0]);
    expect(faultWindows(plan, 1, 0).map(({ start_s, end_s }) => [start_s, end_s])).toEqual(
      [2, 4, 6, 8, 10].map((time) => [time, time]),
    );
    expect(() => run(cached({ faults: [atOnce([{ kind: "cache_flush", target: "app" }])] }), 1, 0)).toThrow(
      /there is no such cache/,
    );
  });

  it("cache_flush by chance makes a cache cold that has a curve", () => {
    const curve = { id: "curve", cold_ratio: 0, warm_ratio: 1, half_life_s: 1e-9 };
    const steps = [{ kind: "look_up" as const, cache: "curve", on_miss: [] }];
    const plan = (faults: readonly FaultPlan[]): Plan => {
      return {
        ...calling({ rate_per_s: 1, steps }),
        hit_curves: [curve],
        generators: [steadily],
        horizon_s: 10.25,
        faults,
      };
    };
    expect(runMeasured(plan([]))("curve.misses")).toBe(0);
    expect(runMeasured(plan([atOnce([{ kind: "cache_flush", target: "curve" }])]))("curve.misses")).toBe(5);
  });
});

describe("crash", () => {
  it("crash of a cache empties it, server_down does not", () => {
    const down = (kind: "crash" | "server_down"): Plan => {
      return cached({ disruptions: [{ kind, target: "cache", start_s: 4.1, end_s: 5.1 }] });
    };
    expect(runMeasured(down("server_down"))("cache.misses")).toBe(1);
    const value = runMeasured(down("crash"));
    expect(value("cache.misses")).toBe(2);
    // Nobody looks anything up while it is down, at 4.5 and at 5 s.
    expect(value("cache.hits")).toBe(20 - 2 - 2);
  });

  it("crash ends a pause, and a server that is down begins no work of its own and no pause", () => {
    const background = [{ name: "sweep", every_s: constant(1), cpu_s: constant(0.1) }];
    const pauses = { every_s: constant(2), length_s: constant(1) };
    const plan = (own: object, kind: "crash" | "server_down", start_s: number, end_s: number): Plan => ({
      ...calling({ rate_per_s: 1, steps: [cpu(0.01)], app: { cpu_cores: 1, cpu: cpuOf(own) } }),
      generators: [generatorOf({ kind: "trace", times_s: new Float64Array(0), requests: new Int32Array(0) })],
      disruptions: [{ kind, target: "app", start_s, end_s }],
    });
    // At 1, 2, ... 9 s; not at 3, 4 and 5 s.
    for (const kind of ["crash", "server_down"] as const) {
      const value = runMeasured(plan({ background }, kind, 2.5, 5.5));
      expect(value("app.cpu_utilization_ratio")).toBeCloseTo((6 * 0.1) / 10, 9);
    }
    // From 2, 5 and 8 s on, each for 1 s. The crash ends the second after half of it, so the third begins at 7.5 s.
    expect(runMeasured(plan({ pauses }, "server_down", 5.5, 6))("app.blocked_s")).toBeCloseTo(3, 9);
    expect(runMeasured(plan({ pauses }, "crash", 5.5, 6))("app.blocked_s")).toBeCloseTo(2.5, 9);
    // One that would begin in the crash does not happen: the next comes 2 s later.
    expect(runMeasured(plan({ pauses }, "crash", 4.5, 5.5))("app.blocked_s")).toBeCloseTo(2, 9);
  });
});

describe("traffic_surge", () => {
  it("traffic_surge by chance multiplies the rate in its windows and nowhere else", () => {
    const surge = fault([{ kind: "traffic_surge", target: "source", factor: 3 }], {
      time_to_failure_s: exponential(20),
      time_to_repair_s: exponential(10),
    });
    const plan: Plan = {
      ...calling({ rate_per_s: 1, steps: [] }),
      generators: [poisson(10)],
      horizon_s: 3000,
      faults: [surge],
    };
    const windows = faultWindows(plan, seed, 0);
    const { log, result } = replayed(plan, seed);
    const times = log.filter(({ kind }) => kind === "generated").map(({ t_s }) => t_s);
    const inside = times.filter((time) => windows.some(({ start_s, end_s }) => time >= start_s && time < end_s)).length;
    const surged_s = windows.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);
    expect(Math.abs(inside - 30 * surged_s)).toBeLessThan(4 * Math.sqrt(30 * surged_s));
    const outside_s = 3000 - surged_s;
    expect(Math.abs(times.length - inside - 10 * outside_s)).toBeLessThan(4 * Math.sqrt(10 * outside_s));
    const value = measured(plan, result);
    expect(value("source.impaired_s")).toBeCloseTo(surged_s, 6);
    expect(value("source.impairments")).toBe(windows.length);
    expect(windows.length).toBeGreaterThan(50);
    expect(expectedRequests(plan)).toBeCloseTo(3000 * 10 * ((20 + 3 * 10) / 30), 6);
  });

  it("traffic_surge by factor 1 changes no bit of the requests, and shares the draws of the arrivals whatever the factor", () => {
    const plan: Plan = {
      ...calling({ rate_per_s: 1, steps: [cpu(exponential(0.05))], app: { cpu_cores: 1 } }),
      generators: [poisson(10)],
      horizon_s: 100,
    };
    const surged = (factor: number): Plan => ({
      ...plan,
      faults: [fault([{ kind: "traffic_surge", target: "source", factor }])],
    });
    const metrics = (of: Plan): readonly number[] => {
      const value = runMeasured(of, seed);
      return ["requests_generated", "latency_s_mean", "latency_s_max"].map(value);
    };
    expect(metrics(surged(1))).toEqual(metrics(plan));
    const times = (of: Plan): readonly number[] =>
      replayed(of, seed).log.flatMap(({ kind, t_s }) => (kind === "generated" ? [t_s] : []));
    // Up to the first surge, at 2 s, they are the same.
    const [calm, loud] = [times(plan), times(surged(4))].map((all) => all.filter((time) => time < 2));
    expect(loud).toEqual(calm);
    expect(metrics(surged(4))[0]).toBeGreaterThan(1.5 * metrics(plan)[0]!);
    const closed = {
      ...surged(2),
      generators: [generatorOf({ kind: "trace", times_s: Float64Array.of(1), requests: new Int32Array(0) })],
    };
    expect(() => run(closed, seed, 0)).toThrow(/must have a rate that can change/);
  });
});

describe("memory_leak", () => {
  const leak = (mb_per_s: number, mb_per_request: number): EffectPlan => {
    return { kind: "memory_leak", target: "app", mb_per_s, mb_per_request };
  };
  /** 100 MB, of which each request needs 20 MB for 0.1 s; cells of 1 s. */
  const leaking = (effect: EffectPlan, more: Partial<Plan> = {}): Plan => {
    const plan = calling({
      rate_per_s: 1,
      steps: [],
      more: { generators: [steadily], series_cell_s: 1, horizon_s: 20 },
    });
    return {
      ...plan,
      servers: [server("app", [endpoint([io(0.1)], { ram_mb: 20 })], { ram_mb: 100 })],
      disruptions: [{ ...effect, start_s: 2, end_s: 16 }],
      ...more,
    };
  };
  /** Memory that requests use on average: two a second. */
  const OWN_MB = 2 * 0.1 * 20;

  it("memory_leak takes memory evenly over time, and gives it back at the end", () => {
    const plan = leaking(leak(2, 0));
    const used = rowOf(plan, run(plan, seed, 0).series, "app.ram_used_mb_mean");
    for (const [cell, mb] of used.entries()) {
      if (cell === 0) continue;
      const leaked_mb = cell < 2 || cell >= 16 ? 0 : 2 * (cell - 2) + 1;
      // It grows in steps of 0.1 MB.
      expect(Math.abs(mb - OWN_MB - leaked_mb), `cell ${cell}`).toBeLessThan(0.11);
    }
    expect(runMeasured(plan)("requests_completed")).toBe(39);
  });

  it("memory_leak takes only what is free: then requests wait until it is over", () => {
    const plan = leaking(leak(50, 0));
    const { series, samples } = run(plan, seed, 0);
    expect(rowOf(plan, series, "app.ram_used_mb_mean")[10]).toBeCloseTo(100, 6);
    // Nobody gets 20 MB from 3.6 s on at the latest; everybody does at 16 s.
    expect(rowOf(plan, samples, "app.ram_queue_mean")[14]).toBeGreaterThan(20);
    expect(rowOf(plan, samples, "app.ram_queue_mean")[17]).toBe(0);
    const value = measured(plan, run(plan, seed, 0));
    expect(value("app.ram_used_mb_max")).toBeLessThanOrEqual(100 * (1 + 1e-9));
    expect(value("latency_s_max")).toBeGreaterThan(12);
    expect(value("requests_completed")).toBe(39);
  });

  it("memory_leak takes so much with every request whose work has begun", () => {
    const plan = leaking(leak(0, 1.5));
    const used = rowOf(plan, run(plan, seed, 0).samples, "app.ram_used_mb_mean");
    // At 15 s there have been 26 that ended since 2 s, and one comes at that moment.
    expect(used[14]! % 20).toBeCloseTo((26 * 1.5) % 20, 6);
    expect(used[18]! % 20).toBeCloseTo(0, 6);
    // A request cannot leave more than all memory: then they wait for what is not there.
    const all = leaking(leak(0, 1000));
    expect(rowOf(all, run(all, seed, 0).samples, "app.ram_used_mb_mean")[10]).toBeCloseTo(100, 6);
  });

  it.each([
    ["crash", 8, 10],
    ["server_down", 8, 10],
  ] as const)("memory_leak begins anew after %s", (kind, start_s, end_s) => {
    const plan = leaking(leak(2, 1));
    const both = { ...plan, disruptions: [...plan.disruptions, { kind, target: "app", start_s, end_s }] };
    const used = rowOf(both, run(both, seed, 0).samples, "app.ram_used_mb_mean");
    // Twelve seconds after it began there is as much as two seconds after the restart: 2 MB/s, and 1 MB for each of 4 requests.
    expect(used[11]! % 20).toBeCloseTo(8, 0);
    if (kind === "crash") expect(used[8]).toBeCloseTo(0, 9);
    else expect(used[8]).toBeGreaterThan(20);
  });
});

describe("faultWindows", () => {
  it("faultWindows are the times of the run, to the last bit, for any distributions", () => {
    const any = fc.constantFrom(
      exponential(3),
      constant(1),
      { kind: "uniform" as const, min: 0, max: 4 },
      {
        kind: "lognormal" as const,
        mu: 0,
        sigma: 1,
      },
      constant(0),
    );
    const law = fc.property(any, any, fc.nat(1000), (time_to_repair_s, time_to_failure_s, replication) => {
      fc.pre(time_to_failure_s.kind !== "constant" || time_to_failure_s.value > 0);
      const plan: Plan = {
        ...calling({ rate_per_s: 1, steps: [io(0.1)] }),
        horizon_s: 200,
        faults: [{ id: "x", time_to_failure_s, time_to_repair_s, effects: [{ kind: "crash", target: "app" }] }],
      };
      const { log, result } = replayed(plan, seed, replication);
      const times = (kind: string): readonly number[] =>
        log.filter((it) => it.kind === kind && it.request < 0).map(({ t_s }) => t_s);
      const windows = faultWindows(plan, seed, replication);
      expect(windows.map(({ start_s }) => start_s)).toEqual(times("disrupted"));
      const ends = windows.map(({ end_s }) => end_s).filter((end_s) => end_s < 200);
      expect(ends).toEqual(times("recovered"));
      expect(measured(plan, result)("app.failures")).toBe(windows.length);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });
});
