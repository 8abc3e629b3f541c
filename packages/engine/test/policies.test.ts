import { describe, expect, it } from "vitest";
import {
  createSimulation,
  PATIENT,
  run,
  runPrepared,
  type CallPolicy,
  type Plan,
  type RetryPlan,
  type ServerPlan,
  type StepPlan,
} from "../src/index.js";
import { runMeasured, type Measured } from "./measured.js";
import { call, calling, constant, cpu, edge, endpoint, io, parallel, planOf, poisson, server } from "./plans.js";

const retry = (attempts: number, more: Partial<RetryPlan> = {}): RetryPlan => ({
  attempts,
  on: ["failed", "dropped", "rejected", "timed_out"],
  backoff: { kind: "fixed", base_s: 0.01, max_s: 10, jitter: "none" },
  budget_ratio: 0,
  budget_burst: 0,
  ...more,
});
const callee = (id: string, steps: readonly StepPlan[], more: Partial<ServerPlan> = {}): ServerPlan =>
  server(id, [endpoint(steps)], { cpu_cores: 1000, ...more });
/** Fails with this probability. */
const flaky = (probability: number): StepPlan => {
  return { kind: "branch", ways: [{ when: { probability }, steps: [{ kind: "fail" }] }] };
};

/** app calls db, which takes these steps, with a policy. */
function asking(steps: readonly StepPlan[], policy: Partial<CallPolicy>, more: Partial<Plan> = {}): Measured {
  const plan = calling({ rate_per_s: 5, steps: [call("app-db", "", policy)], callees: [callee("db", steps)], more });
  return runMeasured(plan);
}

/** source -> client -> app, which answers; the generator has the policy. */
function sending(app: ServerPlan, policy: Partial<CallPolicy>, more: Partial<Plan> = {}): Plan {
  return planOf({
    generators: [poisson(20, { policy: { ...PATIENT, ...policy } })],
    servers: [app],
    edges: [edge("source", "client"), edge("client", app.id)],
    ...more,
  });
}

