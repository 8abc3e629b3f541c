import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario, resolve, scenario, setParameter } from "../src/index.js";
import { changedExample, type Change } from "./example-yaml.js";
import { scenarioOf } from "./mesh-yaml.js";

const RESOURCES =
  "server_resources: { cpu_cores: 2, ram_mb: 2048 }\n        endpoints:\n          - endpoint_name: /api\n            steps:\n";

/** The example with more keys in the resources of app-1, and with more keys beside them. */
function cpuChange(resources: string, keys = ""): Change {
  return [RESOURCES, RESOURCES.replace("2048 }", `2048${resources} }${keys}`)];
}

function problemsOf(change: Change): readonly string[] {
  return parseScenario(changedExample(change), { file: "" }).problems.map(formatProblem);
}

const slowDown = (start: string, end = "recover"): Change => [
  "    start: { kind: server_down, t_start: 100 }\n    end: { kind: server_up, t_end: 160 }",
  `    start: { ${start}, t_start: 100 }\n    end: { kind: ${end}, t_end: 160 }`,
];

describe("compile", () => {
  test("compile leaves the CPU of a plain server out", () => {
    for (const server of compile(scenarioOf(changedExample(["", ""]))).servers) expect("cpu" in server).toBe(false);
  });

  test("compile gives a server the CPU that the file describes", () => {
    const resources = ", event_loops: 4, accept: kernel, threads: 64, cpu_quota: { cores: 1.5 }";
    const keys = `
        pauses: { kind: gc, every_s: 20, length_s: { distribution: exponential, mean: 0.05 } }
        background: [{ name: scrape, every_s: 10, cpu_s: 0.02 }]`;
    const [one, two] = compile(scenarioOf(changedExample(cpuChange(resources, keys)))).servers;
    expect(one!.cpu).toEqual({
      scheduling: "fifo",
      event_loops: { count: 4, accept: "kernel" },
      threads: 64,
      quota: { cores: 1.5, period_s: 0.1 },
      pauses: { every_s: { kind: "constant", value: 20 }, length_s: { kind: "exponential", mean: 0.05 } },
      background: [
        { name: "scrape", every_s: { kind: "constant", value: 10 }, cpu_s: { kind: "constant", value: 0.02 } },
      ],
    });
    expect(two!.cpu).toBeUndefined();
  });

  test("compile gives requests of a mix their priority, and a server its discipline", () => {
    const read = changedExample(cpuChange("", "\n        scheduling: priority"));
    const text = read.replace(
      "topology_graph:",
      "  mix: [{ class: buyer }, { class: robot, priority: 9 }]\ntopology_graph:",
    );
    const plan = compile(scenarioOf(text));
    expect(plan.generators[0]!.mix.map(({ priority }) => priority)).toEqual([0, 9]);
    expect(plan.servers[0]!.cpu).toMatchObject({ scheduling: "priority", event_loops: null, threads: 0, quota: null });
  });

  test("compile makes a disruption of a slow-down, of a server, of each replica and of an external service", () => {
    const text = changedExample(slowDown("kind: slow_down, factor: 4"));
    const plan = compile(scenarioOf(text));
    expect(plan.disruptions).toEqual([{ kind: "slow_down", target: "app-1", start_s: 100, end_s: 160, factor: 4 }]);
    const external = text
      .replace("  edges:\n", "    externals: [{ id: bank, response_s: 0.1 }]\n  edges:\n")
      .replace("target_id: app-1", "target_id: bank");
    expect(compile(scenarioOf(external)).disruptions[0]!.target).toBe("bank");
  });

  test("compile reads keys that a parameter sets", () => {
    const text = changedExample(cpuChange("", "\n        scheduling: lifo"));
    const { data } = parseScenario(text, { file: "" });
    const path = "topology_graph.nodes.servers[app-1].scheduling";
    const set = setParameter(data, path, "processor_sharing");
    expect(compile(scenarioOf(JSON.stringify(set))).servers[0]!.cpu!.scheduling).toBe("processor_sharing");
  });
});

