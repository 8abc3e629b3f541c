import { describe, expect, test } from "vitest";
import { compile, resolve, scenario } from "../src/index.js";
import { findNotes } from "../src/notes/find-notes.js";
import type { Change } from "./example-yaml.js";
import { meshWith, problemsOf, programOf, scenarioOf } from "./mesh-yaml.js";

const DATABASE: readonly Change[] = [
  [
    "    externals:",
    "    databases:\n      - { id: orders, pool: { size: 8, checkout_timeout_s: 0.5 }, workers: 3, queries: { read: { service_s: 0.01 }, Write: { service_s: 0.02 } } }\n    externals:",
  ],
  [
    "    - { id: app-bank",
    "    - { id: app-orders, source: app, target: orders, latency: 0.001, loss_ratio: 0 }\n    - { id: app-bank",
  ],
];

/** The mesh with a database, and these steps. */
function withDatabase(steps: string, ...changes: readonly Change[]): string {
  return meshWith(steps, ...DATABASE, ...changes);
}

const PATIENT = { timeout_s: 0, cancels: false, propagates: false, retry: null };
const ask = (endpoint: string) => ({ kind: "call", edge: "app-orders", endpoint, policy: PATIENT });
const calls = [
  { kind: "call", edge: "app-prices", endpoint: "", policy: PATIENT },
  { kind: "call", edge: "app-bank", endpoint: "", policy: PATIENT },
];
const hold = (steps: readonly unknown[]) => ({ kind: "hold", pool: "orders_pool", steps });

describe("compile", () => {
  test("compile makes of a database a server with a pool of workers and an endpoint for each query", () => {
    const plan = compile(scenarioOf(withDatabase("{ query: orders, name: read }")));
    const database = plan.servers.find(({ id }) => id === "orders");
    const work = (value: number) => [
      { kind: "hold", pool: "workers", steps: [{ kind: "io", duration_s: { kind: "constant", value } }] },
    ];
    expect(database).toMatchObject({
      pools: [{ name: "workers", size: 3 }],
      endpoints: [
        { name: "read", weight: 1, ram_mb: 0, steps: work(0.01) },
        { name: "Write", weight: 1, ram_mb: 0, steps: work(0.02) },
      ],
    });
    expect(plan.servers[0]?.pools).toEqual([
      { name: "orders_pool", size: 8, timeout_s: { kind: "constant", value: 0.5 } },
    ]);
    expect(plan.servers[1]?.pools).toEqual([]);
  });

  test("compile holds a connection around a query, and one around all queries of a transaction", () => {
    const steps =
      "{ query: orders, name: Write, retry: { attempts: 2 } }, { transaction: orders, steps: [{ query: orders, name: read }, { call: bank }, { transaction: orders, steps: [{ query: orders, name: Write }] }] }";
    expect(programOf(withDatabase(steps))).toMatchObject([
      hold([{ ...ask("Write"), policy: { ...PATIENT, retry: { attempts: 2 } } }]),
      hold([ask("read"), calls[1], ask("Write")]),
      ...calls,
    ]);
  });

  test("compile gives what a transaction spawns a connection of its own, and handles its failure without one", () => {
    const steps =
      "{ transaction: orders, steps: [{ spawn: [{ query: orders, name: read }] }], on_error: [{ query: orders, name: Write }] }";
    expect(programOf(withDatabase(steps))).toEqual([
      {
        kind: "attempt",
        steps: [hold([{ kind: "spawn", steps: [hold([ask("read")])] }])],
        on_error: [hold([ask("Write")])],
      },
      ...calls,
    ]);
  });

  test("compile without a pool holds nothing, and without workers waits for none", () => {
    const change: Change = ["pool: { size: 8, checkout_timeout_s: 0.5 }, workers: 3, ", ""];
    const plan = compile(
      scenarioOf(withDatabase("{ transaction: orders, steps: [{ query: orders, name: read }] }", change)),
    );
    expect(plan.servers[0]?.endpoints[0]?.steps).toEqual([ask("read"), ...calls]);
    expect(plan.servers[0]?.pools).toEqual([]);
    expect(plan.servers.find(({ id }) => id === "orders")?.pools).toEqual([]);
    expect(plan.servers.find(({ id }) => id === "orders")?.endpoints[0]?.steps).toEqual([
      { kind: "io", duration_s: { kind: "constant", value: 0.01 } },
    ]);
  });

  test("compile gives every replica a pool", () => {
    const text = withDatabase("{ query: orders, name: read }", [
      "      - id: app\n",
      "      - id: app\n        replicas: 2\n",
    ]);
    const pools = compile(scenarioOf(text)).servers.filter(({ group }) => group === "app");
    expect(pools.map((server) => server.pools.map(({ name, size }) => [name, size]))).toEqual([
      [["orders_pool", 8]],
      [["orders_pool", 8]],
    ]);
  });
});