describe("run of callers that give up", () => {
  it("run ends a call at its time limit, and one that is answered at that very moment is in time", () => {
    const late = asking([io(2)], { timeout_s: 0.5 });
    expect(late("requests_timed_out") + late("requests_in_flight")).toBe(late("requests_generated"));
    expect(late("app-db.timeouts")).toBe(late("requests_timed_out"));
    expect(late("in_flight_mean")).toBeCloseTo(late("requests_generated") * 0.05, 0);
    const inTime = asking([io(0.5)], { timeout_s: 0.5 });
    expect(inTime("requests_timed_out")).toBe(0);
    expect(inTime("latency_s_max")).toBeCloseTo(0.5, 12);
  });

  it("run without cancellation goes on with what nobody waits for, and counts it as zombie work", () => {
    const value = asking([cpu(2)], { timeout_s: 0.5 });
    expect(value("db.requests_completed")).toBeGreaterThan(20);
    expect(value("db.zombie_cpu_ratio")).toBe(1);
    expect(value("db.visits_cpu_s")).toBeCloseTo(2 * value("db.requests_completed"), 6);
    expect(asking([cpu(0.2)], { timeout_s: 0.5 })("db.zombie_cpu_ratio")).toBe(0);
  });

  it("run with cancellation ends it at once, wherever it is: in a step, on an edge, in a queue, waiting for others", () => {
    const inStep = asking([cpu(2)], { timeout_s: 0.5, cancels: true });
    expect(inStep("db.cpu_utilization_ratio") * 1000 * 10).toBeCloseTo(0.5 * inStep("requests_timed_out"), -1);
    expect(inStep("db.visits_cpu_s")).toBeCloseTo(0.5 * inStep("requests_timed_out"), 9);
    expect(inStep("db.service_s_mean")).toBeCloseTo(0.5, 9);
    const deep = calling({
      rate_per_s: 5,
      steps: [call("app-db", "", { timeout_s: 0.5, cancels: true })],
      callees: [
        callee("db", [parallel([[io(9)], [call("db-disk")]])]),
        callee("disk", [{ kind: "hold", pool: "arm", steps: [io(9)] }], { pools: [{ name: "arm", size: 1 }] }),
      ],
    });
    const plan = {
      ...deep,
      edges: [
        ...deep.edges.filter(({ target }) => target !== "disk"),
        edge("db", "disk", { latency_s: constant(0.1) }),
      ],
      horizon_s: 50,
    };
    const value = runMeasured(plan);
    expect(value("requests_timed_out") + value("requests_in_flight")).toBe(value("requests_generated"));
    // None is in a step for longer than .5 s, and who waits for the arm gives it back when it comes.
    expect(value("db.io_queue_max")).toBeLessThan(40);
    expect(value("disk.arm_queue_max")).toBeLessThan(20);
    expect(value("disk.io_queue_mean")).toBeLessThan(1);
  });

  it("run gives back all that a cancelled request holds: cores, memory, pools", () => {
    const steps: readonly StepPlan[] = [{ kind: "hold", pool: "lock", steps: [cpu(0.3)] }];
    const app = server("app", [endpoint(steps, { ram_mb: 10 })], {
      ram_mb: 10_000,
      pools: [{ name: "lock", size: 1 }],
    });
    const value = runMeasured(sending(app, { timeout_s: 0.1, cancels: true }, { horizon_s: 200 }));
    expect(value("requests_completed")).toBe(0);
    // At most those who came within the last time limit are there at once.
    expect(value("app.ram_used_mb_max")).toBeLessThan(200);
    expect(value("app.lock_utilization_ratio")).toBeCloseTo(value("app.cpu_utilization_ratio"), 9);
    expect(value("app.cpu_utilization_ratio")).toBeLessThan(1);
  });

  it("run saves no more of a retry budget than its burst while nothing fails", () => {
    // Some 500 calls go well, and then some 50 fail: each is worth a tenth of a retry, and two are in store.
    const spike = { kind: "error_spike", target: "db", error_ratio: 1, start_s: 100, end_s: 110 } as const;
    const policy = { retry: retry(2, { budget_ratio: 0.1, budget_burst: 2 }) };
    const value = asking([io(0.001)], policy, { disruptions: [spike], horizon_s: 110 });
    const failed = value("requests_failed");
    expect(failed).toBeGreaterThan(30);
    const retries = value("app-db.retries");
    expect(retries).toBeGreaterThanOrEqual(2);
    expect(retries).toBeLessThanOrEqual(2 + 0.1 * failed);
  });

  it("run tells a deadline to those who are called: they begin nothing after it", () => {
    const plan = (propagates: boolean) =>
      calling({
        rate_per_s: 5,
        steps: [call("app-db", "", { timeout_s: 0.5, propagates })],
        callees: [callee("db", [io(0.4), io(0.2), cpu(0.1)])],
        more: { horizon_s: 40 },
      });
    const told = runMeasured(plan(true));
    const untold = runMeasured(plan(false));
    expect(told("db.visits_cpu_s")).toBe(0);
    expect(told("db.residence_s_mean")).toBeCloseTo(0.6, 9);
    expect(untold("db.residence_s_mean")).toBeCloseTo(0.7, 9);
    expect(untold("db.zombie_cpu_ratio")).toBe(1);
    expect(told("requests_timed_out")).toBe(untold("requests_timed_out"));
  });

  it("run waits for an answer no longer than the deadline that it was told, whatever its own time limit", () => {
    const caller = { ...PATIENT, timeout_s: 0.3, propagates: true };
    const plan = calling({
      rate_per_s: 5,
      steps: [call("app-db", "", { timeout_s: 1 })],
      callees: [callee("db", [io(2)])],
      more: { generators: [poisson(5, { policy: caller })], horizon_s: 40 },
    });
    const value = runMeasured(plan);
    expect(value("app-db.timeouts")).toBeGreaterThan(100);
    expect(value("app.residence_s_mean")).toBeCloseTo(0.3, 9);
  });

  it("run tells a deadline on to branches, and to those who are called without a time limit", () => {
    const caller = { ...PATIENT, timeout_s: 0.3, propagates: true };
    const late = [io(0.4), cpu(0.1)];
    const value = (steps: readonly StepPlan[]): Measured =>
      runMeasured(
        calling({
          rate_per_s: 5,
          steps,
          callees: [callee("db", late)],
          more: { generators: [poisson(5, { policy: caller })], horizon_s: 40 },
        }),
      );
    expect(value([call("app-db")])("db.residence_s_mean")).toBeCloseTo(0.4, 9);
    expect(value([call("app-db")])("db.visits_cpu_s")).toBe(0);
    expect(value([parallel([late])])("app.visits_cpu_s")).toBe(0);
  });

  it("run of a generator that gives up counts its requests as timed out, and latency from the first attempt", () => {
    const value = runMeasured(sending(callee("app", [io(1)]), { timeout_s: 0.3, retry: retry(2) }));
    expect(value("requests_timed_out") + value("requests_in_flight")).toBe(value("requests_generated"));
    expect(value("in_flight_mean") / value("requests_generated")).toBeCloseTo(0.061, 2);
    const late = runMeasured(sending(callee("app", [io(0.2)]), { timeout_s: 0.3, retry: retry(2) }));
    expect(late("latency_s_max")).toBeCloseTo(0.2, 12);
  });

  it("run of a generator with a policy completes what comes back over edges of its own", () => {
    const plan = sending(callee("app", [io(0.1)]), { timeout_s: 0.3, retry: retry(3) });
    const forward = { ...plan, edges: [...plan.edges, edge("app", "client", { latency_s: constant(0.05) })] };
    const value = runMeasured(forward);
    expect(value("latency_s_min")).toBeCloseTo(0.15, 12);
    expect(value("requests_completed") + value("requests_in_flight")).toBe(value("requests_generated"));
  });
});

