import { describe, expect, test } from "vitest";
import { compile, parseScenario, scenario } from "../src/index.js";
import { changed } from "./example-yaml.js";
import { meshWith, problemsOf, scenarioOf } from "./mesh-yaml.js";

const SEMAPHORES = "semaphores: { images: 2 }";
const ENDPOINT = "endpoint_name: /api";

/** The scenario whose first endpoint has these keys. */
function withKeys(...keys: readonly string[]): string {
  return meshWith("{ semaphore: images, steps: [cpu_s: 0.001] }", [
    ENDPOINT,
    [ENDPOINT, ...keys].join("\n            "),
  ]);
}

/** The scenario whose first server has other semaphores, or more keys after them. */
function withServer(...keys: readonly string[]): string {
  return meshWith("{ semaphore: images, steps: [cpu_s: 0.001] }", [SEMAPHORES, keys.join("\n        ")]);
}

/** The scenario with a database that has these keys. */
function withDatabase(...keys: readonly string[]): string {
  return changed(
    meshWith("{ query: orders, name: read }"),
    [
      "    externals:",
      `    databases:\n      - id: orders\n        queries: { read: { service_s: 0.01 } }\n        ${keys.join("\n        ")}\n    externals:`,
    ],
    [
      "    - { id: app-bank",
      "    - { id: app-orders, source: app, target: orders, latency: 0.001, loss_ratio: 0 }\n    - { id: app-bank",
    ],
  );
}

describe("compile of policies of endpoints", () => {
  test("compile gives an endpoint limits, a queue, load shedding and a deadline of its own", () => {
    const text = withKeys(
      "rate_limits: [{ kind: token_bucket, rate_per_s: 50, burst: 5 }]",
      "concurrency_limit: 4",
      "queue: { capacity: 2, discipline: lifo }",
      "load_shedding: { kind: latency, above_s: 0.5 }",
      "deadline_s: 2",
    );
    expect(compile(scenarioOf(text)).servers[0]?.endpoints[0]).toMatchObject({
      rate_limits: [{ kind: "token_bucket", rate_per_s: 50, burst: 5 }],
      gate: {
        limit: { kind: "fixed", limit: 4 },
        queue: { capacity: 2, discipline: { kind: "lifo" } },
        shedding: { kind: "latency", above: 0.5 },
      },
      deadline_s: 2,
    });
  });

  test("compile gives the deadline of a server to those of its endpoints that have none", () => {
    const text = withKeys("deadline_s: 2").replace(SEMAPHORES, `${SEMAPHORES}\n        deadline_s: 5`);
    const other = text.replace("            deadline_s: 2\n", "");
    expect(compile(scenarioOf(text)).servers[0]?.endpoints[0]?.deadline_s).toBe(2);
    expect(compile(scenarioOf(other)).servers[0]?.endpoints[0]?.deadline_s).toBe(5);
    expect(compile(scenarioOf(meshWith(""))).servers[0]?.endpoints[0]).not.toHaveProperty("deadline_s");
  });

  test("compile gives one limit for each class at an endpoint too", () => {
    const text = withKeys("rate_limits: [{ kind: fixed_window, limit: 3, window_s: 2, per: class }]").replace(
      "rqs_input:\n",
      "rqs_input:\n  mix: [{ class: free }, { class: paid }]\n",
    );
    const { rate_limits = [] } = compile(scenarioOf(text)).servers[0]!.endpoints[0]!;
    expect(rate_limits.map((limit) => limit.class)).toEqual(["free", "paid"]);
  });

  test("compile gives a fair queue what requests take of their share", () => {
    const queue = "queue: { discipline: weighted_fair, weights: { gold: 2 }, costs: { /API: 0.004 } }";
    const text = withServer(SEMAPHORES, "concurrency_limit: 8", queue);
    expect(compile(scenarioOf(text)).servers[0]?.gate?.queue.discipline).toEqual({
      kind: "weighted_fair",
      weights: { gold: 2 },
      costs: { "/api": 0.004 },
    });
  });
});

describe("compile of pools", () => {
  test("compile gives a semaphore and the thread pool a queue and a time limit", () => {
    const pool = "{ size: 2, timeout_s: 0.5, queue: { capacity: 3, discipline: priority } }";
    const plan = { size: 2, timeout_s: { kind: "constant", value: 0.5 } };
    const queue = { capacity: 3, discipline: { kind: "priority" } };
    const semaphore = withServer(`semaphores: { images: ${pool} }`);
    expect(compile(scenarioOf(semaphore)).servers[0]?.pools).toEqual([{ name: "images", ...plan, queue }]);
    const threads = meshWith("{ offload: thread_pool, cpu_s: 0.001 }", [
      SEMAPHORES,
      `server_resources: { thread_pool: ${pool} }`,
    ]);
    expect(compile(scenarioOf(threads)).servers[0]?.pools).toEqual([{ name: "thread_pool", ...plan, queue }]);
  });

  test("compile gives the connections of a database a queue", () => {
    const text = withDatabase("pool: { size: 4, queue: { capacity: 1 } }");
    expect(compile(scenarioOf(text)).servers[0]?.pools).toEqual([
      { name: "orders_pool", size: 4, queue: { capacity: 1, discipline: { kind: "fifo" } } },
    ]);
  });
});

