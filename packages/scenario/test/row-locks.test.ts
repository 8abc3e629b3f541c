import { describe, expect, test } from "vitest";
import { run, metricsOf } from "@loadstar/engine";
import { compile, scenario } from "../src/index.js";
import type { Change } from "./example-yaml.js";
import { meshWith, problemsOf, programOf, scenarioOf } from "./mesh-yaml.js";

/** The mesh with a database, and these steps. */
function withDatabase(steps: string, ...changes: readonly Change[]): string {
  return meshWith(
    steps,
    [
      "    externals:",
      "    databases:\n      - { id: orders, pool: { size: 8 }, queries: { read: { service_s: 0.01 }, take: { service_s: 0.02 } } }\n    externals:",
    ],
    [
      "    - { id: app-bank",
      "    - { id: app-orders, source: app, target: orders, latency: 0.001, loss_ratio: 0 }\n    - { id: app-bank",
    ],
    ...changes,
  );
}

const LOCK = "lock: { keys: 50, popularity: { distribution: zipf, exponent: 1.1 }, wait_timeout_s: 2 }";
const TAKE = `{ query: orders, name: take, ${LOCK} }`;
const READ = "{ query: orders, name: read }";
const draws = { kind: "zipf", count: 50, exponent: 1.1 };

describe("compile", () => {
  test("compile makes tables of a database of what queries lock, and rows of their calls", () => {
    const text = withDatabase(`{ transaction: orders, steps: [${TAKE}, ${READ}] }`);
    const plan = compile(scenarioOf(text));
    expect(plan.servers.find(({ id }) => id === "orders")?.tables).toEqual([{ name: "take", rows: 51 }]);
    const lock = { table: "take", draws, timeout_s: { kind: "constant", value: 2 } };
    expect((programOf(text) as readonly unknown[])[0]).toMatchObject({
      kind: "hold",
      pool: "orders_pool",
      steps: [
        {
          kind: "transaction",
          servers: ["orders"],
          steps: [
            { kind: "call", endpoint: "take", lock },
            { kind: "call", endpoint: "read" },
          ],
        },
      ],
    });
  });

  test("compile lets queries of one table share its rows, and leaves transactions without locks as they are", () => {
    const other = "{ query: orders, name: read, lock: { keys: 50, table: take } }";
    const plan = compile(scenarioOf(withDatabase(`${TAKE}, { repeat: { times: 2, steps: [${other}] } }`)));
    expect(plan.servers.find(({ id }) => id === "orders")?.tables).toEqual([{ name: "take", rows: 51 }]);
    const plain = programOf(withDatabase(`${TAKE}, { transaction: orders, steps: [${READ}] }`)) as readonly unknown[];
    expect(plain[1]).toMatchObject({ kind: "hold", steps: [{ kind: "call", endpoint: "read" }] });
    const without = compile(scenarioOf(withDatabase(READ))).servers.find(({ id }) => id === "orders");
    expect(without?.tables).toBeUndefined();
  });

  test("compile gives plans whose databases measure waits for rows", () => {
    const text = withDatabase(`{ transaction: orders, steps: [${TAKE.replace("keys: 50", "keys: 1")}, ${READ}] }`);
    const plan = compile(scenarioOf(text));
    const { metrics } = run(plan, 1, 0);
    const value = (name: string): number => metrics[metricsOf(plan).findIndex((metric) => metric.name === name)]!;
    expect(value("orders.row_wait_s_mean")).toBeGreaterThan(0.01);
    expect(value("orders.row_queue_max")).toBeGreaterThan(0);
    expect(value("orders.row_timeouts")).toBeGreaterThanOrEqual(0);
    expect(value("orders.deadlocks")).toBe(0);
  });
});

describe("parseScenario", () => {
  test.each([
    {
      name: "refuses tables of two sizes",
      steps: `${TAKE}, { query: orders, name: read, lock: { keys: 60, table: take } }`,
      problem: "lock.keys: must be 50, as where another query has rows of table take: current value is 60",
    },
    {
      name: "refuses the name of a lock with a query",
      steps: "{ query: orders, name: read, lock: stock }",
      problem: 'lock: must be a mapping with query, the row that it locks: current value is "stock"',
    },
    {
      name: "refuses a row where a lock of the server is held",
      steps: `${READ}, { lock: { keys: 5 }, steps: [] }`,
      problem: "lock: must be a name: current value is",
    },
    {
      name: "refuses a lock that is neither",
      steps: "{ query: orders, name: read, lock: 5 }",
      problem: "lock: must be a name, or the row that a query locks: current value is 5",
    },
    {
      name: "refuses a lock beside another step",
      steps: `${READ}, { call: prices, lock: { keys: 5 } }`,
      problem: "must have exactly one of",
    },
    {
      name: "refuses a table without rows",
      steps: "{ query: orders, name: read, lock: { keys: 0 } }",
      problem: "keys",
    },
  ])("parseScenario $name", ({ steps, problem }) => {
    expect(problemsOf(withDatabase(steps)).join("\n")).toContain(problem);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder builds queries that lock rows", () => {
    const built = scenario("shop")
      .generator("people", { arrival_rate_per_s: 10 })
      .client("browser")
      .database("orders", { queries: { take: { service_s: 0.01 } } })
      .server("app", {}, (server) => server.endpoint("/", [{ query: "orders", name: "take", lock: { keys: 3 } }]))
      .link("people", "browser", 0)
      .link("browser", "app", 0.01)
      .link("app", "orders", 0.001)
      .build();
    expect(compile(built).servers.at(-1)?.tables).toEqual([{ name: "take", rows: 4 }]);
  });
});