describe("run of callers that try again", () => {
  it("run tries failed calls again: 1 - f^A succeed, in (1 - f^A) / (1 - f) attempts", () => {
    for (const [f, attempts, success, mean] of [
      [0.1, 3, 0.999, 1.11],
      [0.5, 3, 0.875, 1.75],
      [1, 4, 0, 4],
    ] as const) {
      const more = { horizon_s: 4000 };
      const value = asking([flaky(f)], { retry: retry(attempts) }, more);
      const n = value("app-db.calls");
      expect(n).toBeGreaterThan(19_000);
      const within = 4 * Math.sqrt((success * (1 - success)) / n);
      expect(Math.abs(1 - value("error_ratio") - success)).toBeLessThanOrEqual(within);
      expect(Math.abs(value("app-db.attempts_per_call") - mean)).toBeLessThanOrEqual((4 * attempts) / 2 / Math.sqrt(n));
    }
  });

  it("run multiplies the load of a total failure by attempts to the power of layers", () => {
    const edges = ["app-b", "b-c"];
    const policy = { retry: retry(3, { backoff: { kind: "fixed", base_s: 0, max_s: 0, jitter: "none" } }) };
    const plan = planOf({
      generators: [poisson(20, { policy: { ...PATIENT, ...policy } })],
      servers: [
        callee("app", [call("app-b", "", policy)]),
        callee("b", [call("b-c", "", policy)]),
        callee("c", [{ kind: "fail" }]),
      ],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "b"), edge("b", "c")],
    });
    const value = runMeasured(plan);
    expect(value("c.requests_completed")).toBe(27 * value("requests_generated"));
    for (const id of edges) expect(value(`${id}.attempts_per_call`)).toBe(3);
  });

  it("run keeps retries within their budget: 10 % for each of three layers multiply the load by 1.1^3 at most", () => {
    const policy = { retry: retry(3, { budget_ratio: 0.1, budget_burst: 10 }) };
    const plan = planOf({
      horizon_s: 200,
      generators: [poisson(20, { policy: { ...PATIENT, ...policy } })],
      servers: [
        callee("app", [call("app-b", "", policy)]),
        callee("b", [call("b-c", "", policy)]),
        callee("c", [{ kind: "fail" }]),
      ],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "b"), edge("b", "c")],
    });
    const value = runMeasured(plan);
    const amplification = value("c.requests_completed") / value("requests_generated");
    expect(amplification).toBeLessThanOrEqual(1.331);
    expect(amplification).toBeGreaterThan(1.32);
  });

  it("run waits before it tries again: fixed, twice as long each time, and at most the maximum", () => {
    const lasting = (kind: "fixed" | "exponential", max_s: number): number => {
      const policy = { retry: retry(5, { backoff: { kind, base_s: 0.1, max_s, jitter: "none" } }) };
      const attempt: StepPlan = { kind: "attempt", steps: [call("app-db", "", policy)], on_error: [] };
      const value = runMeasured(
        calling({
          rate_per_s: 1,
          steps: [attempt],
          callees: [callee("db", [{ kind: "fail" }])],
          more: { horizon_s: 60 },
        }),
      );
      return value("latency_s_max");
    };
    expect(lasting("fixed", 10)).toBeCloseTo(0.4, 12);
    expect(lasting("exponential", 10)).toBeCloseTo(0.1 + 0.2 + 0.4 + 0.8, 12);
    expect(lasting("exponential", 0.3)).toBeCloseTo(0.1 + 0.2 + 0.3 + 0.3, 12);
  });

  it("run draws jitter: full has half the mean of none, equal three quarters, decorrelated stays between base and maximum", () => {
    const mean = (kind: "fixed" | "decorrelated", jitter: "full" | "equal" | "none"): Measured => {
      const policy = { retry: retry(2, { backoff: { kind, base_s: 0.1, max_s: 0.25, jitter } }) };
      const attempt: StepPlan = { kind: "attempt", steps: [call("app-db", "", policy)], on_error: [] };
      return runMeasured(
        calling({
          rate_per_s: 20,
          steps: [attempt],
          callees: [callee("db", [{ kind: "fail" }])],
          more: { horizon_s: 500 },
        }),
      );
    };
    const [full, equal] = [mean("fixed", "full"), mean("fixed", "equal")];
    // Of 10,000 draws the extremes are nearer to the ends than a hundredth of the width but once in 10^43, and none is beyond.
    expect(full("latency_s_mean")).toBeCloseTo(0.05, 2);
    expect(full("latency_s_min")).toBeLessThan(0.001);
    expect(full("latency_s_max")).toBeGreaterThan(0.099);
    expect(full("latency_s_max")).toBeLessThan(0.1);
    expect(equal("latency_s_mean")).toBeCloseTo(0.075, 2);
    expect(equal("latency_s_min")).toBeGreaterThanOrEqual(0.05);
    expect(equal("latency_s_min")).toBeLessThan(0.0505);
    expect(equal("latency_s_max")).toBeGreaterThan(0.0995);
    expect(equal("latency_s_max")).toBeLessThan(0.1);
    const decorrelated = mean("decorrelated", "none");
    // Uniform on [.1, .3) and cut at .25: .1 to .25 with mean .175 in three of four, .25 in one.
    expect(decorrelated("latency_s_mean")).toBeCloseTo(0.19375, 2);
    expect(decorrelated("latency_s_max")).toBeCloseTo(0.25, 12);
    expect(decorrelated("latency_s_min")).toBeGreaterThanOrEqual(0.1);
  });

  it("run tries again only what fails in a way that is worth it", () => {
    const value = asking([{ kind: "fail" }], { retry: retry(3, { on: ["timed_out"] }) });
    expect(value("app-db.retries")).toBe(0);
    const late = asking([io(9)], { timeout_s: 0.1, retry: retry(3, { on: ["timed_out"] }) });
    expect(late("app-db.attempts_per_call")).toBeCloseTo(3, 0);
  });

  it("run does not change by a bit with policies that never act", () => {
    const plan = (policy: Partial<CallPolicy>): Plan =>
      calling({
        rate_per_s: 50,
        steps: [cpu({ kind: "exponential", mean: 0.01 }), call("app-db", "", policy), cpu(0.001)],
        callees: [callee("db", [io({ kind: "exponential", mean: 0.02 })])],
        app: { cpu_cores: 1 },
        latency_s: { kind: "exponential", mean: 0.003 },
        more: { horizon_s: 100 },
      });
    const plain = runMeasured(plan({}));
    const never = { timeout_s: 1e6, cancels: true, propagates: true, retry: retry(5) };
    const guarded = runMeasured(plan(never));
    for (const name of [
      "latency_s_mean",
      "latency_s_p99",
      "requests_completed",
      "app.ready_queue_mean",
      "db.io_queue_mean",
    ]) {
      expect(guarded(name)).toBe(plain(name));
    }
  });
});

describe("runPrepared of callers that give up", () => {
  it("runPrepared cancels what has no event in this run, though it had one when the run before ended", () => {
    // A run ends amid a hundred spawned steps; calls of the next are made of what those were, and give up in a queue.
    const steps: readonly StepPlan[] = [
      { kind: "spawn", steps: [io(5)] },
      { kind: "spawn", steps: [call("app-db")] },
      call("app-db", "", { timeout_s: 0.5, cancels: true }),
    ];
    const plan = calling({ rate_per_s: 20, steps, callees: [callee("db", [cpu(1)], { cpu_cores: 1 })] });
    const simulation = createSimulation(plan);
    for (const replication of [0, 1]) {
      expect(runPrepared(simulation, 1, replication)).toEqual(run(plan, 1, replication));
    }
  });
});