describe("compile of databases and crowded servers", () => {
  test("compile gives a database rate limits, load shedding and crowding", () => {
    const text = withDatabase(
      "rate_limits: [{ kind: leaky_bucket, rate_per_s: 50 }]",
      "load_shedding: { kind: latency, above_s: 1 }",
      "crowding: { contention_ratio: 0.02 }",
    );
    expect(compile(scenarioOf(text)).servers.find(({ id }) => id === "orders")).toMatchObject({
      rate_limits: [{ kind: "leaky_bucket", rate_per_s: 50, queue: 0 }],
      gate: { limit: null, shedding: { kind: "latency", above: 1 } },
      crowding: { contention_ratio: 0.02, coherency_ratio: 0 },
    });
  });

  test("compile gives each replica of a set how its requests are in each other's way", () => {
    const text = withServer(SEMAPHORES, "crowding: { coherency_ratio: 0.001 }", "replicas: 2");
    const crowdings = compile(scenarioOf(text)).servers.filter(({ group }) => group === "app");
    expect(crowdings.map(({ crowding }) => crowding)).toEqual(
      Array.from({ length: 2 }, () => ({ contention_ratio: 0, coherency_ratio: 0.001 })),
    );
  });
});

describe("parseScenario of policies at their places", () => {
  test.each<readonly [string, string]>([
    [
      withKeys("queue: { capacity: 3 }"),
      "queue: must stand beside concurrency_limit: without one every request begins at once, and there is nothing to wait for",
    ],
    [withKeys("deadline_s: 0"), "deadline_s: must be > 0: current value is 0"],
    [
      withKeys("concurrency_limit: 1", "queue: { costs: { /api: 2 } }"),
      "queue.costs: must stand with discipline weighted_fair: current discipline is fifo",
    ],
    [
      withKeys("concurrency_limit: 1", "queue: { discipline: weighted_fair, costs: { /apj: 2 } }"),
      "queue.costs[/apj]: must be the name of an endpoint: current name is /apj: did you mean /api?",
    ],
    [
      withServer("semaphores: { images: { size: 1, queue: { discipline: weighted_fair, costs: { /nothing: 2 } } } }"),
      "semaphores.images.queue.costs[/nothing]: must be the name of an endpoint: current name is /nothing",
    ],
    [withServer("semaphores: { images: { queue: {} } }"), "semaphores.images: missing key size"],
    [
      withServer("semaphores: { images: few }"),
      'semaphores.images: must be a whole number or a mapping with size: current value is "few"',
    ],
    [
      withServer("semaphores: { images: { size: 1, queue: { when_full: drop_oldest } } }"),
      "semaphores.images.queue: unknown key when_full",
    ],
    [withServer(SEMAPHORES, "crowding: {}"), "crowding: must have at least one of contention_ratio, coherency_ratio"],
    [
      withDatabase("load_shedding: { kind: utilization, above_ratio: 0.5 }"),
      "topology_graph.nodes.databases[orders].load_shedding.kind: must be latency at a database: it has no cores whose use could be looked at",
    ],
    [
      withDatabase("concurrency_limit: 2", "queue: { discipline: weighted_fair, costs: { rea: 2 } }"),
      "topology_graph.nodes.databases[orders].queue.costs.rea: must be the name of a query: current name is rea: did you mean read?",
    ],
  ])("parseScenario refuses %#", (text, problem) => {
    expect(shortProblems(text)).toEqual([problem]);
  });

  test("parseScenario finds who waits for itself in a pool that is a mapping", () => {
    const text = meshWith("{ semaphore: images, steps: [{ semaphore: images, steps: [cpu_s: 1] }] }", [
      SEMAPHORES,
      "semaphores: { images: { size: 1 } }",
    ]);
    expect(problemsOf(text).join("\n")).toContain("must not be wanted by who holds all of it");
  });

  test("parseScenario says that no generator has the class of a limit at an endpoint", () => {
    const text = withKeys("rate_limits: [{ kind: token_bucket, rate_per_s: 5, class: gold }]");
    const { notes } = parseScenario(text, { file: "" });
    expect(notes.map(({ message }) => message)).toContain("the limit has no effect: no generator has class gold");
  });
});

describe("ServerBuilder", () => {
  test("ServerBuilder takes policies of endpoints, pools and crowding in the words of a file", () => {
    const built = scenario("places")
      .generator("shoppers", { avg_active_users: { mean: 1 }, avg_request_per_minute_per_user: { mean: 20 } })
      .client("browser")
      .server("app", {}, (server) =>
        server
          .endpoint("/api", [{ semaphore: "slots", steps: [{ cpu_s: 1 }] }], { concurrency_limit: 4, deadline_s: 3 })
          .semaphore("slots", { size: 2, queue: { capacity: 1 } })
          .crowding({ contention_ratio: 0.1 })
          .deadline(9),
      )
      .link("shoppers", "browser", 0)
      .link("browser", "app", 0)
      .build();
    expect(compile(built).servers[0]).toMatchObject({
      crowding: { contention_ratio: 0.1 },
      pools: [{ name: "slots", size: 2, queue: { capacity: 1 } }],
      endpoints: [{ gate: { limit: { limit: 4 } }, deadline_s: 3 }],
    });
  });
});

/** Path within the endpoint or the server, and message, of each problem. */
function shortProblems(text: string): readonly string[] {
  return parseScenario(text, { file: "" }).problems.map(({ path, message }) =>
    `${path}: ${message}`
      .replace("topology_graph.nodes.servers[app].endpoints[/api].", "")
      .replace("topology_graph.nodes.servers[app].", ""),
  );
}
