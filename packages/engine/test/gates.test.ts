import { describe, expect, it } from "vitest";
import { createSimulation, type RetryPlan, type StepPlan } from "../src/index.js";
import { comers, endsOf, gateOf, oneAtATime, type Comer } from "./gated.js";
import { runMeasured, runOfOneRequest } from "./measured.js";
import { call, calling, constant, cpuOf, edge, endpoint, io, parallel, server, singleQueue } from "./plans.js";

/** Requests at 0, 0.1, 0.2, ... s. */
function tenths(list: readonly Omit<Comer, "at_s">[]): readonly Comer[] {
  return list.map((comer, k) => ({ at_s: k / 10, ...comer }));
}

const four = tenths([{}, {}, {}, {}]);

describe("run of a server with a concurrency limit", () => {
  it("run lets so many begin at once, the others wait, and rejects who finds the queue full", () => {
    const { ends, value } = endsOf(comers(four, oneAtATime({ capacity: 2 })));
    expect(ends).toEqual(["completed 1", "completed 2", "completed 3", "rejected 0.3"]);
    expect([value("app.queue_rejected"), value("app.queue_dropped"), value("app.shed")]).toEqual([1, 0, 0]);
    expect([value("app.concurrency_max"), value("app.request_queue_max"), value("app.concurrency_limit_mean")]).toEqual(
      [1, 2, 1],
    );
    expect(value("app.request_queue_wait_s_mean")).toBeCloseTo((0 + 0.9 + 1.8) / 3, 9);
    expect(value("app.request_queue_mean") * 100).toBeCloseTo(0.9 + 1.8, 9);
    expect(value("app.concurrency_mean") * 100).toBeCloseTo(3, 9);
    expect(value("app.requests_completed")).toBe(3);
    expect(value("app.residence_s_mean")).toBeCloseTo((1 + 1.9 + 2.8) / 3, 9);
  });

  it("run rejects whom it has no place for where nobody may wait", () => {
    const { ends } = endsOf(comers(four, gateOf({ limit: { kind: "fixed", limit: 2 }, queue: { capacity: 0 } })));
    expect(ends).toEqual(["completed 1", "completed 1.1", "rejected 0.2", "rejected 0.3"]);
  });

  it("run takes the newest first: always, or while more than so many wait", () => {
    const lifo = endsOf(comers(four, oneAtATime({ discipline: { kind: "lifo" } })));
    expect(lifo.ends).toEqual(["completed 1", "completed 4", "completed 3", "completed 2"]);
    const discipline = { kind: "adaptive_lifo", lifo_above: 2 } as const;
    const adaptive = endsOf(comers(tenths([{}, {}, {}, {}, {}]), oneAtATime({ discipline })));
    expect(adaptive.ends).toEqual(["completed 1", "completed 4", "completed 5", "completed 3", "completed 2"]);
  });

  it("run takes the lowest priority first, and of equal ones who has come first", () => {
    const priorities = [0, 200, 1, 0, 1].map((priority) => ({ priority }));
    const { ends } = endsOf(comers(tenths(priorities), oneAtATime({ discipline: { kind: "priority" } })));
    expect(ends).toEqual(["completed 1", "completed 5", "completed 3", "completed 2", "completed 4"]);
  });

  it("run drops the oldest of a full queue, of whatever flow", () => {
    const { ends, value } = endsOf(comers(four, oneAtATime({ capacity: 2, when_full: "drop_oldest" })));
    expect(ends).toEqual(["completed 1", "rejected 0.3", "completed 2", "completed 3"]);
    expect([value("app.queue_rejected"), value("app.queue_dropped")]).toEqual([0, 1]);
    const nobody = endsOf(comers(four, oneAtATime({ capacity: 0, when_full: "drop_oldest" })));
    expect(nobody.ends.slice(1)).toEqual(["rejected 0.1", "rejected 0.2", "rejected 0.3"]);
    const priorities = [0, 1, 0, 2].map((priority) => ({ priority }));
    const queue = { capacity: 2, when_full: "drop_oldest", discipline: { kind: "priority" } } as const;
    expect(endsOf(comers(tenths(priorities), oneAtATime(queue))).ends[1]).toBe("rejected 0.3");
  });

  it("run drops the newest of the lowest priority, if that is lower than who has come", () => {
    const priorities = [0, 2, 2, 1, 0, 1, 0, 0].map((priority) => ({ priority }));
    const queue = { capacity: 2, when_full: "drop_lowest_priority", discipline: { kind: "priority" } } as const;
    const { ends, value } = endsOf(comers(tenths(priorities), oneAtATime(queue)));
    // 2 2 | 2 1 | 1 0 | 1 0 without the other 1 | 0 0 | the last 0 finds nobody below it.
    expect(ends).toEqual([
      "completed 1",
      "rejected 0.4",
      "rejected 0.3",
      "rejected 0.6",
      "completed 2",
      "rejected 0.5",
      "completed 3",
      "rejected 0.7",
    ]);
    expect([value("app.queue_dropped"), value("app.queue_rejected")]).toEqual([3, 2]);
    expect(() => createSimulation(comers(four, oneAtATime({ when_full: "drop_lowest_priority" })))).toThrow(
      'Cannot resolve server "app": the discipline of a queue that drops the lowest priority must be "priority": it is "fifo"',
    );
  });

  it("run shares by weight: classes that wait take turns in proportion", () => {
    const classes = ["gold", "gold", "gold", "gold", "silver", "silver", "silver"].map((name) => ({ class: name }));
    const discipline = { kind: "weighted_fair", weights: { gold: 2 } } as const;
    const { ends } = endsOf(comers(tenths(classes), oneAtATime({ discipline })));
    // Virtual starts: gold 0 (at once), .5, 1, 1.5, silver 0, 1, 2; gold is the first of equal ones.
    expect(ends).toEqual([
      "completed 1",
      "completed 3",
      "completed 4",
      "completed 6",
      "completed 2",
      "completed 5",
      "completed 7",
    ]);
  });

  it("run gives a class that was away no credit for that", () => {
    const list = [
      ...[0, 0.1, 0.2, 0.3, 0.4].map((at_s) => ({ at_s, class: "gold" })),
      ...[3.1, 3.2].map((at_s) => ({ at_s, class: "silver" })),
    ];
    const { ends } = endsOf(comers(list, oneAtATime({ discipline: { kind: "weighted_fair", weights: {} } })));
    // Gold has begun at 0, 1, 2, 3 (virtual); silver comes at virtual 3 and begins there, gold goes on at 4, silver at 4.
    expect(ends).toEqual([1, 2, 3, 4, 6, 5, 7].map((t_s) => `completed ${t_s}`));
  });

  it("run meets all deadlines by the earliest first, which no other order does", () => {
    const within = (timeout_s: number): Omit<Comer, "at_s"> => ({ policy: { timeout_s, propagates: true } });
    const limits_s = [5, 1.9, 2.9];
    const list = tenths([{}, ...limits_s.map(within)]);
    const { ends, value } = endsOf(comers(list, oneAtATime({ discipline: { kind: "earliest_deadline" } })));
    expect(ends).toEqual(["completed 1", "completed 4", "completed 2", "completed 3"]);
    expect(value("app.queue_expired")).toBe(0);
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const due = limits_s.map((limit_s, k) => (k + 1) / 10 + limit_s);
    const good = orders.filter((order) => order.every((job, turn) => 2 + turn <= due[job]!));
    expect(good).toEqual([[1, 2, 0]]);
    // In turn, the second and the third are begun just in time to be too late.
    expect(endsOf(comers(list, oneAtATime())).ends).toEqual(["completed 1", "completed 2", "failed 2.1", "failed 3.2"]);
  });

  it("run does not begin what nobody wants any more when its turn comes", () => {
    const list = tenths([{}, { policy: { timeout_s: 0.5, propagates: true } }, {}]);
    const { ends, value } = endsOf(comers(list, oneAtATime()));
    expect(ends).toEqual(["completed 1", "failed 0.6", "completed 2"]);
    expect([value("app.queue_expired"), value("app.concurrency_mean") * 100]).toEqual([1, 2]);
    expect(value("app.request_queue_mean") * 100).toBeCloseTo(0.9 + 0.8, 9);
  });

  it("run takes who is cancelled out of the queue at once, wherever in it; who only gave up stays", () => {
    const hasty = { policy: { timeout_s: 0.5, cancels: true } };
    for (const kind of ["fifo", "lifo", "earliest_deadline", "priority", "weighted_fair"] as const) {
      const discipline = kind === "weighted_fair" ? { kind, weights: {} } : { kind };
      const codel = { target_s: 50, interval_s: 50 };
      for (const queue of [{ discipline }, { discipline, codel }]) {
        const { ends, value } = endsOf(comers(tenths([{}, {}, hasty, {}]), oneAtATime(queue)));
        expect(ends.toSorted()).toEqual(["completed 1", "completed 2", "completed 3", "failed 0.7"]);
        expect(value("app.request_queue_mean") * 100).toBeCloseTo(0.5 + 0.9 + 0.7 + 1, 9);
      }
    }
    const stays = { policy: { timeout_s: 0.5 } };
    const { ends } = endsOf(comers(tenths([{}, stays, {}]), oneAtATime()));
    expect(ends).toEqual(["completed 1", "failed 0.6", "completed 3"]);
  });

  it("run turns away who waits too long: for the target when the queue was not empty during the interval", () => {
    const times_s = [0, 0.1, 0.7, 1.1, 1.2, 1.55, 1.65, 1.95];
    const queue = { codel: { target_s: 0.1, interval_s: 0.5 } };
    const { ends, value } = endsOf(
      comers(
        times_s.map((at_s) => ({ at_s })),
        oneAtATime(queue),
      ),
    );
    expect(ends).toEqual([
      "completed 1",
      "rejected 0.6",
      "completed 2",
      // From here on the queue is not empty until 2.
      "rejected 1.6",
      "rejected 1.7",
      "completed 3",
      // More than the interval later: the target counts.
      "rejected 1.75",
      "rejected 2.05",
    ]);
    expect([value("app.shed"), value("app.queue_rejected")]).toEqual([5, 0]);
  });

  it("run lets in as many as the limit allows when it has risen, and waits when it has fallen", () => {
    const limit = { kind: "aimd", min: 1, max: 10, initial: 1, timeout_s: 1.5, backoff_ratio: 0.5 } as const;
    const burst = Array.from({ length: 8 }, () => ({ at_s: 0 }));
    // One at 0; two from 1; each of them ends well and makes it one more: 3, then 4 of which all that are left are at work.
    const { ends, value } = endsOf(comers(burst, gateOf({ limit })));
    expect(ends).toEqual([1, 2, 2, 3, 3, 3, 3, 4].map((t_s) => `completed ${t_s}`));
    // 1, 2, then 4 from 2 s on; the four that end at 3 s make it 8, and the last one, which began as the fourth, 9.
    expect(value("app.concurrency_limit_mean") * 100).toBeCloseTo(1 + 2 + 4 + 8 + 96 * 9, 9);
    const slow = endsOf(comers(burst, gateOf({ limit: { ...limit, initial: 4, timeout_s: 0.5 } })));
    // Each of the first four halves the limit: 2, 1, 1, 1.
    expect(slow.ends).toEqual([1, 1, 1, 1, 2, 3, 4, 5].map((t_s) => `completed ${t_s}`));
  });

  it("run lowers an adaptive limit for requests that were turned away or met a limit elsewhere, and not for other failures", () => {
    const db = server("db", [endpoint([io(1)])], {
      gate: gateOf({ limit: { kind: "fixed", limit: 1 }, queue: { capacity: 0 } }),
    });
    const limitAfter = (steps: readonly StepPlan[], place: "server" | "endpoint", initial = 16): number => {
      const gate = gateOf({ limit: { kind: "aimd", min: 1, max: 20, initial, timeout_s: 50, backoff_ratio: 0.5 } });
      const app =
        place === "server" ? { gate, endpoints: [endpoint(steps)] } : { endpoints: [endpoint(steps, { gate })] };
      const plan = comers([{ at_s: 0 }, { at_s: 0.5 }, { at_s: 0.75 }], gateOf({}), app);
      const whole = { ...plan, servers: [...plan.servers, db], edges: [...plan.edges, edge("app", "db")] };
      // From 2 s on all of the rest is at this limit.
      const { value } = endsOf({ ...whole, warm_up_s: 2 });
      return value(place === "server" ? "app.concurrency_limit_mean" : "app/work.concurrency_limit_mean");
    };
    for (const place of ["server", "endpoint"] as const) {
      // The second and the third find db taken, at .5 and at .75; none is one of half as many.
      expect(limitAfter([call("app-db")], place)).toBeCloseTo(4, 9);
      // All three wait for half a second and no longer.
      expect(limitAfter([io(0.1), call("app-db", "", { timeout_s: 0.5 })], place)).toBeCloseTo(2, 9);
      expect(limitAfter([io(0.1), { kind: "fail" }], place)).toBeCloseTo(16, 9);
      // One alone is half of 2, and those that end well make it more: 3, and then no more.
      expect(limitAfter([io(0.1)], place, 2)).toBeCloseTo(3, 9);
      expect(limitAfter([io(0.1), { kind: "fail" }], place, 2)).toBeCloseTo(2, 9);
    }
  });

  it("run answers a call that it turns away, and the caller may try again", () => {
    const backoff = { kind: "fixed", base_s: 0.7, max_s: 1, jitter: "none" } as const;
    const retry: RetryPlan = { attempts: 2, on: ["rejected"], backoff, budget_ratio: 0, budget_burst: 0 };
    const asking = [call("app-db", "", { retry })];
    const db = server("db", [endpoint([io(1)])], { gate: oneAtATime({ capacity: 1 }) });
    const steps = [parallel([asking, asking, asking])];
    const plan = calling({ rate_per_s: 0.0005, steps, callees: [db], more: { horizon_s: 2000 } });
    const value = runOfOneRequest(plan);
    // In the queue until 1 s: the third is rejected at 0 and at 0.7.
    expect([value("requests_rejected"), value("db.queue_rejected")]).toEqual([1, 2]);
  });

  it("run gives back all that a request holds that is not begun, or is given up, wherever it is", () => {
    const hasty = [call("app-db", "", { timeout_s: 0.15, cancels: true })];
    const steps = [
      {
        kind: "attempt" as const,
        steps: [parallel([hasty, hasty, hasty, hasty], { on_error: "collect" })],
        on_error: [io(1), call("app-db")],
      },
    ];
    const kinds = [
      {},
      { threads: 1 },
      { event_loops: { count: 2, accept: "kernel" } },
      { event_loops: { count: 1, accept: "shared" } },
    ] as const;
    for (const kind of kinds) {
      for (const entrance of [{}, { admission: { max_connections: 3, backlog: 1, ram_per_connection_mb: 7 } }]) {
        for (const cold_start of [undefined, { start_s: constant(0), idle_s: 1e9 }]) {
          const cold = cold_start === undefined ? {} : { cold_start };
          const more = { ...entrance, ...cold, ram_mb: 100, gate: oneAtATime({ capacity: 1 }), cpu: cpuOf(kind) };
          const db = server("db", [endpoint([io(0.1)], { ram_mb: 60 })], more);
          const value = runOfOneRequest(
            calling({ rate_per_s: 0.0005, steps, callees: [db], more: { horizon_s: 2000 } }),
          );
          // One is served, one is given up at work, two find the queue full, at once or when the backlog lets them in.
          expect(value("latency_s_mean")).toBeCloseTo(0.15 + 1 + 0.1, 9);
          expect(value("db.concurrency_mean") * 2000).toBeCloseTo(0.1 + 0.05 + 0.1, 9);
          expect(value("db.ram_used_mb_mean") * 2000).toBeCloseTo(
            60 * 0.25 + ("admission" in entrance ? 7 * (0.1 + 0.15 + 0.1) : 0),
            9,
          );
          expect(value("db.queue_rejected")).toBe(2);
        }
      }
    }
  });

  it("run of equal servers has their gates together", () => {
    const plan = comers(four, oneAtATime({ capacity: 1 }));
    const group = { group: "set", id: "app-1" };
    const [only] = plan.servers;
    const set = {
      ...plan,
      servers: [
        { ...only!, ...group },
        { ...only!, ...group, id: "app-2" },
      ],
      edges: plan.edges.map((edge, k) => ({ ...edge, target: k % 2 === 0 ? "app-1" : "app-2" })),
    };
    const value = runMeasured(set);
    expect([
      value("set.queue_rejected"),
      value("set.concurrency_limit_mean"),
      value("app-2.concurrency_limit_mean"),
    ]).toEqual([0, 2, 1]);
    expect(value("set.request_queue_wait_s_mean")).toBeCloseTo((0.8 + 0.8) / 4, 9);
  });
});

