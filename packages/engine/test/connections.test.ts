import { describe, expect, it } from "vitest";
import { createSimulation, type ConnectionPlan, type EdgePlan, type Plan } from "../src/index.js";
import { runMeasured, runOfOneRequest } from "./measured.js";
import {
  call,
  calling,
  constant,
  edge,
  endpoint,
  generator,
  generatorOf,
  io,
  parallel,
  planOf,
  server,
} from "./plans.js";
import { replayed } from "./replayed.js";

const connection: ConnectionPlan = { round_trips: 2, keep_alive_s: 1e9, max_idle: 100 };
/** There 10 ms, back 30 ms. */
const slow = { latency_s: constant(0.01), response_latency_s: constant(0.03) };
const SET_UP_S = 2 * (0.01 + 0.03);

/** source -> client -> app, which answers after 0.1 s; one request in 200 s, so that they do not meet. */
function lonely(more: Partial<ConnectionPlan>, steps = [io(0.1)]): Plan {
  const plan = calling({ rate_per_s: 0.005, steps, more: { horizon_s: 10_000 } });
  const edges = [edge("source", "client"), edge("client", "app", { ...slow, connection: { ...connection, ...more } })];
  return { ...plan, edges };
}

/** source -> app -> the database over an edge with connections; each request sends calls at once, one second before the next ones. */
function bursts(more: Partial<ConnectionPlan>, calls: readonly number[]): Plan {
  const steps = calls.flatMap((count) => [parallel(Array.from({ length: count }, () => [call("app-db")])), io(1)]);
  const plan = calling({
    rate_per_s: 0.0005,
    steps,
    callees: [server("db", [endpoint([io(0.1)])])],
    more: { horizon_s: 2000 },
  });
  const edges = [edge("source", "app"), edge("app", "db", { ...slow, connection: { ...connection, ...more } })];
  return { ...plan, edges };
}

