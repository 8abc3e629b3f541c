import { describe, expect, it } from "vitest";
import { createSimulation, type AdmissionPlan, type Plan, type RetryPlan, type StepPlan } from "../src/index.js";
import { runMeasured, runOfOneRequest } from "./measured.js";
import { call, calling, constant, cpuOf, endpoint, io, parallel, planOf, server, edge, generator } from "./plans.js";
import { replayed } from "./replayed.js";

const limits = (more: Partial<AdmissionPlan>): AdmissionPlan => {
  return { max_connections: 1_000_000, backlog: 0, ram_per_connection_mb: 0, ...more };
};

/** Requests that do not meet each other, each of which sends three calls at once to a server that takes 0.1 s for one. */
function threeCalls(
  admission: AdmissionPlan,
  more: { join?: number; steps?: readonly StepPlan[]; ram_mb?: number } = {},
): Plan {
  const { join = 3, steps = [io(0.1)], ram_mb = 0 } = more;
  return calling({
    rate_per_s: 0.005,
    steps: [parallel([[call("app-db")], [call("app-db")], [call("app-db")]], { join, on_error: "collect" })],
    callees: [server("db", [endpoint(steps, { ram_mb })], { ram_mb: 100, admission })],
    latency_s: constant(0.01),
    more: { horizon_s: 4000 },
  });
}

