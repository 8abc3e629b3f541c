import { describe, expect, test } from "vitest";
import { compile, parseScenario, scenario } from "../src/index.js";
import { meshWith, problemsOf, scenarioOf } from "./mesh-yaml.js";
import type { Change } from "./example-yaml.js";

const PLACE = "semaphores: { images: 2 }";
const BACKLOG: Change = [PLACE, `${PLACE}\n        server_resources: { max_connections: 4, backlog: 30 }`];

/** The scenario with a backlog of 30 and this detector. */
function withDetector(detector: string, ...changes: readonly Change[]): string {
  return meshWith("", BACKLOG, ["sim_settings:", `detector: ${detector}\nsim_settings:`], ...changes);
}

function withInjector(injector: string, ...changes: readonly Change[]): string {
  return meshWith(
    "",
    ["semaphores: { images: 2 }", `semaphores: { images: 2 }\n        injector: ${injector}`],
    ...changes,
  );
}

function detectorsOf(text: string): unknown {
  return compile(scenarioOf(text)).detectors;
}

describe("compile of detectors", () => {
  test("compile gives a detector its defaults and the backlog of its server", () => {
    expect(detectorsOf(withDetector("{ node: app }"))).toEqual([
      {
        id: "detector",
        buffer: { servers: ["app"], capacity: 30 },
        interval_s: 0.1,
        trend_intervals: 5,
        window: 50,
        degraded_ratio: 0.4,
        collapsed_ratio: 0.85,
        latency_growth_ratio: 1,
        failed_ratio: 0.5,
      },
    ]);
    expect(detectorsOf(meshWith(""))).toBeUndefined();
  });

  test("compile counts the trend in intervals, and keeps what is given", () => {
    const given =
      "{ id: watch, node: app, capacity: 7, interval_s: 0.25, trend_s: 2, window: 9, collapsed_ratio: 0.5 }";
    expect(detectorsOf(withDetector(given))).toMatchObject([
      { id: "watch", buffer: { capacity: 7 }, interval_s: 0.25, trend_intervals: 8, window: 9, collapsed_ratio: 0.5 },
    ]);
    const slower = detectorsOf(withDetector("{ node: app, interval_s: 2 }"));
    expect(slower).toMatchObject([{ interval_s: 2, trend_intervals: 5 }]);
  });

  test("compile counts the queue of a server as room, too, where it has a limit", () => {
    const gated = "{ node: prices }";
    const prices = "- id: prices\n        concurrency_limit: 4\n        queue: { capacity: 12 }";
    const text = withDetector(gated, ["- id: prices", prices]);
    expect(detectorsOf(text)).toMatchObject([{ buffer: { servers: ["prices"], capacity: 12 } }]);
    expect(problemsOf(text.replace("{ capacity: 12 }", "{}"))[0]).toContain("missing key capacity");
    const both = withDetector("{ node: app }", [
      "semaphores:",
      "concurrency_limit: 2\n        queue: { capacity: 5 }\n        semaphores:",
    ]);
    expect(detectorsOf(both)).toMatchObject([{ buffer: { capacity: 35 } }]);
  });

  test("compile makes one of a set watch all its replicas, or those of a zone, with all their backlogs", () => {
    const replicas: Change = [PLACE, `replicas: 3\n        zones: [a, b]\n        ${PLACE}`];
    expect(detectorsOf(withDetector("{ node: app }", replicas))).toMatchObject([
      { buffer: { servers: ["app-1", "app-2", "app-3"], capacity: 90 } },
    ]);
    expect(detectorsOf(withDetector("{ node: app@a }", replicas))).toMatchObject([
      { buffer: { servers: ["app-1", "app-3"], capacity: 60 } },
    ]);
    expect(detectorsOf(withDetector("{ node: app-2 }", replicas))).toMatchObject([
      { buffer: { servers: ["app-2"], capacity: 30 } },
    ]);
  });

  test("compile gives a generator its throttle and closed users their number of requests", () => {
    const closed = "closed: { users: 7, think_s: 1, requests_per_user: 3 }\n  throttle: { detector: detector }";
    const text = withDetector("{ node: app }", [
      "avg_active_users: { mean: 100 }\n  avg_request_per_minute_per_user: { mean: 20 }",
      closed,
    ]);
    expect(compile(scenarioOf(text)).generators[0]).toMatchObject({
      throttle: { detector: "detector", degraded_delay_s: 0.02, collapsed_delay_s: 0.1 },
      session: { requests: { kind: "limited", count: 3 } },
    });
    const endless = compile(scenarioOf(text.replace(", requests_per_user: 3", ""))).generators[0];
    expect(endless?.session?.requests).toEqual({ kind: "endless" });
  });
});

