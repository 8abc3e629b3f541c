import { describe, expect, test } from "vitest";
import { metricsOf, run, type Plan } from "@loadstar/engine";
import { compile, resolve } from "../src/index.js";
import { findNotes } from "../src/notes/find-notes.js";
import type { Change } from "./example-yaml.js";
import { meshWith, problemsOf, scenarioOf } from "./mesh-yaml.js";

const REPLICAS = "replicas: { count: 2, balancing: least_outstanding, lag_s: 0.25 }";

/** The mesh with a database, and these steps. */
function withDatabase(steps: string, keys = REPLICAS, ...changes: readonly Change[]): string {
  return meshWith(
    steps,
    [
      "    externals:",
      `    databases:\n      - { id: orders, workers: 3, ${keys}, queries: { read: { access: read, service_s: 0.01 }, take: { service_s: 0.02 } } }\n    externals:`,
    ],
    [
      "    - { id: app-bank",
      "    - { id: app-orders, source: app, target: orders, latency: 0.001, loss_ratio: 0 }\n    - { id: app-bank",
    ],
    ...changes,
  );
}

const READ = "{ query: orders, name: read }";
const TAKE = "{ query: orders, name: take, lock: { keys: 5 } }";
const READ_ROW = "{ query: orders, name: read, row: { keys: 5, table: take } }";

const planOf = (steps: string, keys?: string): Plan => compile(scenarioOf(withDatabase(steps, keys)));
const edgesOf = ({ edges }: Plan): readonly string[] =>
  edges.filter(({ id }) => /orders/.test(id)).map(({ id, source, target }) => `${id}: ${source} > ${target}`);
const calledBy = ({ servers }: Plan): readonly string[] => {
  return [...JSON.stringify(servers[0]).matchAll(/"edge":"(app-orders[^"]*)","endpoint":"(\w+)"/g)].map(
    ([, edge, query]) => `${query}: ${edge}`,
  );
};

describe("compile", () => {
  test("compile leads what reads to the replicas, and all else to the database itself", () => {
    const plan = planOf(`${READ}, ${TAKE}, { transaction: orders, steps: [${READ}, { spawn: [${READ}] }] }`);
    expect(calledBy(plan)).toEqual([
      "read: app-orders-replicas",
      "take: app-orders",
      "read: app-orders",
      "read: app-orders-replicas",
    ]);
    expect(edgesOf(plan)).toEqual([
      "app-orders: app > orders",
      "app-orders-replicas: app > orders-replicas",
      "orders-replica-1-in: orders-replicas > orders-replica-1",
      "orders-replica-2-in: orders-replicas > orders-replica-2",
    ]);
    expect(plan.load_balancers).toEqual([{ id: "orders-replicas", algorithm: "least_outstanding" }]);
    const [primary, ...replicas] = plan.servers.filter(({ id }) => id.startsWith("orders"));
    expect(primary).toMatchObject({ id: "orders", tables: [{ name: "take", rows: 6 }], pools: [{ size: 3 }] });
    for (const [index, replica] of replicas.entries()) {
      expect(replica).toMatchObject({
        id: `orders-replica-${index + 1}`,
        group: "orders-replicas",
        pools: [{ name: "workers", size: 3 }],
        replica_of: { primary: "orders", lag_s: { kind: "constant", value: 0.25 } },
      });
      expect(replica.endpoints).toEqual(primary?.endpoints);
    }
  });

  test("compile has no edge that nobody uses: where all queries read, and where none does", () => {
    expect(edgesOf(planOf(READ))[0]).toBe("app-orders-replicas: app > orders-replicas");
    expect(edgesOf(planOf(TAKE))[0]).toBe("app-orders: app > orders");
    expect(edgesOf(planOf(TAKE))).toHaveLength(3);
  });

  test("compile lets replicas take the place of a database after a time of failover", () => {
    const plan = planOf(`${READ}, ${TAKE}`, `${REPLICAS}, failover_s: 30`);
    expect(plan.load_balancers[1]).toEqual({ id: "orders-writes", algorithm: "primary", failover_s: 30 });
    expect(edgesOf(plan)).toEqual([
      "app-orders: app > orders-writes",
      "app-orders-replicas: app > orders-replicas",
      "orders-replica-1-in: orders-replicas > orders-replica-1",
      "orders-replica-2-in: orders-replicas > orders-replica-2",
      "orders-in: orders-writes > orders",
      "orders-replica-1-writes: orders-writes > orders-replica-1",
      "orders-replica-2-writes: orders-writes > orders-replica-2",
    ]);
  });

  test("compile spikes both edges to a database, and takes replicas down by their ids", () => {
    const events: Change = [
      "sim_settings:",
      "events: [{ event_id: e, target_id: app-orders, start: { kind: network_spike_start, t_start: 1, spike_s: 1 }, end: { kind: network_spike_end, t_end: 2 } }, " +
        "{ event_id: f, target_id: orders-replica-2, start: { kind: server_down, t_start: 1 }, end: { kind: server_up, t_end: 2 } }]\nsim_settings:",
    ];
    const text = withDatabase(`${READ}, ${TAKE}`, REPLICAS, events);
    const { disruptions } = compile(scenarioOf(text));
    expect(disruptions.map(({ target }) => target)).toEqual(["app-orders", "app-orders-replicas", "orders-replica-2"]);
    expect(
      findNotes(scenarioOf(text))
        .map(({ message }) => message)
        .join(),
    ).not.toContain("no load balancer leads");
  });

  test("compile gives every replica of a server edges of its own, and measures stale reads", () => {
    const app: Change = ["      - id: app\n", "      - id: app\n        replicas: 2\n"];
    const plan = compile(scenarioOf(withDatabase(`${TAKE}, ${READ_ROW}`, REPLICAS, app)));
    expect(edgesOf(plan).slice(0, 4)).toEqual([
      "app-orders-1: app-1 > orders",
      "app-orders-1-replicas: app-1 > orders-replicas",
      "app-orders-2: app-2 > orders",
      "app-orders-2-replicas: app-2 > orders-replicas",
    ]);
    const { metrics } = run(plan, 1, 0);
    const value = (name: string): number => metrics[metricsOf(plan).findIndex((metric) => metric.name === name)]!;
    expect(value("orders.stale_reads")).toBeGreaterThan(0);
    expect(value("orders.stale_read_ratio")).toBeLessThan(1);
    expect(value("orders-replica-1.requests_completed")).toBeGreaterThan(0);
    expect(value("orders-replicas.requests_completed")).toBeGreaterThan(0);
  });
});

