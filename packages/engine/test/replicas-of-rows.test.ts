import { describe, expect, it } from "vitest";
import type { Plan, StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { call, calling, constant, edge, endpoint, exponential, generatorOf, io, poisson, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

const ROW = { table: "stock", draws: constant(0) };
const write: StepPlan = { ...call("app-writes", "query"), lock: ROW } as StepPlan;
const read: StepPlan = { ...call("app-reads", "query"), read: ROW } as StepPlan;
const transaction = (...steps: readonly StepPlan[]): StepPlan => ({ kind: "transaction", servers: ["db"], steps });

/** Writes go to the primary, or who takes its place after 5 s; reads to a replica. A query takes 1 s, and is seen there 2 s later. */
function replicating(
  requests: readonly (readonly [number, "write" | "read"])[],
  { writing = [write] as readonly StepPlan[], more = {} as Partial<Plan> } = {},
): Plan {
  const ways = [
    { when: { class: "write" }, steps: writing },
    { when: { class: "read" }, steps: [read] },
  ];
  const queries = [endpoint([io(1)], { name: "query" })];
  const plan = calling({ rate_per_s: 1, steps: [{ kind: "branch", ways }] });
  const mix = ["write", "read"].map((name) => ({ weight: 1, endpoint: "", class: name }));
  const arrivals = {
    kind: "trace" as const,
    times_s: Float64Array.from(requests, ([time_s]) => time_s),
    requests: Int32Array.from(requests, ([, kind]) => (kind === "write" ? 0 : 1)),
  };
  return {
    ...plan,
    horizon_s: 100,
    generators: [generatorOf(arrivals, { mix })],
    load_balancers: [{ id: "writes", algorithm: "primary", failover_s: 5 }],
    servers: [
      plan.servers[0]!,
      server("db", queries, { tables: [{ name: "stock", rows: 1 }] }),
      server("replica", queries, { replica_of: { primary: "db", lag_s: constant(2) } }),
    ],
    edges: [
      ...plan.edges,
      edge("app", "writes"),
      edge("app", "replica", { id: "app-reads" }),
      edge("writes", "db"),
      edge("writes", "replica"),
    ],
    ...more,
  };
}

describe("run of replicas", () => {
  it("run reads a stale row until its last change has come", () => {
    // Written at 1, seen at 3; a read looks when it arrives.
    const stale = (at_s: number): number => {
      return runMeasured(
        replicating([
          [0, "write"],
          [at_s, "read"],
        ]),
      )("db.stale_reads");
    };
    expect([0.5, 1.5, 2.999, 3, 4].map(stale)).toEqual([0, 1, 1, 0, 0]);
    const value = runMeasured(
      replicating([
        [0, "write"],
        [2, "read"],
        [4, "read"],
        [5, "read"],
        [6, "read"],
      ]),
    );
    expect(value("db.stale_read_ratio")).toBe(0.25);
  });

  it("run writes what a transaction has locked when it ends, unless it fails", () => {
    const stale = (at_s: number, ...end: readonly StepPlan[]): number => {
      const writing = [transaction(write, io(4), ...end)];
      return runMeasured(
        replicating(
          [
            [0, "write"],
            [at_s, "read"],
          ],
          { writing },
        ),
      )("db.stale_reads");
    };
    expect([2, 5.5, 6.999, 7].map((at_s) => stale(at_s))).toEqual([0, 1, 1, 0]);
    expect(stale(5.5, { kind: "fail" })).toBe(0);
  });

  it("run fails writes from when the primary is down until a replica takes over, which keeps the place", () => {
    const outage = { kind: "server_down" as const, target: "db", start_s: 10, end_s: 50 };
    const value = runMeasured(
      replicating(
        [
          [5, "write"],
          [10, "write"],
          [14.999, "write"],
          [15, "write"],
          [40, "write"],
          [60, "write"],
        ],
        { more: { disruptions: [outage] } },
      ),
    );
    expect(value("requests_failed")).toBe(2);
    expect(value("db.requests_completed")).toBe(1);
    expect(value("replica.requests_completed")).toBe(3);
  });

  it("run makes no replica primary while the primary is down for a shorter time, or no other is up", () => {
    const outage = { kind: "server_down" as const, target: "db", start_s: 10, end_s: 14 };
    const writes: readonly (readonly [number, "write"])[] = [
      [12, "write"],
      [16, "write"],
      [20, "write"],
    ];
    const brief = runMeasured(replicating(writes, { more: { disruptions: [outage] } }));
    expect([brief("requests_failed"), brief("replica.requests_completed")]).toEqual([1, 0]);
    const all = ["db", "replica"].map((target) => ({ ...outage, target, end_s: 18 }));
    const both = runMeasured(replicating(writes, { more: { disruptions: all } }));
    expect([both("requests_failed"), both("db.requests_completed")]).toEqual([2, 1]);
  });

  it("run loses what the replica has not seen of the primary when that goes down, if the replica takes its place", () => {
    const outage = { kind: "server_down" as const, target: "db", start_s: 10, end_s: 50 };
    // Written at 8, 9 and, what was under way, at 10.5 s; seen 2 s later each: the first one is by then.
    const requests = [7, 8, 9.5, 20].map((at_s) => [at_s, "write"] as const);
    const value = runMeasured(replicating(requests, { more: { disruptions: [outage] } }));
    expect(value("db.failovers")).toBe(1);
    expect(value("db.lost_writes")).toBe(2);
    // What is lost is stale nowhere: the replica has the truth.
    const read = runMeasured(replicating([...requests, [20.5, "read"]], { more: { disruptions: [outage] } }));
    expect(read("db.stale_reads")).toBe(0);
    const brief = runMeasured(replicating(requests, { more: { disruptions: [{ ...outage, end_s: 14 }] } }));
    expect([brief("db.failovers"), brief("db.lost_writes")]).toEqual([0, 0]);
    const quick = { ...outage, start_s: 13, end_s: 50 };
    expect(runMeasured(replicating(requests, { more: { disruptions: [quick] } }))("db.lost_writes")).toBe(0);
  });

  it("run loses what the former primary has not seen when it takes its place again", () => {
    const down = (target: string, start_s: number, end_s: number) =>
      ({ kind: "server_down", target, start_s, end_s }) as const;
    const disruptions = [down("db", 10, 20), down("replica", 40, 60)];
    const requests = [15, 36, 38.5, 50].map((at_s) => [at_s, "write"] as const);
    const value = runMeasured(replicating(requests, { more: { disruptions } }));
    // At the replica since 15 s: written at 16, 37 and 39.5 s, seen at 18, 39 and 41.5 s.
    expect(value("db.failovers")).toBe(2);
    expect(value("db.lost_writes")).toBe(1);
  });

  it("run sees at once at a promoted replica what is written there", () => {
    const outage = { kind: "server_down" as const, target: "db", start_s: 10, end_s: 50 };
    const requests = [
      [20, "write"],
      [21.5, "read"],
    ] as const;
    expect(runMeasured(replicating(requests, { more: { disruptions: [outage] } }))("db.stale_reads")).toBe(0);
    expect(runMeasured(replicating(requests))("db.stale_reads")).toBe(1);
  });

  // A read is stale if its row was written in the lag before: 1 - exp(-lag x rate of writes of the row), as Poisson arrivals see it.
  it("run of random writes and reads has as many stale reads as the lag makes", () => {
    const [rows, rate_per_s, lag_s] = [20, 50, 0.3];
    const draws = { kind: "uniform" as const, min: 0, max: rows };
    const base = replicating([], { writing: [{ ...write, lock: { table: "stock", draws } } as StepPlan] });
    const [app, ...others] = base.servers;
    const ways = [
      { when: { class: "write" }, steps: [{ ...write, lock: { table: "stock", draws } } as StepPlan] },
      { when: { class: "read" }, steps: [{ ...read, read: { table: "stock", draws } } as StepPlan] },
    ];
    const plan: Plan = {
      ...base,
      horizon_s: 400,
      warm_up_s: 1,
      generators: [poisson(2 * rate_per_s, { mix: base.generators[0]!.mix })],
      servers: [
        { ...app!, endpoints: [endpoint([{ kind: "branch", ways }])] },
        ...others.map((place) => ({
          ...place,
          endpoints: [endpoint([], { name: "query" })],
          ...(place.id === "db"
            ? { tables: [{ name: "stock", rows }] }
            : { replica_of: { primary: "db", lag_s: constant(lag_s) } }),
        })),
      ],
    };
    const { stale } = replicated(plan, { stale: (value) => value("db.stale_read_ratio") }, 12);
    expectTruth(stale, 1 - Math.exp((-lag_s * rate_per_s) / rows), "stale reads");
    // Negative control: lags of the same mean that are not all alike, in order, hold others up.
    const varying = {
      ...plan,
      servers: plan.servers.map((place) =>
        place.replica_of === undefined ? place : { ...place, replica_of: { primary: "db", lag_s: exponential(lag_s) } },
      ),
    };
    const other = replicated(varying, { stale: (value) => value("db.stale_read_ratio") }, 12);
    expect(other.stale.mean).toBeGreaterThan(1.2 * stale.mean);
  });

  it("run refuses a replica of a replica, and of what is not there", () => {
    const plan = replicating([[0, "read"]]);
    const of = (primary: string) => ({
      ...plan,
      servers: plan.servers.map((place) =>
        place.id === "replica" ? { ...place, replica_of: { primary, lag_s: constant(1) } } : place,
      ),
    });
    expect(() => runMeasured(of("replica"))).toThrow(/must be a replica of a server that is none: of "replica"/);
    expect(() => runMeasured(of("nowhere"))).toThrow(/must be a replica of a server that is none: of "nowhere"/);
  });
});
