import { describe, expect, it } from "vitest";
import { replay, REPLAY_KINDS, type Distribution, type Plan, type RowLockPlan, type StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { call, calling, constant, endpoint, generatorOf, io, server } from "./plans.js";

/** A call to the database that locks a row. */
function locking(row: Distribution | number, more: Partial<RowLockPlan> = {}, policy = {}): StepPlan {
  const draws = typeof row === "number" ? constant(row) : row;
  return { ...call("app-db", "write", policy), lock: { table: "stock", draws, ...more } } as StepPlan;
}

const transaction = (...steps: readonly StepPlan[]): StepPlan => ({ kind: "transaction", servers: ["db"], steps });

/** Requests at known times; a query takes the database 1 s. */
function asking(times_s: readonly number[], steps: readonly StepPlan[], more: Partial<Plan> = {}): Plan {
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const db = server("db", [endpoint([io(1)], { name: "write" })], { tables: [{ name: "stock", rows: 3 }] });
  const plan = calling({ rate_per_s: 1, steps, callees: [db], more: { horizon_s: 20, ...more } });
  return { ...plan, generators: [generatorOf(arrivals)] };
}

const oneOf = (...values: readonly number[]): Distribution => ({ kind: "empirical", values });

describe("run of row locks", () => {
  it("run holds a row until a query without a transaction leaves the database, and others wait in turn", () => {
    const value = runMeasured(asking([0, 0.25, 0.5], [locking(0), io(5)]));
    // Queries end at 1, 2 and 3, and each request 5 s later.
    expect(value("latency_s_max")).toBeCloseTo(3 + 5 - 0.5, 12);
    expect(value("latency_s_min")).toBeCloseTo(6, 12);
    expect(value("db.row_wait_s_mean")).toBeCloseTo((0 + 0.75 + 1.5) / 3, 12);
    expect(value("db.row_queue_max")).toBe(2);
    expect(value("db.row_queue_mean")).toBeCloseTo((0.75 + 1.5) / 20, 12);
    expect(value("db.rows_locked_mean")).toBeCloseTo(3 / 20, 12);
  });

  it("run holds a row until the transaction ends, failed or not", () => {
    const held = runMeasured(asking([0, 0.5], [transaction(locking(0), io(2)), io(4)]));
    // The second gets its row at 3.
    expect(held("db.row_wait_s_mean")).toBeCloseTo(2.5 / 2, 12);
    expect(held("latency_s_max")).toBeCloseTo(3 + 3 + 4 - 0.5, 12);
    expect(held("db.rows_locked_mean")).toBeCloseTo(6 / 20, 12);
    const failed = runMeasured(asking([0, 0.5], [transaction(locking(0), io(2), { kind: "fail" }), io(4)]));
    expect(failed("requests_failed")).toBe(2);
    expect(failed("db.rows_locked_mean")).toBeCloseTo(6 / 20, 12);
  });

  it("run makes nobody wait for another row, or for one that its own transaction holds", () => {
    const apart = runMeasured(asking([0, 0], [transaction(locking(oneOf(0, 1, 2)), locking(2))]), 5);
    expect(apart("requests_completed")).toBe(2);
    const again = runMeasured(asking([0], [transaction(locking(1), locking(1), transaction(locking(1)), io(1))]));
    expect(again("latency_s_max")).toBeCloseTo(4, 12);
    expect(again("db.row_wait_s_mean")).toBe(0);
    expect(again("db.rows_locked_mean")).toBeCloseTo(4 / 20, 12);
  });

  it("run brings draws into the range of the rows", () => {
    const value = runMeasured(asking([0, 0], [locking(oneOf(-4))]));
    expect(value("db.row_wait_s_mean")).toBeCloseTo(0.5, 12);
    expect(runMeasured(asking([0, 0], [locking(2.9)]))("latency_s_max")).toBeCloseTo(2, 12);
  });

  it("run fails who has waited too long for a row, at that very moment, unless the row comes then", () => {
    const late = runMeasured(asking([0, 0.5], [transaction(locking(0, { timeout_s: constant(0.4) }), io(1))]));
    expect(late("requests_timed_out")).toBe(1);
    expect(late("db.row_timeouts")).toBe(1);
    expect(late("db.row_wait_s_mean")).toBeCloseTo(0.2, 12);
    const inTime = runMeasured(asking([0, 0.5], [locking(0, { timeout_s: constant(0.5) })]));
    expect(inTime("requests_completed")).toBe(2);
    expect(inTime("db.row_timeouts")).toBe(0);
    expect(inTime("latency_s_max")).toBeCloseTo(1.5, 12);
  });

  it("run tries again after a wait that was too long, and the transaction keeps what it has", () => {
    const retry = {
      attempts: 3,
      on: ["timed_out" as const],
      backoff: { kind: "fixed" as const, base_s: 0.2, max_s: 0.2, jitter: "none" as const },
      budget_ratio: 0,
      budget_burst: 0,
    };
    const value = runMeasured(asking([0, 0.5], [transaction(locking(0, { timeout_s: constant(0.4) }, { retry }))]));
    // 0.5 to 0.9 in vain, from 1.1 to 2.1 with success.
    expect(value("latency_s_max")).toBeCloseTo(1.6, 12);
    expect(value("db.row_timeouts")).toBe(1);
  });

  it("run fails the one whose wait would close a circle, and the others go on", () => {
    // Two transactions, of which the first locks 0 and then 1, the second 1 and then 0.
    const ways = (first: number, second: number): StepPlan => transaction(locking(first), io(0.1), locking(second));
    const branch: StepPlan = {
      kind: "branch",
      ways: [0, 1, 2].map((k) => ({ when: { class: `${k}` }, steps: [ways(k, (k + 1) % 3)] })),
    };
    const of = (classes: readonly number[], times_s: readonly number[]) => {
      const mix = [0, 1, 2].map((k) => ({ weight: 1, endpoint: "", class: `${k}` }));
      const arrivals = {
        kind: "trace" as const,
        times_s: Float64Array.from(times_s),
        requests: Int32Array.from(classes),
      };
      return runMeasured({ ...asking([], [branch]), generators: [generatorOf(arrivals, { mix })] });
    };
    const three = of([0, 1, 2], [0, 0.2, 0.4]);
    expect(three("db.deadlocks")).toBe(1);
    expect(three("requests_failed")).toBe(1);
    expect(three("requests_completed")).toBe(2);
    // The third fails at 1.5 and frees row 2; the second locks it then and ends at 2.5; the first locks 1 then and ends at 3.5.
    expect(three("latency_s_max")).toBeCloseTo(3.5, 12);
    expect(three("latency_s_min")).toBeCloseTo(2.3, 12);
    const two = of([0, 1], [0, 0.2]);
    expect(two("db.deadlocks")).toBe(0);
    expect(two("requests_completed")).toBe(2);
  });

  it("run takes a wait that its caller has given up for no part of a circle, and gives the row to the call itself", () => {
    // The second waits for row 0 from 0.5 on, gives up at 1 and holds row 1 from then on; the first wants that at 2.
    const branch: StepPlan = {
      kind: "branch",
      ways: [
        { when: { class: "first" }, steps: [transaction(locking(0), io(1), locking(1))] },
        {
          when: { class: "second" },
          steps: [
            transaction(
              { kind: "attempt", steps: [locking(0, {}, { timeout_s: 0.25 })], on_error: [] },
              locking(1),
              io(2),
            ),
          ],
        },
      ],
    };
    const mix = ["first", "second"].map((name) => ({ weight: 1, endpoint: "", class: name }));
    const arrivals = { kind: "trace" as const, times_s: Float64Array.of(0, 0.5), requests: Int32Array.of(0, 1) };
    const value = runMeasured({ ...asking([], [branch]), generators: [generatorOf(arrivals, { mix })] });
    expect(value("db.deadlocks")).toBe(0);
    expect(value("requests_completed")).toBe(2);
    // Row 1 is locked from 0.75 to 3.75; the first has it then, and is done at 4.75. Then the call that was given up has row 0 for 1 s.
    expect(value("latency_s_max")).toBeCloseTo(4.75, 12);
    expect(value("db.rows_locked_mean")).toBeCloseTo((4.75 + 3 + 1 + 1) / 20, 12);
  });

  it.each([
    // Who waits without a limit stays in the queue until its turn comes, and is passed over then.
    { limit: {}, waited_s: 0.875 },
    { limit: { timeout_s: constant(9) }, waited_s: 0.25 },
  ])("run takes who is cancelled out of the way of those behind: $limit", ({ limit, waited_s }) => {
    const impatient = locking(0, limit, { timeout_s: 0.25, cancels: true });
    const branch: StepPlan = {
      kind: "branch",
      ways: [
        { when: { class: "patient" }, steps: [locking(0)] },
        { when: { class: "impatient" }, steps: [impatient] },
      ],
    };
    const mix = ["patient", "impatient"].map((name) => ({ weight: 1, endpoint: "", class: name }));
    const times_s = Float64Array.of(0, 0.125, 0.25);
    const arrivals = { kind: "trace" as const, times_s, requests: Int32Array.of(0, 1, 0) };
    const value = runMeasured({ ...asking([], [branch]), generators: [generatorOf(arrivals, { mix })] });
    expect(value("requests_timed_out")).toBe(1);
    expect(value("latency_s_max")).toBeCloseTo(1.75, 12);
    expect(value("db.rows_locked_mean")).toBeCloseTo(2 / 20, 12);
    expect(value("db.row_queue_mean")).toBeCloseTo((waited_s + 0.75) / 20, 12);
  });

  it("run keeps the rows that branches and spawned steps lock out of the transaction around them", () => {
    const value = runMeasured(asking([0], [transaction({ kind: "spawn", steps: [locking(0)] }, io(4))]));
    expect(value("db.rows_locked_mean")).toBeCloseTo(1 / 20, 12);
  });

  it("run locks rows at whichever server a load balancer chooses", () => {
    const db = (id: string) =>
      server(id, [endpoint([io(1)], { name: "write" })], { tables: [{ name: "stock", rows: 1 }] });
    const plan = asking([0, 0, 0, 0], [{ kind: "transaction", servers: ["db-1", "db-2"], steps: [locking(0)] }]);
    const value = runMeasured({
      ...plan,
      servers: [plan.servers[0]!, db("db-1"), db("db-2")],
      load_balancers: [{ id: "balancer", algorithm: "round_robin" }],
      edges: [
        ...plan.edges.filter(({ id }) => id !== "app-db"),
        { ...plan.edges[1]!, id: "app-db", source: "app", target: "balancer" },
        { ...plan.edges[1]!, id: "one", source: "balancer", target: "db-1" },
        { ...plan.edges[1]!, id: "two", source: "balancer", target: "db-2" },
      ],
    });
    expect(value("db-1.row_wait_s_mean")).toBe(0.5);
    expect(value("db-2.row_wait_s_mean")).toBe(0.5);
    expect(value("latency_s_max")).toBe(2);
  });

  it("run says where requests wait for rows", () => {
    const plan = asking([0, 0.5], [locking(0)], { attribution: true });
    const value = runMeasured(plan);
    // 0.5 of 1 + 1.5 s.
    expect(value("attribution_row_wait_ratio_mean")).toBeCloseTo(0.2, 12);
    const kinds = [...replay(plan, 1, 0)].flatMap((piece) => [...piece.kinds].map((kind) => REPLAY_KINDS[kind]));
    expect(kinds.filter((kind) => kind === "waits_for_row")).toHaveLength(1);
  });

  it("run refuses tables, endpoints and servers that are not there", () => {
    const table = { ...locking(0), lock: { table: "stocks", draws: constant(0) } } as StepPlan;
    expect(() => runMeasured(asking([0], [table]))).toThrow(/there is no table "stocks"/);
    const other = { ...locking(0), endpoint: "read" } as StepPlan;
    expect(() => runMeasured(asking([0], [other]))).toThrow(/there is no endpoint "read" to lock or read a row for/);
    expect(() => runMeasured(asking([0], [{ kind: "transaction", servers: ["app"], steps: [] }]))).toThrow(
      /there is no server "app" with tables/,
    );
  });
});