describe("run of a server that does not let everybody in", () => {
  it("run lets so many in at once, the others wait in the backlog in their order", () => {
    const value = runMeasured(threeCalls(limits({ max_connections: 1, backlog: 2 })));
    expect(value("requests_completed")).toBeGreaterThan(10);
    expect(value("error_ratio")).toBe(0);
    // To the application and to the database, and back: four times 0.01 s.
    expect(value("latency_s_min")).toBeCloseTo(0.04 + 0.3, 9);
    expect(value("latency_s_max")).toBeCloseTo(0.04 + 0.3, 9);
    expect([value("db.connections_max"), value("db.backlog_max"), value("db.rejected")]).toEqual([1, 2, 0]);
    expect(value("db.backlog_wait_s_mean")).toBeCloseTo((0 + 0.1 + 0.2) / 3, 9);
    expect(value("db.residence_s_mean")).toBeCloseTo((0.1 + 0.2 + 0.3) / 3, 9);
  });

  it("run rejects who finds the backlog full, and answers at once", () => {
    const enough = runMeasured(threeCalls(limits({ max_connections: 1, backlog: 1 }), { join: 2 }));
    expect(enough("error_ratio")).toBe(0);
    expect(enough("latency_s_mean")).toBeCloseTo(0.04 + 0.2, 9);
    expect(enough("db.rejected")).toBe(enough("requests_completed"));
    expect(enough("db.requests_completed")).toBe(2 * enough("db.rejected"));
    const tooFew = runMeasured(threeCalls(limits({ max_connections: 1, backlog: 1 })));
    expect(tooFew("requests_rejected")).toBe(tooFew("requests_generated"));
    expect([tooFew("requests_failed"), tooFew("requests_completed"), tooFew("error_ratio")]).toEqual([0, 0, 1]);
  });

  it("run counts and tells a rejection that nobody waits for an answer to", () => {
    const plan = planOf({
      generators: [generator(2)],
      servers: [server("app", [endpoint([io(1)])], { admission: limits({ max_connections: 1 }) })],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
      horizon_s: 100,
    });
    const value = runMeasured(plan);
    expect(value("requests_rejected")).toBe(value("app.rejected"));
    expect(value("requests_rejected")).toBeGreaterThan(50);
    expect(value("requests_failed")).toBe(0);
    const { log } = replayed(plan, 1);
    const rejections = log.filter(({ kind }) => kind === "rejected");
    expect(rejections.length).toBe(value("app.rejected"));
    expect(new Set(rejections.map(({ component }) => component))).toEqual(new Set(["app"]));
  });

  it("run holds memory with each connection, and who finds none waits in the backlog", () => {
    // Two connections of 30 MB leave the 40 MB that one program needs.
    const admission = limits({ max_connections: 2, backlog: 9, ram_per_connection_mb: 30 });
    const value = runMeasured(threeCalls(admission, { ram_mb: 40 }));
    expect(value("db.ram_used_mb_max")).toBe(100);
    expect([value("db.connections_max"), value("db.ram_queue_max"), value("db.backlog_max")]).toEqual([2, 1, 1]);
    expect(value("latency_s_mean")).toBeCloseTo(0.04 + 0.3, 9);
  });

  it("run lets the backlog in when a program has returned memory before its end", () => {
    const admission = limits({ max_connections: 3, backlog: 9, ram_per_connection_mb: 20 });
    const steps: readonly StepPlan[] = [io(0.1), { kind: "release_ram", ram_mb: 40 }, io(0.1)];
    // 20 + 40, 20, and 20 more: the second waits for 40 MB, and while it does no connection takes memory.
    const value = runMeasured(threeCalls(admission, { ram_mb: 40, steps }));
    expect(value("db.backlog_max")).toBe(1);
    expect(value("db.backlog_wait_s_mean")).toBeCloseTo(0.1 / 3, 9);
    expect(value("latency_s_mean")).toBeCloseTo(0.04 + 0.4, 9);
  });

  it("run gives back the connection of a request that nobody wants any more, wherever it is", () => {
    const hasty = [call("app-db", "", { timeout_s: 0.15, cancels: true })];
    const steps: readonly StepPlan[] = [
      {
        kind: "attempt",
        steps: [parallel([hasty, hasty, hasty], { on_error: "collect" })],
        on_error: [io(1), call("app-db")],
      },
    ];
    // Also where a thread, or an event loop, is what it would get next.
    const kinds = [
      {},
      { threads: 1 },
      { event_loops: { count: 2, accept: "kernel" } },
      { event_loops: { count: 1, accept: "shared" } },
    ] as const;
    for (const kind of kinds) {
      const admission = limits({ max_connections: 1, backlog: 5 });
      const db = server("db", [endpoint([io(0.1)])], { admission, cpu: cpuOf(kind) });
      const value = runOfOneRequest(calling({ rate_per_s: 0.0005, steps, callees: [db], more: { horizon_s: 2000 } }));
      // One is served, one is given up in its step, one in the backlog.
      expect(value("latency_s_mean")).toBeCloseTo(0.15 + 1 + 0.1, 9);
      expect(value("db.connections_mean") * 2000).toBeCloseTo(0.1 + 0.05 + 0 + 0.1, 9);
      expect(value("db.backlog_mean") * 2000).toBeCloseTo(0.1 + 0.15, 9);
      expect(value("db.rejected")).toBe(0);
    }
  });

  it("run lets a caller try again that was rejected", () => {
    const retry: RetryPlan = {
      attempts: 2,
      on: ["rejected"],
      backoff: { kind: "fixed", base_s: 0.07, max_s: 1, jitter: "none" },
      budget_ratio: 0,
      budget_burst: 0,
    };
    const stubborn = [call("app-db", "", { retry })];
    const db = server("db", [endpoint([io(0.1)])], { admission: limits({ max_connections: 1, backlog: 1 }) });
    const steps = [parallel([stubborn, stubborn, stubborn])];
    const value = runOfOneRequest(calling({ rate_per_s: 0.0005, steps, callees: [db], more: { horizon_s: 2000 } }));
    // Rejected at 0, and at 0.07 again: the backlog is full until 0.1.
    expect([value("requests_rejected"), value("db.rejected")]).toEqual([1, 2]);
    const patient = [call("app-db", "", { retry: { ...retry, attempts: 3 } })];
    const more = { rate_per_s: 0.0005, steps: [parallel([patient, patient, patient])], callees: [db] };
    const served = runOfOneRequest(calling({ ...more, more: { horizon_s: 2000 } }));
    // In the backlog from 0.14 on, and in from 0.2 on.
    expect([served("requests_completed"), served("db.rejected")]).toEqual([1, 2]);
    expect(served("latency_s_mean")).toBeCloseTo(0.3, 9);
  });

  it("createSimulation refuses connections that leave no memory for a program", () => {
    const plan = threeCalls(limits({ max_connections: 3, ram_per_connection_mb: 30 }), { ram_mb: 40 });
    expect(() => createSimulation(plan)).toThrow(
      'Cannot resolve server "db": its connections must leave 40 MB for an endpoint: they leave 10 MB',
    );
  });
});
