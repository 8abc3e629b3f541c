import { describe, expect, it } from "vitest";
import type { ServerPlan, StepPlan } from "../src/index.js";
import { runMeasured, type Measured } from "./measured.js";
import {
  call,
  calling,
  constant,
  cpu,
  edge,
  endpoint,
  generator,
  io,
  parallel,
  planOf,
  poisson,
  server,
} from "./plans.js";

const callee = (id: string, steps: readonly StepPlan[], more: Partial<ServerPlan> = {}): ServerPlan =>
  server(id, [endpoint(steps)], { cpu_cores: 1000, ...more });
const failing: StepPlan = { kind: "fail" };

/** The latency of requests that do not meet each other; every one takes the same time. */
function latencyOf(value: Measured): number {
  expect(value("requests_completed")).toBeGreaterThan(10);
  expect(value("error_ratio")).toBe(0);
  expect(value("latency_s_min")).toBeCloseTo(value("latency_s_max"), 12);
  return value("latency_s_mean");
}

function latency(steps: readonly StepPlan[], callees: readonly ServerPlan[] = []): number {
  return latencyOf(runMeasured(calling({ rate_per_s: 5, steps, callees, latency_s: constant(0.01) })));
}

describe("run of requests that are answered", () => {
  it("run answers the way that the request came: the edge's latency counts twice", () => {
    expect(latency([cpu(0.004)])).toBeCloseTo(0.01 + 0.004 + 0.01, 12);
  });

  it("run answers with a latency of its own", () => {
    const plan = calling({ rate_per_s: 5, steps: [cpu(0.004)] });
    const edges = [
      edge("source", "client", { latency_s: constant(0.5) }),
      edge("client", "app", { latency_s: constant(0.01), response_latency_s: constant(0.03) }),
    ];
    // The answer ends at the client: the way from the generator counts once.
    expect(latencyOf(runMeasured({ ...plan, edges }))).toBeCloseTo(0.5 + 0.01 + 0.004 + 0.03, 12);
  });

  it("run waits for a call: both edges, the other server's steps, and no core meanwhile", () => {
    const plan = calling({
      rate_per_s: 40,
      steps: [cpu(0.001), call("app-db"), cpu(0.002)],
      callees: [callee("db", [io(0.05)])],
      latency_s: constant(0.01),
      more: { horizon_s: 100 },
    });
    const value = runMeasured(plan);
    expect(value("latency_s_min")).toBeCloseTo(0.02 + 0.001 + 0.02 + 0.05 + 0.002, 12);
    const rate_per_s = value("requests_generated") / 100;
    expect(value("app.cpu_utilization_ratio") * 1000).toBeCloseTo(rate_per_s * 0.003, 2);
    expect(value("app.io_queue_mean")).toBeCloseTo(rate_per_s * 0.07, 1);
    expect(value("db.io_queue_mean")).toBeCloseTo(rate_per_s * 0.05, 1);
  });

  it("run calls through load balancers, one behind another, and comes back the same way", () => {
    const plan = planOf({
      generators: [generator(5)],
      load_balancers: [
        { id: "outer", algorithm: "round_robin" },
        { id: "inner", algorithm: "least_outstanding" },
      ],
      servers: [
        callee("app", [call("app-outer")]),
        callee("one", [io(0.001)]),
        callee("two", [io(0.001)]),
        callee("three", [io(0.001)]),
      ],
      edges: [
        edge("source", "app"),
        edge("app", "outer", { latency_s: constant(0.01) }),
        edge("outer", "inner", { latency_s: constant(0.02) }),
        ...["one", "two", "three"].map((id) => edge("inner", id, { latency_s: constant(0.03) })),
      ],
    });
    const value = runMeasured(plan);
    expect(latencyOf(value)).toBeCloseTo(0.12 + 0.001, 12);
    const shares = ["one", "two", "three"].map((id) => value(`${id}.requests_completed`));
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  it("run calls the endpoint it names, and one by weight where it names none", () => {
    const db = server("db", [
      endpoint([io(0.1)], { name: "slow", weight: 1 }),
      endpoint([io(0.001)], { name: "quick", weight: 0 }),
    ]);
    expect(latency([call("app-db", "quick")], [db])).toBeCloseTo(0.041, 12);
    expect(latency([call("app-db", "slow")], [db])).toBeCloseTo(0.14, 12);
    expect(latency([call("app-db")], [db])).toBeCloseTo(0.14, 12);
  });
});

describe("run of steps in steps", () => {
  it("run goes parallel ways at once and waits for all, any, or some", () => {
    const ways = [0.03, 0.01, 0.02].map((wait) => [io(wait)]);
    expect(latency([parallel(ways)])).toBeCloseTo(0.05, 12);
    expect(latency([parallel(ways, { join: 1 })])).toBeCloseTo(0.03, 12);
    expect(latency([parallel(ways, { join: 2 })])).toBeCloseTo(0.04, 12);
    expect(latency([parallel([[io(0.01), io(0.03)], [parallel([[io(0.05)], [io(0.02)]])]])])).toBeCloseTo(0.07, 12);
  });

  it("run lets go of ways that nobody waits for any more: they end, and no later wait counts them", () => {
    // The slow way ends while the second step waits for two others.
    const first = parallel([[io(0.01)], [io(0.03)]], { join: 1 });
    const second = parallel([[io(0.05)], [io(0.06)]]);
    expect(latency([first, second])).toBeCloseTo(0.02 + 0.01 + 0.06, 12);
  });

  it("run repeats, also in each other, and nothing at all zero times", () => {
    const repeat = (times: number, steps: readonly StepPlan[]): StepPlan => {
      return { kind: "repeat", times: constant(times), steps };
    };
    expect(latency([repeat(3, [io(0.01)])])).toBeCloseTo(0.05, 12);
    expect(latency([repeat(3, [io(0.01), repeat(2, [io(0.02)])]), io(0.001)])).toBeCloseTo(0.02 + 0.15 + 0.001, 12);
    expect(latency([repeat(0, [io(1)]), io(0.001)])).toBeCloseTo(0.021, 12);
    expect(latency([parallel([[repeat(2, [io(0.01)])], [repeat(5, [io(0.01)])]])])).toBeCloseTo(0.07, 12);
  });

  it("run spawns what outlives the answer", () => {
    const plan = calling({
      rate_per_s: 20,
      steps: [{ kind: "spawn", steps: [io(2)] }, io(0.01)],
      more: { horizon_s: 200 },
    });
    const value = runMeasured(plan);
    expect(latencyOf(value)).toBeCloseTo(0.01, 12);
    expect(value("in_flight_mean")).toBeCloseTo(0.2, 1);
    expect(value("app.io_queue_mean") / (2.01 * 20)).toBeCloseTo(1, 1);
  });

  it("run branches by chance, the rest going on", () => {
    const ways = [0.2, 0.3].map((probability, k) => ({ when: { probability }, steps: [io(k + 1)] }));
    const plan = calling({ rate_per_s: 500, steps: [{ kind: "branch", ways }], more: { horizon_s: 100 } });
    const value = runMeasured(plan);
    // 50,000 requests: a mean of .2 * 1 + .3 * 2 s, with a standard error of .0039 s.
    expect(Math.abs(value("latency_s_mean") - 0.8)).toBeLessThan(0.02);
  });

  it("run branches by class, which calls inherit", () => {
    const byClass = (name: string, wait: number): StepPlan => {
      return { kind: "branch", ways: [{ when: { class: name }, steps: [io(wait)] }] };
    };
    const plan = (requestClass: string) =>
      calling({
        rate_per_s: 5,
        steps: [byClass("a", 0.01), parallel([[call("app-db")]])],
        callees: [callee("db", [byClass("a", 0.04), byClass("b", 0.02)])],
        more: { generators: [poisson(5, { mix: [{ weight: 1, endpoint: "", class: requestClass }] })] },
      });
    expect(latencyOf(runMeasured(plan("a")))).toBeCloseTo(0.05, 12);
    expect(latencyOf(runMeasured(plan("b")))).toBeCloseTo(0.02, 12);
    expect(latencyOf(runMeasured(plan("")))).toBe(0);
  });

  it("run gives each request of a mix its endpoint, by weight", () => {
    const app = [endpoint([io(1)], { name: "one" }), endpoint([io(2)], { name: "two" })];
    const mix = [
      { weight: 3, endpoint: "one", class: "" },
      { weight: 1, endpoint: "two", class: "" },
    ];
    const plan = planOf({
      horizon_s: 100,
      generators: [poisson(500, { mix })],
      servers: [server("app", app)],
      edges: [edge("source", "client"), edge("client", "app")],
    });
    expect(Math.abs(runMeasured(plan)("latency_s_mean") - 1.25)).toBeLessThan(0.01);
  });

  it("run holds a unit of a pool: the second waits for the first, without a core", () => {
    const steps: readonly StepPlan[] = [cpu(0.001), { kind: "hold", pool: "lock", steps: [io(0.1)] }];
    const plan = calling({
      rate_per_s: 8,
      steps,
      app: { pools: [{ name: "lock", size: 1 }], cpu_cores: 1 },
      more: { horizon_s: 20_000 },
    });
    const value = runMeasured(plan);
    // M/D/1 of load .8: a wait of .2 s on average.
    expect(value("app.lock_utilization_ratio")).toBeCloseTo(0.8, 2);
    expect(Math.abs(value("app.lock_wait_s_mean") - 0.2)).toBeLessThan(0.008);
    expect(value("app.lock_queue_mean")).toBeCloseTo(value("app.lock_wait_s_mean") * 8, 1);
    expect(value("app.cpu_utilization_ratio")).toBeCloseTo(0.008, 3);
  });

  it("run returns memory early", () => {
    const plan = (steps: readonly StepPlan[]) =>
      planOf({
        horizon_s: 100,
        generators: [generator(10)],
        servers: [server("app", [endpoint(steps, { ram_mb: 100 })])],
        edges: [edge("source", "client"), edge("client", "app")],
      });
    const early = runMeasured(plan([io(0.1), { kind: "release_ram", ram_mb: 60 }, io(0.1)]));
    const late = runMeasured(plan([io(0.1), io(0.1)]));
    expect(early("app.ram_used_mb_mean") / late("app.ram_used_mb_mean")).toBeCloseTo(0.7, 2);
  });
});

describe("run of requests that fail", () => {
  it("run fails a request whose call fails, back where it came from", () => {
    const value = runMeasured(
      calling({ rate_per_s: 5, steps: [call("app-db"), io(9)], callees: [callee("db", [failing])] }),
    );
    expect(value("requests_failed")).toBe(value("requests_generated"));
    expect(value("app.requests_completed")).toBe(value("requests_generated"));
  });

  it("run goes on with what an attempt does instead", () => {
    const attempt: StepPlan = { kind: "attempt", steps: [io(0.01), call("app-db"), io(9)], on_error: [io(0.02)] };
    expect(latency([attempt, io(0.001)], [callee("db", [failing])])).toBeCloseTo(0.02 + 0.01 + 0.02 + 0.021, 12);
  });

  it("run gives a pool's unit back on the way out of a failure", () => {
    const hold: StepPlan = { kind: "hold", pool: "lock", steps: [io(0.01), failing] };
    const plan = calling({ rate_per_s: 5, steps: [hold], app: { pools: [{ name: "lock", size: 1 }] } });
    const value = runMeasured(plan);
    expect(value("requests_failed") + value("requests_in_flight")).toBe(value("requests_generated"));
    expect(value("app.lock_utilization_ratio")).toBeLessThan(0.1);
    expect(value("app.lock_wait_s_mean")).toBeLessThan(0.01);
  });

  it("run fails parallel ways at once or when all have ended, and not while enough can still succeed", () => {
    const ways = [[io(0.01), failing], [io(0.05)]];
    const failed = (step: StepPlan) => latency([{ kind: "attempt", steps: [step], on_error: [] }]);
    expect(failed(parallel(ways))).toBeCloseTo(0.03, 12);
    expect(failed(parallel(ways, { on_error: "collect" }))).toBeCloseTo(0.07, 12);
    expect(failed(parallel(ways, { join: 1 }))).toBeCloseTo(0.07, 12);
    expect(latency([parallel(ways, { join: 1 })])).toBeCloseTo(0.07, 12);
  });

  it("run has no failure where only what was spawned fails", () => {
    expect(latency([{ kind: "spawn", steps: [failing] }, io(0.01)])).toBeCloseTo(0.03, 12);
  });

  it("run tells a caller at once that an edge lost its call", () => {
    const plan = calling({ rate_per_s: 5, steps: [call("app-db")], callees: [callee("db", [io(1)])] });
    const edges = plan.edges.map((link) => ({ ...link, dropout_ratio: link.target === "db" ? 1 : 0 }));
    const value = runMeasured({ ...plan, edges });
    expect(value("requests_dropped")).toBe(value("requests_generated"));
    expect(value("app-db.dropped")).toBe(value("requests_generated"));
    expect(value("db.requests_completed")).toBe(0);
  });

  it("run refuses calls to a server that is down, and answers that", () => {
    const plan = calling({
      rate_per_s: 5,
      steps: [{ kind: "attempt", steps: [call("app-db"), io(9)], on_error: [] }],
      callees: [callee("db", [io(1)])],
      latency_s: constant(0.01),
      more: { disruptions: [{ kind: "server_down", target: "db", start_s: 0, end_s: 20 }] },
    });
    expect(latencyOf(runMeasured(plan))).toBeCloseTo(0.04, 12);
  });
});