describe("parseScenario of detectors", () => {
  test.each([
    [
      "{ node: ap }",
      'detector.node: must be the id of a server or a database: current value is "ap": did you mean app?',
    ],
    ["{ node: prices }", 'missing key capacity: "prices" has no backlog or queue that could be full'],
    ["{ node: app, trend_s: 0.05 }", "detector.trend_s: must be >= interval_s (0.1): current value is 0.05"],
    [
      "{ node: app, trend_s: 5000 }",
      "detector.trend_s: must be at most 10000 times interval_s (0.1): current value is 5000",
    ],
    [
      "{ node: app, interval_s: 0.000001 }",
      "detector.interval_s: must be long enough for at most 10000000 looks in total_simulation_time (60): current value is 0.000001",
    ],
    [
      "{ node: app, collapsed_ratio: 0.3 }",
      "detector.collapsed_ratio: must be >= degraded_ratio (0.4): current value is 0.3",
    ],
    [
      "{ node: app, degraded_ratio: 0.9 }",
      "detector.degraded_ratio: must be <= collapsed_ratio (0.85): current value is 0.9",
    ],
    ["{ id: browser, node: app }", "must be unique over all nodes, edges and detectors: current value is"],
    ["{ node: app, capacity: 0 }", "detector.capacity: must be > 0: current value is 0"],
  ])("parseScenario refuses %s", (detector, problem) => {
    const problems = problemsOf(withDetector(detector));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test("parseScenario refuses a throttle by a detector that is not there, and finds a second one of the same id", () => {
    const throttle: Change = ["rqs_input:\n", "rqs_input:\n  throttle: { detector: detectr }\n"];
    expect(problemsOf(withDetector("{ node: app }", throttle))[0]).toContain(
      'rqs_input.throttle.detector: must be the id of a detector: current value is "detectr": did you mean detector?',
    );
    const twice = withDetector("{ node: app }\ndetectors: [{ id: detector, node: app }]");
    expect(problemsOf(twice)[0]).toContain("must be unique over all nodes, edges and detectors");
  });

  test("parseScenario takes a database, whose capacity must be said", () => {
    const database: Change = [
      "    externals:",
      "    databases: [{ id: orders, workers: 2, queries: { find: { service_s: 0.01 } } }]\n    externals:",
    ];
    const steps: Change = [
      "- { id: app-bank",
      "- { id: app-orders, source: app, target: orders, latency: 0 }\n    - { id: app-bank",
    ];
    const query: Change = ["{ call: bank }", "{ call: bank }, { query: orders, name: find }"];
    const text = withDetector("{ node: orders, capacity: 12 }", database, steps, query);
    expect(problemsOf(text)).toEqual([]);
    expect(detectorsOf(text)).toMatchObject([{ buffer: { servers: ["orders"], capacity: 12 } }]);
    expect(problemsOf(text.replace(", capacity: 12", ""))[0]).toContain(
      'missing key capacity: "orders" has no backlog or queue',
    );
  });
});

describe("compile of injectors", () => {
  test("compile gives an injector its defaults and its capacity, and leaves out one that does nothing", () => {
    const injectorOf = (text: string): unknown => compile(scenarioOf(text)).servers[0]?.injector;
    expect(injectorOf(withInjector("{ drop_ratio: 0.1 }"))).toEqual({
      drop_ratio: 0.1,
      pressure_drop_ratio: 0,
      capacity: 1,
      latency_ratio: 0,
      latency_s: { kind: "constant", value: 0 },
      error_ratio: 0,
    });
    const pressing = "{ pressure_drop_ratio: 0.5 }\n        server_resources: { max_connections: 4, backlog: 30 }";
    expect(injectorOf(withInjector(pressing))).toMatchObject({ pressure_drop_ratio: 0.5, capacity: 30 });
    expect(injectorOf(withInjector("{ pressure_drop_ratio: 0.5, capacity: 8 }"))).toMatchObject({ capacity: 8 });
    expect(injectorOf(withInjector("{ drop_ratio: 0, error_ratio: 0 }"))).toBeUndefined();
  });

  test.each([
    ["{ latency_ratio: 0.1 }", "missing key latency_s"],
    ["{ latency_s: 0.1 }", "missing key latency_ratio"],
    ["{ pressure_drop_ratio: 1 }", "missing key capacity: the server has no backlog or queue that could be full"],
    ["{ drop_ratio: 0.1, capacity: 3 }", "must stand beside pressure_drop_ratio"],
    ["{ drop_ratio: 1.1 }", "must be <= 1: current value is 1.1"],
  ])("parseScenario refuses injector %s", (injector, problem) => {
    const problems = problemsOf(withInjector(injector));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder.detector and ServerBuilder.injector take the words of a file", () => {
    const built = scenario("pressed")
      .generator("users", { arrival_rate_per_s: 5, throttle: { detector: "watch", degraded_delay_s: 1 } })
      .client("browser")
      .server("app", { max_connections: 2, backlog: 9 }, (server) =>
        server.endpoint("/", [{ cpu_s: 0.1 }]).injector({ error_ratio: 0.2 }),
      )
      .link("users", "browser", 0)
      .link("browser", "app", 0)
      .detector("watch", { node: "app", window: 20 })
      .build();
    const plan = compile(built);
    expect(plan.detectors).toMatchObject([{ id: "watch", window: 20, buffer: { servers: ["app"], capacity: 9 } }]);
    expect(plan.servers[0]?.injector).toMatchObject({ error_ratio: 0.2 });
    expect(plan.generators[0]?.throttle).toEqual({ detector: "watch", degraded_delay_s: 1, collapsed_delay_s: 0.1 });
    expect(parseScenario(JSON.stringify(built), { file: "" }).problems).toEqual([]);
  });
});
