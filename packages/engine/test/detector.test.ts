import { describe, expect, it } from "vitest";
import { PATIENT, run, type DetectorPlan, type GeneratorPlan, type Plan, type SessionPlan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import { calling, constant, cpu, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";
import { replayed } from "./replayed.js";

const DETECTOR: DetectorPlan = {
  id: "detector",
  buffer: { servers: ["app"], capacity: 20 },
  interval_s: 0.1,
  trend_intervals: 5,
  window: 50,
  degraded_ratio: 0.4,
  collapsed_ratio: 0.85,
  latency_growth_ratio: 1,
  failed_ratio: 0.5,
};
const ADMISSION = { max_connections: 1, backlog: 20, ram_per_connection_mb: 0 };

/** Requests every 10 ms, the first of them then, to one server. */
function steady(detector: Partial<DetectorPlan>, parts: Partial<Parameters<typeof calling>[0]>): Plan {
  const plan = calling({ rate_per_s: 1, steps: [cpu(0.005)], app: { cpu_cores: 1, admission: ADMISSION }, ...parts });
  return {
    ...plan,
    generators: [generatorOf({ kind: "renewal", gap_s: constant(0.01), profile: [] })],
    detectors: [{ ...DETECTOR, ...detector }],
  };
}

/** What a detector says at each of these samples. */
interface Sample {
  readonly waiting: number;
  readonly refused?: number;
  /** Latencies of what left since the last one [s]; -1 for a failure. */
  readonly left?: readonly number[];
}

function states(detector: Partial<DetectorPlan>, samples: readonly Sample[]): readonly number[] {
  const kernel = openJavaScriptKernel(steady(detector, {}));
  kernel.reset(1, 0);
  const watcher = kernel.system.detection.detectors[0]!;
  const { record } = kernel.system.admissions[0]!;
  return samples.map(({ waiting, refused = 0, left = [] }, k) => {
    record.backlog.change(waiting - record.backlog.value, k);
    record.rejected += refused;
    for (const latency_s of left) watcher.observe(latency_s, latency_s < 0);
    watcher.sample(k);
    return watcher.state;
  });
}

const waiting = (...levels: readonly number[]): readonly Sample[] => levels.map((level) => ({ waiting: level }));

describe("Detector", () => {
  // Of 20 places 8 are 40 %, 17 are 85 %.
  it.each([
    ["is degraded from 40 % on", {}, waiting(7, 8, 17, 8, 7), [0, 1, 1, 1, 0]],
    ["collapses over 85 % while the queue grows", {}, waiting(17, 18, 17, 18), [1, 2, 1, 2]],
    [
      "stays collapsed over 85 % while the queue shrinks",
      { trend_intervals: 1 },
      waiting(20, 19, 18, 17, 8),
      [2, 2, 2, 1, 1],
    ],
    [
      "does not collapse over 85 % when the queue has shrunk since the trend began",
      { trend_intervals: 1, degraded_ratio: 0.85, collapsed_ratio: 0.85 },
      waiting(17, 17, 17),
      [1, 1, 1],
    ],
    [
      "asks for growth over the whole trend",
      { trend_intervals: 2, collapsed_ratio: 0.5, latency_growth_ratio: 1e9 },
      // 10 is not over a half; the 11 at the end stand against the 12 two intervals before.
      [...waiting(10, 12), ...waiting(10, 12), ...waiting(10, 11)],
      [1, 2, 1, 1, 1, 1],
    ],
    [
      "counts what was turned away as growth",
      { trend_intervals: 2, collapsed_ratio: 0.5 },
      [...waiting(10, 12, 10, 12, 10), { waiting: 11, refused: 2 }],
      [1, 2, 1, 1, 1, 2],
    ],
    [
      "collapses when the percentile of a window is more than twice that of the one before",
      { window: 2 },
      [
        { waiting: 1, left: [1, 1] },
        { waiting: 1, left: [2, 2] },
        { waiting: 1, left: [4.1, 4.1] },
        { waiting: 1 },
        { waiting: 0 },
        { waiting: 0, left: [5, 5] },
      ],
      [0, 0, 2, 2, 0, 0],
    ],
    [
      "takes no latency from failures",
      { window: 1 },
      [
        { waiting: 1, left: [1, -1] },
        { waiting: 1, left: [-1] },
        { waiting: 1, left: [3] },
      ],
      [0, 0, 2],
    ],
  ] as const)("Detector %s", (_, detector, samples, expected) => {
    expect(states(detector, samples)).toEqual(expected);
  });
});

describe("run of detectors", () => {
  it("run detects a scripted collapse at the first look after the queue is over 85 % full", () => {
    // From 10 s on a step takes 20 ms: the queue grows by 50 a second.
    const slow = { kind: "slow_down", target: "app", start_s: 10, end_s: 12, factor: 4 } as const;
    const more = { disruptions: [slow], horizon_s: 20, series_cell_s: 0.5 };
    const plan = steady({ latency_growth_ratio: 1e9 }, { more });
    const { log, result } = replayed(plan, 1);
    const inBacklog = new Set<number>();
    const over = log.find(({ kind, request }) => {
      if (kind === "waits_in_backlog") inBacklog.add(request);
      else if (kind === "admitted") inBacklog.delete(request);
      return inBacklog.size > 17;
    });
    const value = measured(plan, result);
    const first_s = value("detector.first_collapse_s");
    expect(first_s).toBeCloseTo(0.1 * Math.ceil(over!.t_s / 0.1), 12);
    expect(first_s).toBeGreaterThan(10.3);
    expect(first_s).toBeLessThan(10.5);
    expect(value("detector.first_degraded_s")).toBeLessThan(first_s);
    expect([value("detector.collapses"), value("detector.cause_congestion")]).toEqual([1, 1]);
    expect([value("detector.state_worst"), value("detector.state_last")]).toEqual([2, 0]);
    // It is over when the queue is: 20 wait at 12 s, 100 a second leave.
    expect(value("detector.collapsed_s")).toBeCloseTo(12 - first_s, 0);
    const series = rowOf(plan, result.samples, "detector.state_mean");
    expect([series[18], series[21], series[22], series[30]]).toEqual([0, 2, 2, 0]);
  });

  it("run detects no later than a window of completions that latency has more than doubled, though nothing waits", () => {
    const slow = { kind: "slow_down", target: "app", start_s: 10, end_s: 15, factor: 3 } as const;
    const more = { disruptions: [slow], horizon_s: 20 };
    const plan = steady({ buffer: { servers: ["app"], capacity: 10 } }, { steps: [io(0.01)], app: {}, more });
    const value = runMeasured(plan);
    expect(value("detector.first_collapse_s")).toBeGreaterThan(10);
    // 50 completions take half a second, the first slow one 30 ms, and the next look is after them.
    expect(value("detector.first_collapse_s")).toBeLessThanOrEqual(10 + 0.5 + 0.03 + 0.1);
    expect(value("detector.cause_latency_cascade")).toBe(1);
    // After a window more the slow ones are what they are compared with.
    expect(value("detector.collapsed_s")).toBeCloseTo(0.5, 0);
    expect(value("detector.fill_ratio_max")).toBe(0);
    expect(runMeasured({ ...plan, disruptions: [] })("detector.state_worst")).toBe(0);
  });

  it("run lays a collapse to starvation when nothing is completed, to overflow when requests are turned away, to failures", () => {
    const stopped = { kind: "slow_down", target: "app", start_s: 10, end_s: 11, factor: 1e6 } as const;
    const starved = runMeasured(steady({ trend_intervals: 1 }, { more: { disruptions: [stopped], horizon_s: 12 } }));
    expect([starved("detector.collapses"), starved("detector.cause_worker_starvation")]).toEqual([1, 1]);
    const burst = generatorOf({ kind: "renewal", gap_s: constant(10), profile: [] }, { batch_size: constant(30) });
    const burdened = runMeasured({ ...steady({}, {}), generators: [burst], horizon_s: 12 });
    expect([burdened("detector.collapses"), burdened("detector.cause_queue_overflow")]).toEqual([1, 1]);
    const failing = steady({}, { steps: [cpu(0.02), { kind: "fail" }] });
    const value = runMeasured({ ...failing, horizon_s: 12 });
    // It is full from the beginning on, and then never less than that.
    expect([value("detector.collapses"), value("detector.cause_fault_propagation")]).toEqual([1, 1]);
  });

  it("run begins anew with the end of the warm-up", () => {
    const plan = steady({}, { steps: [cpu(0.02)], more: { warm_up_s: 4, horizon_s: 10 } });
    const value = runMeasured(plan);
    expect(value("detector.first_collapse_s")).toBe(4);
    expect([value("detector.collapsed_s"), value("detector.collapses")]).toEqual([6, 0]);
  });

  it("run refuses a buffer of servers and a throttle by detectors that are not there", () => {
    expect(() => run(steady({ buffer: { servers: ["b"], capacity: 1 } }, {}), 1, 0)).toThrow(/there is no server "b"/);
    const throttle = { detector: "other", degraded_delay_s: 1, collapsed_delay_s: 1 };
    const plan = steady({}, {});
    const generators = plan.generators.map((generator) => ({ ...generator, throttle }));
    expect(() => run({ ...plan, generators }, 1, 0)).toThrow(/there is no detector "other"/);
  });
});

/** A detector that says degraded all the time. */
const ALWAYS = { ...DETECTOR, degraded_ratio: 0 };
const THROTTLE = { detector: "detector", degraded_delay_s: 0.5, collapsed_delay_s: 9 };

function throttled(generator: GeneratorPlan, more: Partial<Plan> = {}): Plan {
  return planOf({
    generators: [{ ...generator, throttle: THROTTLE }],
    servers: [server("app", [endpoint([io(0.25)])])],
    edges: [edge("source", "client"), edge("client", "app")],
    detectors: [ALWAYS],
    horizon_s: 10.2,
    ...more,
  });
}

function timesOf(plan: Plan): readonly number[] {
  return replayed(plan, 1).log.flatMap(({ kind, t_s }) => (kind === "generated" ? [Math.round(1e6 * t_s) / 1e6] : []));
}

describe("run of throttled generators", () => {
  it("run lengthens every gap of an open generator after its first request", () => {
    const plan = throttled(generatorOf({ kind: "renewal", gap_s: constant(1), profile: [] }));
    expect(timesOf(plan)).toEqual([1, 2.5, 4, 5.5, 7, 8.5, 10]);
    const value = runMeasured(plan);
    expect([value("source.throttled"), value("source.throttled_s")]).toEqual([7, 3.5]);
    const trace = { kind: "trace", times_s: Float64Array.of(1, 1, 3), requests: Int32Array.of() } as const;
    expect(timesOf(throttled(generatorOf(trace)))).toEqual([1, 1.5, 4]);
  });

  it("run makes a user wait after each thought", () => {
    const session: SessionPlan = { think_s: constant(1), requests: { kind: "endless" }, on_failure: "continue" };
    const closed = generatorOf({ kind: "closed", population: 1 }, { session });
    // 1 s of thought, 0.5 s of waiting, 0.25 s for the answer.
    expect(timesOf(throttled(closed))).toEqual([1.5, 3.25, 5, 6.75, 8.5]);
    expect(runMeasured(throttled(closed))("latency_s_max")).toBeCloseTo(0.25, 9);
    const inOrder = { ...session, requests: { kind: "in_order" } } as const;
    const mix = ["work", "work"].map((name) => ({ weight: 1, endpoint: name, class: "" }));
    const sessions = generatorOf({ kind: "renewal", gap_s: constant(4), profile: [] }, { session: inOrder, mix });
    expect(timesOf(throttled(sessions))).toEqual([4.5, 6.25, 8.5]);
    const drawn = { ...session, requests: { kind: "drawn", length: constant(2) } } as const;
    expect(timesOf(throttled({ ...sessions, session: drawn }))).toEqual([4.5, 6.25, 8.5]);
  });

  it("run lets each of a number of users send so many requests and leave", () => {
    const session: SessionPlan = {
      think_s: constant(1),
      requests: { kind: "limited", count: 2 },
      on_failure: "continue",
    };
    const closed = generatorOf({ kind: "closed", population: 3 }, { session });
    const free = { ...throttled(closed), generators: [closed] };
    expect(timesOf(free)).toEqual([1, 1, 1, 2.25, 2.25, 2.25]);
    const value = runMeasured(free);
    expect(value("requests_completed")).toBe(6);
    expect(value("source.users_thinking_mean")).toBeCloseTo(6 / 10.2, 9);
    expect(timesOf(throttled(closed))).toEqual([1.5, 1.5, 1.5, 3.25, 3.25, 3.25]);
  });
});

describe("run of injectors", () => {
  const injector = {
    drop_ratio: 0,
    pressure_drop_ratio: 0,
    capacity: 1,
    latency_ratio: 0,
    latency_s: constant(0.1),
    error_ratio: 0,
  };
  const plain = calling({ rate_per_s: 100, steps: [io(0.01)], more: { horizon_s: 50 } });
  const withInjector = (more: Partial<typeof injector>): Plan => ({
    ...plain,
    servers: plain.servers.map((it) => ({ ...it, injector: { ...injector, ...more } })),
  });

  it("run fails what a certain injector drops, before the server, and what it strikes, after its wait", () => {
    const dropped = runMeasured(withInjector({ drop_ratio: 1 }));
    expect(dropped("requests_failed")).toBe(dropped("requests_generated"));
    expect([dropped("app.injected_drops"), dropped("app.requests_completed")]).toEqual([dropped("requests_failed"), 0]);
    const plan = withInjector({ latency_ratio: 1, error_ratio: 1 });
    const struck = runMeasured(plan);
    expect(struck("requests_completed")).toBe(0);
    expect(struck("app.residence_s_mean")).toBeCloseTo(0.1, 9);
    expect(struck("app.injected_errors")).toBe(struck("app.requests_completed"));
    const slowed = runMeasured(withInjector({ latency_ratio: 1 }));
    expect([slowed("latency_s_min"), slowed("latency_s_max")].map((s) => Math.round(1e9 * s))).toEqual([11e7, 11e7]);
    expect(slowed("app.service_s_mean")).toBeCloseTo(0.11, 9);
  });

  it("run gives a struck request back to a caller that handles its failure", () => {
    const callee = server("other", [endpoint([io(0.01)])], { injector: { ...injector, error_ratio: 1 } });
    const step = { kind: "call", edge: "app-other", endpoint: "", policy: PATIENT } as const;
    const steps = [{ kind: "attempt", steps: [step], on_error: [io(0.3)] }] as const;
    const value = runMeasured(calling({ rate_per_s: 20, steps, callees: [callee], more: { horizon_s: 20 } }));
    expect(value("requests_failed")).toBe(0);
    expect(value("latency_s_mean")).toBeCloseTo(0.3, 9);
  });

  it("run drops by chance, in the share that was asked for", () => {
    const value = runMeasured(withInjector({ drop_ratio: 0.2, latency_ratio: 0.3, error_ratio: 0.1 }));
    const arrived = value("requests_generated");
    const near = (found: number, count: number, ratio: number): void =>
      expect(Math.abs(found / count - ratio)).toBeLessThanOrEqual(4 * Math.sqrt((ratio * (1 - ratio)) / count));
    near(value("app.injected_drops"), arrived, 0.2);
    const begun = arrived - value("app.injected_drops");
    near(value("app.injected_delays"), begun, 0.3);
    near(value("app.injected_errors"), begun, 0.1);
  });
});