describe("resolve", () => {
  test("resolve makes the defaults of a CPU explicit", () => {
    const { servers } = resolve(scenarioOf(changedExample(["", ""]))).topology_graph.nodes;
    expect(servers[0]).toMatchObject({ scheduling: "fifo", pauses: null, background: [] });
    expect(servers[0]!.server_resources).toMatchObject({
      event_loops: null,
      accept: "shared",
      threads: null,
      cpu_quota: null,
    });
  });
});

describe("parseScenario", () => {
  test.each<readonly [string, Change, readonly string[]]>([
    [
      "another discipline beside event loops",
      cpuChange(", event_loops: 2", "\n        scheduling: lifo"),
      ['topology_graph.nodes.servers[app-1].scheduling: must be fifo with event_loops: current value is "lifo"'],
    ],
    [
      "a way to accept without event loops",
      cpuChange(", accept: kernel"),
      [
        'topology_graph.nodes.servers[app-1].server_resources.accept: must be left out without event_loops: current value is "kernel"',
      ],
    ],
    [
      "two pieces of work of one name",
      cpuChange("", "\n        background: [{ name: a, every_s: 1, cpu_s: 0.1 }, { name: a, every_s: 2, cpu_s: 0.1 }]"),
      [
        'topology_graph.nodes.servers[app-1].background[1].name: must be unique within the server: current value is "a"',
      ],
    ],
    [
      "a semaphore with the name of the threads",
      cpuChange("", "\n        semaphores: { threads: 2 }"),
      [
        'topology_graph.nodes.servers[app-1].semaphores.threads: name must not be the name of the threads of requests: current name is "threads"',
      ],
    ],
    ["a slow-down without a factor", slowDown("kind: slow_down"), ["events[rollout].start: missing key factor"]],
    [
      "a slow-down with latency, and an outage with a factor",
      slowDown("kind: slow_down, factor: 2, spike_s: 1"),
      ["events[rollout].start.spike_s: must be left out for slow_down: current value is 1"],
    ],
    [
      "an outage with a factor",
      slowDown("kind: server_down, factor: 2", "server_up"),
      ["events[rollout].start.factor: must be left out for server_down: current value is 2"],
    ],
    [
      "an end that does not fit",
      slowDown("kind: slow_down, factor: 2", "server_up"),
      ['events[rollout].end.kind: must be recover to end slow_down: current value is "server_up"'],
    ],
  ])("parseScenario refuses %s", (_name, change, expected) => {
    expect(problemsOf(change).map((problem) => problem.replace(/^\d+:\d+: /, ""))).toEqual(expected);
  });

  test("parseScenario refuses a slow-down of an edge", () => {
    const text = changedExample(slowDown("kind: slow_down, factor: 2")).replace(
      "target_id: app-1",
      "target_id: balancer-app-1",
    );
    const [problem] = parseScenario(text, { file: "" }).problems.map(formatProblem);
    expect(problem).toContain("events[rollout].target_id: must be the id of a server for slow_down: current value is");
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder.server and slowDown say how a CPU is shared and when it is slower", () => {
    const built = scenario("shop")
      .generator("shoppers", { arrival_rate_per_s: 10 })
      .client("browser")
      .server("app", { event_loops: 2, threads: 8 }, (server) =>
        server.cpu({ background: [{ name: "scrape", every_s: 10, cpu_s: 0.1 }] }).endpoint("/", [{ cpu_s: 0.01 }]),
      )
      .link("shoppers", "browser", 0)
      .link("browser", "app", 0.001)
      .slowDown("app", { t_start: 1, t_end: 2, factor: 3 })
      .build();
    const plan = compile(built);
    expect(plan.servers[0]!.cpu).toMatchObject({ event_loops: { count: 2, accept: "shared" }, threads: 8 });
    expect(plan.servers[0]!.cpu!.background[0]!.name).toBe("scrape");
    expect(plan.disruptions).toEqual([{ kind: "slow_down", target: "app", start_s: 1, end_s: 2, factor: 3 }]);
    expect(built.events![0]!.event_id).toBe("app-slow-down-1");
  });
});
