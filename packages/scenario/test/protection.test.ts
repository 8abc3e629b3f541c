import { describe, expect, test } from "vitest";
import { compile, parseScenario, scenario } from "../src/index.js";
import { meshWith, problemsOf, scenarioOf } from "./mesh-yaml.js";

const PLACE = "semaphores: { images: 2 }";

/** The scenario whose first server has these keys, in block style. */
function withKeys(...keys: readonly string[]): string {
  return meshWith("{ semaphore: images, steps: [cpu_s: 0.001] }", [PLACE, [PLACE, ...keys].join("\n        ")]);
}

function gateOf(...keys: readonly string[]): unknown {
  return compile(scenarioOf(withKeys(...keys))).servers[0]?.gate;
}

const NO_QUEUE = { capacity: 0, discipline: { kind: "fifo" }, when_full: "reject_newest", codel: null };

describe("compile of concurrency limits and queues", () => {
  test("compile gives a server none that has none of the keys", () => {
    expect(gateOf()).toBeUndefined();
  });

  test("compile fills in the defaults: nobody waits without a queue, everybody in one without a capacity", () => {
    const limit = { kind: "fixed", limit: 8 };
    expect(gateOf("concurrency_limit: 8")).toEqual({ limit, queue: NO_QUEUE, shedding: null });
    expect(gateOf("concurrency_limit: 8", "queue: {}")).toEqual({
      limit,
      queue: { ...NO_QUEUE, capacity: Infinity },
      shedding: null,
    });
  });

  test("compile gives adaptive limits a beginning between their ends", () => {
    const aimd = { kind: "aimd", min: 1, max: 200, initial: 20, timeout_s: 5, backoff_ratio: 0.9 };
    expect(gateOf("concurrency_limit: { kind: aimd }")).toMatchObject({ limit: aimd });
    const gradient = {
      kind: "gradient",
      min: 30,
      max: 400,
      initial: 30,
      tolerance_ratio: 1.5,
      smoothing_ratio: 0.2,
      growth: 4,
    };
    expect(gateOf("concurrency_limit: { kind: gradient, min: 30, max: 400 }")).toMatchObject({ limit: gradient });
    expect(gateOf("concurrency_limit: { kind: aimd, max: 9 }")).toMatchObject({ limit: { initial: 9 } });
  });

  test.each([
    ["discipline: adaptive_lifo", { discipline: { kind: "adaptive_lifo", lifo_above: 10 } }],
    [
      "discipline: weighted_fair, weights: { gold: 3 }",
      { discipline: { kind: "weighted_fair", weights: { gold: 3 } } },
    ],
    ["discipline: weighted_fair", { discipline: { kind: "weighted_fair", weights: {} } }],
    ["capacity: 0, when_full: drop_oldest", { capacity: 0, when_full: "drop_oldest" }],
    [
      "discipline: priority, when_full: drop_lowest_priority",
      { discipline: { kind: "priority" }, when_full: "drop_lowest_priority" },
    ],
    ["shed: { kind: codel }", { codel: { target_s: 0.005, interval_s: 0.1 } }],
  ])("compile reads queue { %s }", (keys, queue) => {
    expect(gateOf("concurrency_limit: 8", `queue: { ${keys} }`)).toMatchObject({ queue });
  });

  test("compile reads load shedding, with a concurrency limit and without one", () => {
    const utilization = { kind: "utilization", above: 0.9, window_s: 1, spare_priority: -1 };
    expect(gateOf("load_shedding: { kind: utilization, above_ratio: 0.9 }")).toEqual({
      limit: null,
      queue: NO_QUEUE,
      shedding: utilization,
    });
    const latency = "load_shedding: { kind: latency, above_s: 0.5, window_s: 3, spare_priority: 1 }";
    expect(gateOf("concurrency_limit: 8", latency)).toMatchObject({
      limit: { limit: 8 },
      shedding: { kind: "latency", above: 0.5, window_s: 3, spare_priority: 1 },
    });
  });

  test("compile gives each replica of a set its own", () => {
    const plan = compile(scenarioOf(withKeys("concurrency_limit: 8", "replicas: 2")));
    expect(plan.servers.filter(({ group }) => group === "app").map(({ gate }) => gate?.limit)).toEqual([
      { kind: "fixed", limit: 8 },
      { kind: "fixed", limit: 8 },
    ]);
  });
});

describe("parseScenario of concurrency limits and queues", () => {
  test.each([
    [
      "queue: { capacity: 3 }",
      "queue: must stand beside concurrency_limit: without one every request begins at once, and there is nothing to wait for",
    ],
    ["concurrency_limit: 0", "concurrency_limit: must be >= 1: current value is 0"],
    [
      "concurrency_limit: many",
      'concurrency_limit: must be a whole number or a mapping with kind aimd or gradient: current value is "many"',
    ],
    [
      "concurrency_limit: { kind: aimd, growth: 2 }",
      "concurrency_limit.growth: must stand with kind gradient: current kind is aimd",
    ],
    [
      "concurrency_limit: { kind: gradient, min: 9, max: 3 }",
      "concurrency_limit: must have min <= initial <= max: current values are 9, 9, 3",
    ],
    ["load_shedding: { kind: latency }", "load_shedding: missing key above_s"],
    [
      "load_shedding: { kind: utilization, above_ratio: 1 }",
      "load_shedding.above_ratio: must be < 1: current value is 1",
    ],
    [
      "load_shedding: { kind: latency, above_s: 1, above_ratio: 0.5 }",
      "load_shedding.above_ratio: must stand with kind utilization: current kind is latency",
    ],
  ])("parseScenario refuses %s", (keys, problem) => {
    expect(shortProblems(withKeys(keys))).toEqual([problem]);
  });

  test.each([
    ["lifo_above: 2", "lifo_above: must stand with discipline adaptive_lifo: current discipline is fifo"],
    [
      "discipline: lifo, weights: { a: 1 }",
      "weights: must stand with discipline weighted_fair: current discipline is lifo",
    ],
    ["when_full: drop_lowest_priority", "when_full: must stand with discipline priority: current discipline is fifo"],
    ["shed: { kind: codel, target_s: 1 }", "shed: must have target_s <= interval_s: current values are 1, 0.1"],
    ["capacity: -1", "capacity: must be >= 0: current value is -1"],
  ])("parseScenario refuses queue { %s }", (keys, problem) => {
    expect(shortProblems(withKeys("concurrency_limit: 8", `queue: { ${keys} }`))).toEqual([`queue.${problem}`]);
  });

  test("parseScenario takes the limit of a queue from a template", () => {
    const text = withKeys("template: web", "queue: { capacity: 3 }").replace(
      "topology_graph:\n",
      "templates: { web: { concurrency_limit: 5 } }\ntopology_graph:\n",
    );
    expect(problemsOf(text)).toEqual([]);
  });
});