describe("run of an edge with connections", () => {
  it("run saves the round trips of every request but the first, where connections are kept", () => {
    const value = runMeasured(lonely({}));
    const requests = value("requests_completed");
    expect(requests).toBeGreaterThan(20);
    expect(value("latency_s_min")).toBeCloseTo(0.14, 9);
    expect(value("latency_s_max")).toBeCloseTo(0.14 + SET_UP_S, 9);
    expect(value("latency_s_mean")).toBeCloseTo(0.14 + SET_UP_S / requests, 9);
    expect(value("client-app.connections_opened")).toBe(1);
    expect(value("client-app.connections_reused_ratio")).toBeCloseTo((requests - 1) / requests, 12);
    expect(value("client-app.handshake_s_mean")).toBeCloseTo(SET_UP_S, 12);
  });

  it("run sets up a connection for every request where none is kept, or none for so long", () => {
    for (const more of [{ max_idle: 0 }, { keep_alive_s: 0 }]) {
      const value = runMeasured(lonely(more));
      expect(value("latency_s_min")).toBeCloseTo(0.14 + SET_UP_S, 9);
      expect(value("latency_s_max")).toBeCloseTo(0.14 + SET_UP_S, 9);
      expect(value("client-app.connections_opened")).toBe(value("requests_generated"));
      expect(value("client-app.connections_reused_ratio")).toBe(0);
    }
  });

  it("run sets up as many connections as are needed at once, and keeps as many as it may", () => {
    // 3 at once: 3 new. 5 at once: 3 idle and 2 new. 1. 4 at once.
    const unlimited = runOfOneRequest(bursts({}, [3, 5, 1, 4]));
    expect(unlimited("app-db.connections_opened")).toBe(5);
    // 2 stay idle each time: 3 new; 3 new; 0; 2 new.
    expect(runOfOneRequest(bursts({ max_idle: 2 }, [3, 5, 1, 4]))("app-db.connections_opened")).toBe(8);
  });

  it("run closes what has been idle for the keep-alive, and uses the connection that became idle last", () => {
    // Every second one call keeps one of three connections in use; the others are closed after 2.5 s of idleness.
    const kept = runOfOneRequest(bursts({ keep_alive_s: 10 }, [3, 1, 1, 1, 3]));
    expect(kept("app-db.connections_opened")).toBe(3);
    const closed = runOfOneRequest(bursts({ keep_alive_s: 2.5 }, [3, 1, 1, 1, 3]));
    expect(closed("app-db.connections_opened")).toBe(5);
    // The one in use is idle for 1 s at a time.
    expect(runOfOneRequest(bursts({ keep_alive_s: 0.9 }, [3, 1, 1, 1, 3]))("app-db.connections_opened")).toBe(9);
  });

  it.each([
    // The first is answered after 0.1 s and is closed 1 s later. The second takes its place after 3 s, and is used again 0.5 s after that.
    { keep_alive_s: 1, opened: 2 },
    // There is no place for the second while the first is kept, which is used again.
    { keep_alive_s: 10, opened: 2 },
    // The second is closed when it is needed.
    { keep_alive_s: 0.4, opened: 3 },
  ])(
    "run keeps a connection where another has been idle for longer than $keep_alive_s s",
    ({ keep_alive_s, opened }) => {
      const endpoints = [endpoint([io(0.1)], { name: "fast" }), endpoint([io(3)], { name: "slow" })];
      const steps = [parallel([[call("app-db", "fast")], [call("app-db", "slow")]]), io(0.5), call("app-db", "fast")];
      const plan = calling({
        rate_per_s: 0.0005,
        steps,
        callees: [server("db", endpoints)],
        more: { horizon_s: 2000 },
      });
      for (const ram_mb of [0, 1]) {
        const kept = { ...connection, keep_alive_s, max_idle: 1, ram_mb };
        const edges = [edge("source", "app"), edge("app", "db", { ...slow, connection: kept })];
        expect(runOfOneRequest({ ...plan, edges })("app-db.connections_opened")).toBe(opened);
      }
    },
  );

  it("run counts the memory of connections at the server that they leave, idle or not, until they are closed", () => {
    // One request calls three times at once: 0.08 s of set-up, and 0.14 s in use.
    const memory = (more: Partial<ConnectionPlan>) => runOfOneRequest(bursts({ ram_mb: 2, ...more }, [3]));
    const closedLate = memory({ keep_alive_s: 1 });
    expect(closedLate("app.ram_used_mb_max")).toBe(6);
    expect(closedLate("app.ram_used_mb_mean") * 2000).toBeCloseTo(6 * (SET_UP_S + 0.14 + 1), 9);
    expect(memory({ keep_alive_s: 0 })("app.ram_used_mb_mean") * 2000).toBeCloseTo(6 * (SET_UP_S + 0.14), 9);
    const oneKept = memory({ keep_alive_s: 1, max_idle: 1 });
    expect(oneKept("app.ram_used_mb_mean") * 2000).toBeCloseTo(6 * (SET_UP_S + 0.14) + 2, 9);
    expect(memory({})("app.ram_used_mb_mean")).toBeGreaterThan(0);
    expect(runOfOneRequest(bursts({}, [3]))("app.ram_used_mb_max")).toBe(0);
  });

  it.each([
    // The second one waits until the idle connection is closed, sets up another one, and is answered.
    { ram_mb: 4, latency_s: 0.22 + 1 - 0.5 + 0.22 },
    // There is room for both, and the connection is used again.
    { ram_mb: 3, latency_s: 0.22 },
  ])("run lets a request wait for memory until a connection of $ram_mb MB is closed", ({ ram_mb, latency_s }) => {
    const times_s = Float64Array.of(0, 0.5);
    const plan = planOf({
      generators: [generatorOf({ kind: "trace", times_s, requests: new Int32Array(0) })],
      servers: [
        server("app", [endpoint([call("app-db")], { ram_mb: 7 })], { ram_mb: 10 }),
        server("db", [endpoint([io(0.1)])]),
      ],
      edges: [
        edge("source", "client"),
        edge("client", "app"),
        edge("app", "db", { ...slow, connection: { ...connection, keep_alive_s: 1, ram_mb } }),
      ],
    });
    const value = runMeasured(plan);
    expect(value("requests_completed")).toBe(2);
    expect(value("latency_s_max")).toBeCloseTo(latency_s, 9);
  });

  it("run tells of the set-up, which lasts until the request is sent", () => {
    const { log } = replayed(bursts({}, [1]), 1);
    const story = log.filter(({ request }) => request === 2);
    expect(story.slice(0, 3).map(({ kind }) => kind)).toEqual(["called", "connects", "sent"]);
    expect(story[2]!.t_s - story[1]!.t_s).toBeCloseTo(SET_UP_S, 9);
  });

  it("run sets up connections over the edges that a load balancer chooses, and counts the request meanwhile", () => {
    const servers = ["one", "two"].map((id) => server(id, [endpoint([io(0.1)])]));
    const plan = planOf({
      generators: [generator(100)],
      load_balancers: [{ id: "balancer", algorithm: "least_outstanding" }],
      servers,
      edges: [
        edge("source", "balancer"),
        edge("balancer", "one", { ...slow, connection }),
        edge("balancer", "two", slow),
      ],
      horizon_s: 20,
    });
    const value = runMeasured(plan);
    const opened = value("balancer-one.connections_opened");
    expect(opened).toBeGreaterThan(3);
    // Each message took a connection: those that were answered, and some that are still there.
    const messages = opened / (1 - value("balancer-one.connections_reused_ratio"));
    expect(Math.abs(messages - value("one.requests_completed") - 10)).toBeLessThan(20);
    expect(value("latency_s_min")).toBeCloseTo(0.14, 9);
    expect(value("latency_s_max")).toBeCloseTo(0.14 + SET_UP_S, 9);
    expect(value("one.requests_completed") / value("two.requests_completed")).toBeCloseTo(1, 1);
  });

  it("run has a connection back at once where nothing comes back over the edge", () => {
    const plan = planOf({
      generators: [generator(50)],
      servers: [server("app", [endpoint([io(0.1)])])],
      edges: [edge("source", "client", { ...slow, connection }), edge("client", "app"), edge("app", "client")],
    });
    const value = runMeasured(plan);
    // New ones only while the first is set up.
    const first = value("source-client.connections_opened");
    expect(first).toBeGreaterThanOrEqual(1);
    expect(first).toBeLessThan(20);
    expect(value("latency_s_max")).toBeCloseTo(0.11 + SET_UP_S, 9);
    expect(value("latency_s_min")).toBeCloseTo(0.11, 9);
  });

  it("run adds a spike in force to both ways of each round trip", () => {
    const disruption = { kind: "network_spike", target: "client-app", start_s: 0, end_s: 9000, spike_s: 0.5 } as const;
    const value = runMeasured({ ...lonely({ max_idle: 0 }), disruptions: [disruption] });
    // 4 ways of the set-up, one there and one back.
    expect(value("latency_s_max")).toBeCloseTo(0.14 + SET_UP_S + 6 * 0.5, 9);
  });

  it("createSimulation refuses connections that take memory where there is none", () => {
    const message = 'Cannot resolve edge "client-app": connections that take memory must leave a server';
    expect(() => createSimulation(lonely({ ram_mb: 1 }))).toThrow(message);
  });

  it("createSimulation refuses connections of an edge that a server is done with", () => {
    const edges: readonly EdgePlan[] = [
      edge("source", "client"),
      edge("client", "app"),
      edge("app", "client", { connection }),
    ];
    const plan = planOf({ generators: [generator(1)], servers: [server("app", [endpoint([])])], edges });
    expect(() => createSimulation(plan)).toThrow(
      'Cannot resolve edge "app-client": an edge with connections must not be one that a server is done with',
    );
  });
});