describe("resolve", () => {
  test("resolve makes explicit that replicas take turns and have everything at once", () => {
    const { nodes } = resolve(scenarioOf(withDatabase(READ, "replicas: { count: 3 }"))).topology_graph;
    expect(nodes.databases[0]).toMatchObject({
      replicas: { count: 3, balancing: "round_robin", lag_s: { kind: "constant", value: 0 } },
      failover_s: null,
      queries: { read: { access: "read" }, take: { access: "write" } },
    });
  });
});

describe("findNotes", () => {
  test("findNotes names what nothing can be seen of: a lag without rows, access without replicas", () => {
    const notesOf = (steps: string, keys?: string): string =>
      findNotes(scenarioOf(withDatabase(steps, keys)))
        .map(({ message }) => message)
        .join();
    const lag = "lag_s has no effect: no query of orders reads a row, which could be stale";
    expect(notesOf(READ)).toContain(lag);
    expect(notesOf(`${TAKE}, ${READ_ROW}`)).not.toContain(lag);
    expect(notesOf(READ)).not.toContain("access has no effect");
    expect(notesOf(READ, "pool: { size: 3 }")).toContain("access has no effect: orders has no replicas");
  });
});

describe("parseScenario", () => {
  test.each([
    {
      name: "refuses a failover without replicas",
      keys: "failover_s: 5",
      problem: "failover_s must stand with replicas",
    },
    {
      name: "refuses to lock a row with what only reads",
      steps: "{ query: orders, name: read, lock: { keys: 5 } }",
      problem: "lock: must not stand with a query that only reads: access of read is read",
    },
    {
      name: "refuses to read a row with what writes",
      steps: `${TAKE}, { query: orders, name: take, row: { keys: 5, table: take } }`,
      problem: "row: must stand with a query that reads: give take access: read",
    },
    {
      name: "refuses to read rows that nobody writes",
      steps: `${TAKE}, { query: orders, name: read, row: { keys: 5, table: tke } }`,
      problem:
        'row.table: must be a table that some query locks rows of, and so writes: current value is "tke": did you mean take?',
    },
    {
      name: "refuses a row where no replica is",
      keys: "pool: { size: 3 }",
      steps: `${TAKE}, ${READ_ROW}`,
      problem: "row: must stand with a query of a database that has replicas: at others, no row is stale",
    },
    {
      name: "refuses ids that are taken",
      changes: [
        ["id: bank,", "id: orders-replica-2,"],
        ["call: bank", "call: orders-replica-2"],
        ["target: bank", "target: orders-replica-2"],
      ] as const,
      problem: "ids of the replicas and their edges must be free: current id orders-replica-2 is taken",
    },
  ])("parseScenario $name", ({ steps = READ, keys = REPLICAS, changes = [], problem }) => {
    expect(problemsOf(withDatabase(steps, keys, ...changes)).join("\n")).toContain(problem);
  });
});