describe("resolve", () => {
  test("resolve makes explicit that a database has no limits", () => {
    const change: Change = ["{ size: 8, checkout_timeout_s: 0.5 }, workers: 3", "{ size: 8 }"];
    const { nodes } = resolve(scenarioOf(withDatabase("{ query: orders, name: read }", change))).topology_graph;
    expect(nodes.databases[0]).toMatchObject({
      id: "orders",
      pool: { size: 8, checkout_timeout_s: null },
      workers: null,
    });
  });
});

describe("parseScenario", () => {
  const query = "{ query: orders, name: read }";
  test.each([
    {
      name: "accepts an outage of a database",
      steps: query,
      changes: [
        [
          "sim_settings:",
          "events: [{ event_id: e, target_id: orders, start: { kind: server_down, t_start: 1 }, end: { kind: server_up, t_end: 2 } }]\nsim_settings:",
        ],
      ],
      problems: [],
    },
    {
      name: "refuses a query without a name",
      steps: "{ query: orders }",
      problems: ["query must stand with name: current keys are query"],
    },
    {
      name: "refuses a query that the database does not have",
      steps: "{ query: orders, name: write }",
      problems: ['steps[0].name: must be the name of a query of orders: current value is "write": did you mean Write?'],
    },
    {
      name: "refuses to query a server",
      steps: `${query}, { query: prices, name: read }`,
      problems: ['steps[1].query: must be a database: current value is "prices"'],
    },
    {
      name: "refuses to call a database",
      steps: `${query}, { call: orders }`,
      problems: ['steps[1].call: must be a server, an external service or a load balancer: current value is "orders"'],
    },
    {
      name: "refuses a transaction of what is no database",
      steps: `${query}, { transaction: order, steps: [] }`,
      problems: ['steps[1].transaction: must be a database: current value is "order": did you mean orders?'],
    },
    {
      name: "refuses a query over no edge",
      steps: query,
      changes: [["source: app, target: orders", "source: prices, target: orders"]],
      problems: [
        "steps[0].query: must have an edge: add one from app to orders",
        'target: must be queried by a step of the source: current value is "orders"',
      ],
    },
    {
      name: "refuses an edge that leaves a database",
      steps: query,
      changes: [["sim_settings:", "    - { id: odd, source: orders, target: browser, latency: 0 }\nsim_settings:"]],
      problems: ['source: must not be a database, which only answers: current value is "orders"'],
    },
    {
      name: "refuses branches that share a connection",
      steps: `{ transaction: orders, steps: [{ parallel: { branches: [[${query}], []] } }] }`,
      problems: ["query: must not stand in parallel branches of a transaction of orders: it has one connection"],
    },
    {
      name: "accepts branches with connections of their own, and what is spawned in them",
      steps: `{ parallel: { branches: [[${query}], []] } }, { transaction: orders, steps: [{ parallel: { branches: [[{ spawn: [${query}] }]] } }] }`,
      problems: [],
    },
    {
      name: "refuses a lock with the name of connections",
      steps: `${query}, { lock: orders_pool, steps: [] }`,
      problems: [
        'steps[1].lock: must not be the name of the connections to a database: current value is "orders_pool"',
      ],
    },
    {
      name: "refuses a database without queries",
      steps: "",
      changes: [["queries: { read: { service_s: 0.01 }, Write: { service_s: 0.02 } }", "queries: {}"]],
      problems: ["queries: must have at least one query"],
    },
  ] as readonly {
    readonly name: string;
    readonly steps: string;
    readonly changes?: readonly Change[];
    readonly problems: readonly string[];
  }[])("parseScenario $name", ({ steps, changes = [], problems }) => {
    const found = problemsOf(withDatabase(steps, ...changes));
    for (const problem of problems) expect(found.join("\n")).toContain(problem);
    if (problems.length === 0) expect(found).toEqual([]);
    else expect(found.length).toBeGreaterThan(0);
  });

  test("parseScenario refuses a database whose connections would be called as the thread pool", () => {
    const found = problemsOf(
      withDatabase(
        "{ query: thread, name: read }",
        ["id: orders,", "id: thread,"],
        ["target: orders", "target: thread"],
      ),
    );
    expect(found.join("\n")).toContain("must not make the name of the thread pool, thread_pool");
  });
});

describe("findNotes", () => {
  test("findNotes names queries that no step asks", () => {
    const notes = findNotes(scenarioOf(withDatabase("{ query: orders, name: read }")));
    expect(notes.map(({ message }) => message)).toContain("no step asks query Write of orders");
    expect(notes.map(({ message }) => message)).not.toContain("no step asks query read of orders");
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder builds databases", () => {
    const built = scenario("shop")
      .generator("people", { arrival_rate_per_s: 10 })
      .client("browser")
      .database("orders", { pool: { size: 2 }, queries: { read: { service_s: 0.01 } } })
      .server("app", {}, (server) => server.endpoint("/", [{ query: "orders", name: "read" }]))
      .link("people", "browser", 0)
      .link("browser", "app", 0.01)
      .link("app", "orders", 0.001)
      .build();
    expect(built.topology_graph.nodes.databases).toEqual([
      { id: "orders", pool: { size: 2 }, queries: { read: { service_s: 0.01 } } },
    ]);
  });
});