describe("run of a server that sheds load", () => {
  it("run keeps the utilization near the threshold, whatever comes", () => {
    const shedding = { kind: "utilization", above: 0.7, window_s: 0.5, spare_priority: -1 } as const;
    const endpoints = [endpoint([{ kind: "cpu", duration_s: constant(0.01) }])];
    const plan = singleQueue({ rate_per_s: 300, endpoints, more: { horizon_s: 60, warm_up_s: 10 } });
    const value = runMeasured({ ...plan, servers: plan.servers.map((it) => ({ ...it, gate: gateOf({ shedding }) })) });
    expect(Math.abs(value("app.cpu_utilization_ratio") - 0.7)).toBeLessThan(0.1);
    expect(value("app.shed")).toBe(value("requests_rejected"));
    expect(value("app.shed")).toBeGreaterThan(10_000);
  });

  it("run spares urgent requests while it sheds others because of their latency", () => {
    const shedding = { kind: "latency", above: 0.5, window_s: 1, spare_priority: 0 } as const;
    // The first one ends at 1, and the average is 1 - 1/e then; it fades below 0.5 in 0.23 s.
    const list = [0, 0.9, 1.1, 1.11, 1.3].map((at_s, k) => ({ at_s, priority: k === 3 ? 0 : 1 }));
    const { ends, value } = endsOf(comers(list, gateOf({ shedding })));
    expect(ends).toEqual(["completed 1", "completed 1.9", "rejected 1.1", "completed 2.11", "completed 2.3"]);
    expect([value("app.shed"), value("app.concurrency_max")]).toEqual([1, 3]);
  });
});