describe("databases with concurrency limits and queues", () => {
  const withDatabase = (keys: string): string =>
    meshWith("{ query: orders, name: one }", [
      "    externals:",
      `    databases: [{ id: orders, workers: 4, ${keys}, queries: { one: { service_s: 0.01 } } }]\n    externals:`,
    ]).replace(
      "  edges:\n",
      "  edges:\n    - { id: app-orders, source: app, target: orders, latency: 0, loss_ratio: 0 }\n",
    );

  test("compile gives a database the gate of a server before its workers", () => {
    const plan = compile(scenarioOf(withDatabase("concurrency_limit: 4, queue: { discipline: lifo, capacity: 9 }")));
    const orders = plan.servers.find(({ id }) => id === "orders");
    expect(orders).toMatchObject({
      pools: [{ name: "workers", size: 4 }],
      gate: { limit: { limit: 4 }, shedding: null },
    });
    expect(orders?.gate?.queue).toMatchObject({ capacity: 9, discipline: { kind: "lifo" } });
  });

  test("parseScenario refuses a queue without a limit", () => {
    const messages = (keys: string): readonly string[] =>
      parseScenario(withDatabase(keys), { file: "" }).problems.map(({ message }) => message);
    expect(messages("queue: {}")).toEqual([
      "must stand beside concurrency_limit: without one every request begins at once, and there is nothing to wait for",
    ]);
  });
});

describe("parseScenario of queues that cannot tell requests from each other", () => {
  const notesOf = (text: string): readonly string[] =>
    parseScenario(text, { file: "" }).notes.flatMap(({ message }) =>
      /the queue is|is shed|the weight/.test(message) ? [message] : [],
    );
  const mixed = (text: string, mix: string): string => text.replace("rqs_input:\n", `rqs_input:\n  mix: [${mix}]\n`);

  test("parseScenario says that all requests have one priority", () => {
    const text = withKeys("concurrency_limit: 8", "queue: { discipline: priority }");
    expect(notesOf(text)).toEqual(["the queue is first in, first out: all requests have priority 0"]);
    expect(notesOf(mixed(text, "{ priority: 1 }, { priority: 0 }"))).toEqual([]);
    const spared = withKeys("load_shedding: { kind: latency, above_s: 1, spare_priority: 0 }");
    expect(notesOf(spared)).toEqual(["nothing is shed: all requests have priority 0"]);
    expect(notesOf(mixed(spared, "{ priority: 1 }, { priority: 0 }"))).toEqual([]);
  });

  test("parseScenario says that no caller has a deadline", () => {
    const text = withKeys("concurrency_limit: 8", "queue: { discipline: earliest_deadline }");
    expect(notesOf(text)).toEqual(["the queue is first in, first out: no caller gives a deadline_s"]);
    expect(notesOf(text.replace("rqs_input:\n", "rqs_input:\n  deadline_s: 1\n"))).toEqual([]);
  });

  test("parseScenario says that no generator has the class of a weight", () => {
    const text = withKeys(
      "concurrency_limit: 8",
      "queue: { discipline: weighted_fair, weights: { gold: 3, sliver: 2 } }",
    );
    expect(notesOf(mixed(text, "{ class: gold }, { class: silver }"))).toEqual([
      "the weight has no effect: no generator has class sliver: did you mean silver?",
    ]);
  });
});

describe("ServerBuilder", () => {
  test("ServerBuilder.protection takes limit, queue and load shedding in the words of a file", () => {
    const built = scenario("limits")
      .generator("shoppers", { avg_active_users: { mean: 1 }, avg_request_per_minute_per_user: { mean: 20 } })
      .client("browser")
      .server("app", {}, (server) =>
        server
          .endpoint("/api", [{ cpu_s: 1 }])
          .protection({ concurrency_limit: 4, queue: { discipline: "lifo" } })
          .protection({ load_shedding: { kind: "latency", above_s: 1 } }),
      )
      .link("shoppers", "browser", 0)
      .link("browser", "app", 0)
      .build();
    expect(compile(built).servers[0]?.gate).toMatchObject({
      limit: { limit: 4 },
      queue: { discipline: { kind: "lifo" } },
      shedding: { above: 1 },
    });
  });
});

/** Path within the server and message of each problem. */
function shortProblems(text: string): readonly string[] {
  return parseScenario(text, { file: "" }).problems.map(({ path, message }) =>
    `${path}: ${message}`.replace("topology_graph.nodes.servers[app].", ""),
  );
}
