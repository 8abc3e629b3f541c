import { describe, expect, it } from "vitest";
import { PATIENT, type EndpointPlan, type Plan, type PoolPlan, type ServerPlan, type StepPlan } from "../src/index.js";
import { endsOf, gateOf, oneAtATime } from "./gated.js";
import { call, constant, cpu, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";

/** A request, when it comes [s], and what for. */
interface Comer {
  readonly at_s: number;
  readonly endpoint?: string;
  readonly class?: string;
  readonly priority?: number;
}

/** These requests, each from a generator of its own, before a server. */
function comers(list: readonly Comer[], endpoints: readonly EndpointPlan[], more: Partial<ServerPlan> = {}): Plan {
  return planOf({
    horizon_s: 100,
    generators: list.map(({ at_s, endpoint: name = "", class: kind = "", priority = 0 }, k) =>
      generatorOf(
        { kind: "trace", times_s: Float64Array.of(at_s), requests: new Int32Array(0) },
        { id: `source-${k}`, mix: [{ weight: 1, endpoint: name, class: kind, priority }] },
      ),
    ),
    servers: [server("app", endpoints, more)],
    edges: list.map((_comer, k) => edge(`source-${k}`, "app")),
  });
}

/** A second of waiting for each, at two endpoints. */
function twoEndpoints(slow: Partial<EndpointPlan>, fast: Partial<EndpointPlan> = {}): readonly EndpointPlan[] {
  return [endpoint([io(1)], { name: "/slow", ...slow }), endpoint([io(1)], { name: "/fast", ...fast })];
}

describe("run of endpoints with policies of their own", () => {
  it("run limits one endpoint, and who waits there takes no place of the server's", () => {
    const limited = twoEndpoints({ gate: oneAtATime({ capacity: 1 }) });
    const list = [
      { at_s: 0, endpoint: "/slow" },
      { at_s: 0.1, endpoint: "/slow" },
      { at_s: 0.2, endpoint: "/slow" },
      { at_s: 0.3, endpoint: "/fast" },
      { at_s: 0.4, endpoint: "/fast" },
    ];
    const gate = gateOf({ limit: { kind: "fixed", limit: 2 } });
    const { ends, value } = endsOf(comers(list, limited, { gate }));
    // The last one waits for the server's second place, which the first of /slow gives back at 1 s: the second of /slow comes after it.
    expect(ends).toEqual(["completed 1", "completed 2.3", "rejected 0.2", "completed 1.3", "completed 2"]);
    expect(value("app/slow.queue_rejected")).toBe(1);
    expect(value("app/slow.request_queue_max")).toBe(1);
    expect(value("app/slow.request_queue_wait_s_mean")).toBeCloseTo((0 + 0.9) / 2, 3);
    expect(value("app.request_queue_max")).toBe(1);
    expect(value("app.concurrency_max")).toBe(2);
  });

  it("run turns away who comes to an endpoint too fast, and makes others wait, as latency at the server", () => {
    const token = { kind: "token_bucket" as const, rate_per_s: 1, burst: 1, refill: "continuous" as const };
    const leaky = { kind: "leaky_bucket" as const, rate_per_s: 2, queue: 1 };
    const list = [0, 0.1, 0.2].flatMap((at_s) => [
      { at_s, endpoint: "/slow" },
      { at_s, endpoint: "/fast" },
    ]);
    const { ends, value } = endsOf(comers(list, twoEndpoints({ rate_limits: [token] }, { rate_limits: [leaky] })));
    expect(ends).toEqual([
      "completed 1",
      "completed 1",
      "rejected 0.1",
      "completed 1.5",
      "rejected 0.2",
      "rejected 0.2",
    ]);
    expect(value("app/slow.rate_limited")).toBe(2);
    expect(value("app/fast.rate_limited")).toBe(1);
    expect(value("app.requests_completed")).toBe(3);
    expect(value("app.residence_s_mean")).toBeCloseTo((1 + 1 + 1.4) / 3, 9);
  });

  it("run sheds what comes to one endpoint while its requests take too long", () => {
    const shedding = { kind: "latency" as const, above: 0.5, window_s: 1, spare_priority: -1 };
    const list = [
      { at_s: 0, endpoint: "/slow" },
      { at_s: 1.1, endpoint: "/slow" },
      { at_s: 1.1, endpoint: "/fast" },
    ];
    const { ends, value } = endsOf(comers(list, twoEndpoints({ gate: gateOf({ shedding }) })));
    expect(ends).toEqual(["completed 1", "rejected 1.1", "completed 2.1"]);
    expect(value("app/slow.shed")).toBe(1);
  });

  it("run gives up what an endpoint has not begun by its deadline, and what that has called", () => {
    const late = endpoint([cpu(0.3), cpu(0.3), cpu(0.3)], { name: "/cpu", deadline_s: 0.5 });
    const calls = endpoint([call("app-db")], { name: "/call", deadline_s: 0.5 });
    const soon = endpoint([cpu(0.3), io(0.1)], { name: "/soon" });
    const plan = comers(
      [
        { at_s: 0, endpoint: "/cpu" },
        { at_s: 1, endpoint: "/call" },
        { at_s: 3, endpoint: "/soon" },
      ],
      [late, calls, soon],
    );
    const { ends, value } = endsOf({
      ...plan,
      servers: [...plan.servers, server("db", [endpoint([cpu(0.4), cpu(0.4)])])],
      edges: [...plan.edges, edge("app", "db")],
    });
    expect(ends).toEqual(["failed 0.6", "failed 1.5", "completed 3.4"]);
    expect(value("requests_timed_out")).toBe(2);
    // The callee knew that nobody waits any more.
    expect(value("db.cpu_utilization_ratio") * 100).toBeCloseTo(0.8, 9);
  });

  it("run lets the deadline of an endpoint hold there only, and the earlier one of it and the caller's", () => {
    const first = server("first", [endpoint([io(0.4)], { deadline_s: 0.5 })]);
    const second = server("second", [endpoint([io(0.4), io(0.4)])]);
    const chain = (timeout_s: number): Plan =>
      planOf({
        generators: [
          generatorOf(
            { kind: "trace", times_s: Float64Array.of(0), requests: new Int32Array(0) },
            { policy: { ...PATIENT, timeout_s, propagates: timeout_s > 0 } },
          ),
        ],
        servers: [first, second],
        edges: [edge("source", "first"), edge("first", "second")],
      });
    expect(endsOf(chain(0)).ends).toEqual(["completed 1.2"]);
    expect(endsOf(chain(1)).ends).toEqual(["failed 1"]);
  });
});

describe("run of a server that crashes", () => {
  it.each([
    ["server", [endpoint([io(1)])], { gate: oneAtATime({ capacity: 0 }) }],
    ["endpoint", [endpoint([io(1)], { gate: oneAtATime({ capacity: 0 }) })], {}],
  ] as const)("run forgets who was turned away by a gate of its %s before it crashed", (_what, endpoints, more) => {
    const plan = comers([{ at_s: 0 }, { at_s: 0.1 }], endpoints, more);
    const trace = { kind: "trace" as const, times_s: Float64Array.of(0.2), requests: new Int32Array(0) };
    const { ends } = endsOf({
      ...plan,
      // A request at another server is made of what the second one was.
      generators: [...plan.generators, generatorOf(trace, { id: "source-2" })],
      servers: [...plan.servers, server("other", [endpoint([io(1)])])],
      edges: [...plan.edges, edge("source-2", "other")],
      disruptions: [{ kind: "crash", target: "app", start_s: 0.5, end_s: 0.6 }],
    });
    expect(ends).toEqual(["failed 0.5", "rejected 0.1", "completed 1.2"]);
  });
});

describe("run of pools with queues of their own", () => {
  const hold: StepPlan = { kind: "hold", pool: "slots", steps: [io(1)] };
  const pooled = (list: readonly Comer[], pool: Partial<PoolPlan>): Plan =>
    comers(list, [endpoint([hold])], { pools: [{ name: "slots", size: 1, ...pool }] });
  const three = [{ at_s: 0 }, { at_s: 0.1, class: "a", priority: 2 }, { at_s: 0.2, class: "b", priority: 1 }];

  it("run turns away who finds the queue full", () => {
    const { ends, value } = endsOf(pooled(three, { queue: { capacity: 1, discipline: { kind: "fifo" } } }));
    expect(ends).toEqual(["completed 1", "completed 2", "rejected 0.2"]);
    expect(value("app.slots_rejected")).toBe(1);
    expect(value("app.slots_queue_max")).toBe(1);
  });

  it.each([
    ["fifo", { kind: "fifo" as const }, ["completed 1", "completed 2", "completed 3"]],
    ["lifo", { kind: "lifo" as const }, ["completed 1", "completed 3", "completed 2"]],
    ["priority", { kind: "priority" as const }, ["completed 1", "completed 3", "completed 2"]],
    [
      "adaptive_lifo below its limit",
      { kind: "adaptive_lifo" as const, lifo_above: 2 },
      ["completed 1", "completed 2", "completed 3"],
    ],
  ])("run gives a unit to who is next: %s", (_name, discipline, expected) => {
    expect(endsOf(pooled(three, { queue: { capacity: Infinity, discipline } })).ends).toEqual(expected);
  });

  it("run takes who has waited too long out of any place of the queue", () => {
    const queue = { capacity: Infinity, discipline: { kind: "lifo" as const } };
    const { ends, value } = endsOf(pooled(three, { queue, timeout_s: constant(1.5) }));
    expect(ends).toEqual(["completed 1", "failed 1.6", "completed 2"]);
    expect(value("app.slots_timeouts")).toBe(1);
  });

  it("run shares a pool among classes by weight and cost", () => {
    const endpoints = ["/light", "/heavy"].map((name) => endpoint([hold], { name }));
    const discipline = { kind: "weighted_fair" as const, weights: {}, costs: { "/heavy": 3 } };
    const list = Array.from({ length: 5 }, () => [
      { at_s: 0.1, class: "l", endpoint: "/light" },
      { at_s: 0.1, class: "h", endpoint: "/heavy" },
    ]).flat();
    const plan = comers([{ at_s: 0, endpoint: "/light" }, ...list], endpoints, {
      pools: [{ name: "slots", size: 1, queue: { capacity: Infinity, discipline } }],
    });
    const { ends } = endsOf(plan);
    const order = ends.slice(1).map((end, k) => ({ name: "lh"[k % 2], at_s: Number(end.split(" ")[1]) }));
    // One of the light ones of each class first; a heavy one takes as much of its share as three light ones.
    const names = order.toSorted((a, b) => a.at_s - b.at_s).map(({ name }) => name);
    expect(names.join("")).toBe("lhlllhlhhh");
  });
});
