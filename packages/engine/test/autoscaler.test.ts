import { describe, expect, it } from "vitest";
import { run, type AutoscalerPlan, type Plan } from "../src/index.js";
import { Limits } from "../src/kernel/scaling/limits.js";
import { recommend } from "../src/kernel/scaling/recommend.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import { balanced, constant, cpu, endpoint, generatorOf, server } from "./plans.js";
import { scaled } from "./scaled.js";

describe("recommend", () => {
  it.each([
    // The first is row 47 of the known answers: ceil(4 x 0.9 / 0.6).
    { ratio: 0.9 / 0.6, ready: 4, starting: 0, wanted: 6 },
    { ratio: 2, ready: 3, starting: 0, wanted: 6 },
    { ratio: 0.5, ready: 6, starting: 0, wanted: 3 },
    { ratio: 0.51, ready: 6, starting: 0, wanted: 4 },
    { ratio: 1.1, ready: 10, starting: 0, wanted: 10 },
    { ratio: 1.1001, ready: 10, starting: 0, wanted: 12 },
    { ratio: 0.9, ready: 10, starting: 0, wanted: 10 },
    { ratio: 0.8999, ready: 10, starting: 0, wanted: 9 },
    { ratio: 0, ready: 5, starting: 0, wanted: 0 },
    // Those that start count as idle where more are wanted: 4 x 1.5 / 6 = 1, 4 x 3 / 6 = 2, 4 x 1.2 / 6 = 0.8.
    { ratio: 1.5, ready: 4, starting: 2, wanted: 6 },
    { ratio: 3, ready: 4, starting: 2, wanted: 12 },
    { ratio: 1.2, ready: 4, starting: 2, wanted: 6 },
    // And not at all where fewer are.
    { ratio: 0.5, ready: 4, starting: 2, wanted: 2 },
    { ratio: Number.NaN, ready: 4, starting: 1, wanted: 5 },
    { ratio: 9, ready: 0, starting: 3, wanted: 3 },
  ])("recommend gives $wanted for $ready + $starting at $ratio", ({ ratio, ready, starting, wanted }) => {
    expect(recommend(ratio, ready, starting, 0.1)).toBe(wanted);
  });
});

/** Limits of a window of decisions, and policies as [percent or not, value, decisions]. */
function limits(stabilization: number, policies: readonly (readonly [boolean, number, number])[]): Limits {
  const numbers = [
    stabilization,
    policies.length,
    ...policies.flatMap(([percent, value, period]) => [percent ? 1 : 0, value, period]),
  ];
  return new Limits(new NumberReader(Float64Array.from(numbers)));
}

const NONE = limits(1, []);

describe("Limits", () => {
  it("Limits let replicas go as in the documented example: 10 % rounded up a minute, below 40 four", () => {
    const down = limits(1, [
      [false, 4, 4],
      [true, 10, 4],
    ]);
    const steps: number[] = [];
    let current = 80;
    for (let decision = 0; current > 20; decision += 4) {
      for (let k = 0; k < 4; k++) {
        down.begin(decision + k, 10);
        const wanted = down.fewest(current, NONE, decision + k);
        if (k === 0) steps.push(wanted);
        // The rest of the minute nothing more may go.
        else expect(wanted).toBe(current);
        down.change(decision + k, current - wanted);
        current = wanted;
      }
    }
    expect(steps).toEqual([72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20]);
  });

  it("Limits let replicas come by the boldest policy, counted from the beginning of the period", () => {
    const up = limits(1, [
      [true, 100, 1],
      [false, 4, 1],
    ]);
    expect([1, 3, 4, 5, 50].map((current) => up.most(current, NONE, 9))).toEqual([5, 7, 8, 10, 100]);
    const slow = limits(1, [[true, 50, 3]]);
    const taken: number[] = [];
    let current = 10;
    for (let decision = 0; decision < 6; decision++) {
      slow.begin(decision, 99);
      const wanted = slow.most(current, NONE, decision);
      slow.change(decision, wanted - current);
      taken.push(wanted);
      current = wanted;
    }
    // 10 + 5, nothing for two decisions, 15 + 8, nothing.
    expect(taken).toEqual([15, 15, 15, 23, 23, 23]);
  });

  it("Limits take the most cautious recommendation of their window", () => {
    const window = limits(3, []);
    const least: number[] = [];
    const greatest: number[] = [];
    for (const [decision, replicas] of [5, 9, 2, 4, 4, 8].entries()) {
      window.begin(decision, replicas);
      least.push(window.least(decision));
      greatest.push(window.greatest(decision));
    }
    expect(least).toEqual([5, 5, 2, 2, 2, 4]);
    expect(greatest).toEqual([5, 9, 9, 9, 4, 8]);
    expect([NONE.most(7, NONE, 3) > 1e8, NONE.fewest(7, NONE, 3)]).toEqual([true, 0]);
  });
});

/** A request every 10 ms that needs 8 ms, so 0.8 cores, on replicas of one core. */
function steady(more: Partial<AutoscalerPlan>, plan: Partial<Plan> = {}): Plan {
  const servers = [1, 2, 3, 4].map((k) => server(`app-${k}`, [endpoint([cpu(0.008)])], { group: "app" }));
  const base = balanced({ rate_per_s: 1, algorithm: "round_robin", servers });
  const generators = [generatorOf({ kind: "renewal", gap_s: constant(0.01), profile: [] })];
  return scaled(
    { ...base, generators, horizon_s: 60, series_cell_s: 2, ...plan },
    { initial: 1, interval_s: 10, ...more },
  );
}

describe("run of autoscalers", () => {
  it("run starts a replica when the load is above the target, and sends to it when it is ready", () => {
    const plan = steady({ target: 0.5, startup_s: constant(4), usd_per_replica_hour: 3.6 });
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    // At 10 s: 0.8 / 0.5 of one replica is two; 0.4 / 0.5 of two stays two.
    const replicas = Array.from({ length: 30 }, (_, cell) => (cell < 5 ? 1 : 2));
    expect([...rowOf(plan, result.series, "app.replicas_mean")]).toEqual(replicas);
    const ready = Array.from({ length: 30 }, (_, cell) => (cell < 7 ? 1 : 2));
    expect([...rowOf(plan, result.series, "app.replicas_ready_mean")]).toEqual(ready);
    expect(value("app.replicas_mean")).toBeCloseTo(110 / 60, 12);
    expect(value("app.replicas_ready_mean")).toBeCloseTo(106 / 60, 12);
    expect(value("app.replica_hours")).toBeCloseTo(110 / 3600, 12);
    expect(value("app.cost_usd")).toBeCloseTo(0.11, 12);
    expect(value("cost_usd")).toBe(value("app.cost_usd"));
    expect([value("app.scale_ups"), value("app.scale_downs"), value("app.replicas_max")]).toEqual([1, 0, 2]);
    expect(value("app.cpu_utilization_ratio")).toBeCloseTo((0.8 * 60) / 110, 3);
    expect(value("app-1.requests_completed")).toBe(1400 + 2300);
    expect(value("app-3.requests_completed")).toBe(0);
  });

  it("run takes replicas away when no decision of the window wanted them any more, and lets them finish", () => {
    const down = { stabilization_s: 30, policies: [] };
    const plan = steady({ initial: 4, target: 0.5, down });
    const result = run(plan, 1, 0);
    // 0.2 / 0.5 of four is two from 10 s on, but what was wanted at 0 s counts until 30 s.
    const replicas = Array.from({ length: 30 }, (_, cell) => (cell < 15 ? 4 : 2));
    expect([...rowOf(plan, result.series, "app.replicas_mean")]).toEqual(replicas);
    const value = measured(plan, result);
    expect(value("requests_completed") + value("requests_in_flight")).toBe(value("requests_generated"));
    expect(value("requests_failed")).toBe(0);
    // They drain, and run until a decision finds them empty: at 40 s.
    expect(value("app.replica_hours")).toBeCloseTo((4 * 40 + 2 * 20) / 3600, 12);
    expect(value("app-4.requests_completed")).toBe(749);
  });

  it("run does not measure a replica that warms up, and counts it as one that starts", () => {
    const down = { stabilization_s: 0, policies: [] };
    const bounds = [{ from_s: 0, min: 1, max: 4 }];
    const replicas = (warm_up_s: number, target: number): readonly number[] => {
      const plan = steady({ target, warm_up_s, down, bounds, startup_s: constant(1) });
      return [...rowOf(plan, run(plan, 1, 0).series, "app.replicas_mean")].filter((_, cell) => cell % 5 === 0);
    };
    // What there is in each 10 s. At 10 s the only one has 0.8 / 0.35, and becomes three. Each of them has 0.27 from 11 s on, and 0.76 x 3 is three.
    expect(replicas(0, 0.35)).toEqual([1, 3, 3, 3, 3, 3]);
    // With a warm-up only the old one is measured: 0.32 at 20 s is within the tolerance, but 0.27 at 30 s is a reason for 0.76 x 1 replicas, so
    // the others go, and it begins anew at 40 s.
    expect(replicas(25, 0.35)).toEqual([1, 3, 3, 1, 3, 3]);
  });

  it("run uses a measurement when it is old enough, and bounds from their time on", () => {
    const late = steady({ target: 0.5, metric_lag_s: 20 });
    expect(rowOf(late, run(late, 1, 0).series, "app.replicas_mean").indexOf(2)).toBe(15);
    const bounds = [
      { from_s: 0, min: 1, max: 1 },
      { from_s: 25, min: 3, max: 4 },
    ];
    const planned = steady({ target: 0.5, bounds });
    const replicas = Array.from({ length: 30 }, (_, cell) => (cell < 15 ? 1 : 3));
    expect([...rowOf(planned, run(planned, 1, 0).series, "app.replicas_mean")]).toEqual(replicas);
  });

  it.each([
    { metric: "concurrency", target: 0.4, wanted: 2 },
    { metric: "queue_length", target: 0.1, wanted: 1 },
    { metric: "latency_s", target: 0.004, wanted: 2 },
    { metric: "latency_s", target: 0.008, wanted: 1 },
  ] as const)("run reads $metric of $target as a reason for $wanted", ({ metric, target, wanted }) => {
    // One request at a time stays 8 ms, 0.8 of them on average, and none waits: down is ruled out.
    const bounds = [{ from_s: 0, min: 1, max: 2 }];
    expect(runMeasured(steady({ metric, target, bounds }))("app.replicas_max")).toBe(wanted);
  });

  it("run measures across the end of the warm-up", () => {
    const plan = steady({ target: 0.5, startup_s: constant(4) });
    const value = runMeasured({ ...plan, warm_up_s: 5 });
    expect(value("app.replicas_mean")).toBeCloseTo(105 / 55, 12);
    const latency = steady({ metric: "latency_s", target: 0.004, bounds: [{ from_s: 0, min: 1, max: 2 }] });
    expect(runMeasured({ ...latency, warm_up_s: 5 })("app.replicas_mean")).toBeCloseTo(105 / 55, 12);
  });

  it("run starts a replica that drains anew when all others run", () => {
    const bounds = [
      { from_s: 0, min: 4, max: 4 },
      { from_s: 10, min: 1, max: 1 },
      { from_s: 20, min: 4, max: 4 },
    ];
    const servers = [1, 2, 3, 4].map((k) =>
      server(`app-${k}`, [endpoint([{ kind: "io", duration_s: constant(15) }])], { group: "app" }),
    );
    const base = balanced({
      rate_per_s: 10,
      algorithm: "round_robin",
      servers,
      more: { horizon_s: 60, series_cell_s: 2 },
    });
    const plan = scaled(base, { initial: 4, interval_s: 10, target: 1e9, bounds, startup_s: constant(1) });
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    const ready = Array.from({ length: 30 }, (_, cell) => (cell < 5 ? 4 : cell < 10 ? 1 : cell < 11 ? 2.5 : 4));
    expect([...rowOf(plan, result.series, "app.replicas_ready_mean")]).toEqual(ready);
    // None of them ever stopped.
    expect(value("app.replica_hours")).toBeCloseTo(240 / 3600, 12);
    expect(value("requests_completed") + value("requests_in_flight")).toBe(value("requests_generated"));
  });
});
