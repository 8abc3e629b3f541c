import { describe, expect, test } from "vitest";
import { formatProblem, parseScenario } from "../src/index.js";
import { readAsyncFlowFile } from "./asyncflow-files.js";
import { changedExample, EXAMPLE_YAML, type Change } from "./example-yaml.js";

type Changes = readonly Change[];

function notesOf(text: string): readonly string[] {
  const { problems, notes } = parseScenario(text, { file: "" });
  expect(problems).toEqual([]);
  return notes.map(formatProblem);
}

/** The notes that the changes add to those of the example. */
function notesAddedBy(...changes: Changes): readonly string[] {
  const known = new Set(parseScenario(EXAMPLE_YAML, { file: "" }).notes.map(({ message }) => message));
  return parseScenario(changedExample(...changes), { file: "" })
    .notes.filter(({ message }) => !known.has(message))
    .map(formatProblem);
}

describe("findNotes", () => {
  test("findNotes names the end of the user window, the one difference that every file has", () => {
    expect(notesOf(EXAMPLE_YAML)).toEqual([
      "3:3: rqs_input: gap that crosses the end of a user window: Loadstar generates 33.3333 requests/s over 600 s, " +
        "AsyncFlow 0.1.1 loses the time of the gap and generates about 33.35 requests/s over about 599.7 s",
    ]);
  });

  test("findNotes gives the numbers of a slow generator, where the difference is large", () => {
    // Rate 0.5/s in windows of 1 s: a share of (1 - exp(-0.5)) / 0.5 = 0.786939 of the time is lost.
    const [note] = notesAddedBy(
      ["mean: 100", "mean: 1.5"],
      ["{ mean: 20 }", "{ mean: 20 }\n  user_sampling_window: 1"],
    );
    expect(note).toContain("Loadstar generates 0.5 requests/s over 600 s");
    expect(note).toContain("about 2.34674 requests/s over about 127.837 s");
  });

  test("findNotes says nothing of the window without requests", () => {
    expect(notesOf(changedExample(["mean: 100", "mean: 0"]))).toEqual([]);
  });

  test("findNotes lists what the example of AsyncFlow takes by default", () => {
    expect(notesOf(readAsyncFlowFile("predict.yml")).slice(1)).toEqual([
      "20:3: topology_graph.edges: dropout_rate is not stated and 0.01 is in force, as in AsyncFlow, on: " +
        "gen-to-client, client-to-server, server-to-client",
    ]);
  });

  test.each<readonly [string, Changes, readonly string[]]>([
    [
      "the variance of normal users",
      [["{ mean: 100 }", "{ mean: 100, distribution: normal, variance: 25 }"]],
      [
        "4:21: rqs_input.avg_active_users: variance 25 of a normal: Loadstar draws with standard deviation 5, AsyncFlow 0.1.1 with 25",
      ],
    ],
    [
      "the default variance of normal users",
      [["{ mean: 100 }", "{ mean: 100, distribution: gaussian }"]],
      [
        "4:21: rqs_input.avg_active_users: variance 100 (its mean, by default) of a normal: Loadstar draws with standard deviation 10, AsyncFlow 0.1.1 with 100",
      ],
    ],
    ["no standard deviation", [["{ mean: 100 }", "{ mean: 100, distribution: normal, std: 5 }"]], []],
    [
      "the variance of a normal latency",
      [["latency: 0.003", "latency: { distribution: normal, mean: 0.003, variance: 0.0001 }"]],
      [
        "25:75: topology_graph.edges[shoppers-browser].latency: variance 0.0001 of a normal: Loadstar draws with standard deviation 0.01 s, AsyncFlow 0.1.1 with 0.0001 s",
      ],
    ],
    [
      "a uniform by its mean",
      [["latency: 0.003", "latency: { distribution: uniform, mean: 0.003 }"]],
      [
        "25:75: topology_graph.edges[shoppers-browser].latency: uniform by its mean 0.003: Loadstar draws from [0, 0.006) s, AsyncFlow 0.1.1 from [0, 1) s",
      ],
    ],
    ["no uniform by its bounds", [["latency: 0.003", "latency: { distribution: uniform, min: 1, max: 2 }"]], []],
    [
      "a log_normal",
      [["latency: 0.003", "latency: { distribution: log_normal, mean: 0.5, variance: 2 }"]],
      [
        "25:75: topology_graph.edges[shoppers-browser].latency: mean 0.5 and variance 2 of a log_normal: Loadstar takes them as those of the duration [s], AsyncFlow 0.1.1 as mu and sigma of its logarithm, so that the median is 1.64872 s and the mean 12.1825 s",
      ],
    ],
    [
      "a duration without distribution, in a step of the long spelling too",
      [["cpu_s: 0.002", "{ kind: cpu, step_operation: { cpu_time: { mean: 2 } } }"]],
      [
        "16:58: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].step_operation.cpu_time: distribution is not stated and poisson is in force, as in AsyncFlow: a whole number of seconds with mean 2",
      ],
    ],
    [
      "least_connection",
      [["server_covered", "algorithms: least_connection, server_covered"]],
      [
        "9:48: topology_graph.nodes.load_balancer.algorithms: least_connection: Loadstar counts the requests that a server has not yet finished and settles ties in turn, AsyncFlow 0.1.1 counts only messages on the edge and gives ties to the first server, which can get 99 % of all",
      ],
    ],
    [
      "unequal weights",
      [
        [
          "          - endpoint_name: /api\n            steps:\n",
          "          - { endpoint_name: /a, probability: 0.25, steps: [] }\n          - endpoint_name: /api\n            weight: 0.75\n            steps:\n",
        ],
      ],
      [
        "14:11: topology_graph.nodes.servers[app-1].endpoints: weights of the endpoints of app-1: Loadstar chooses them with 25 %, 75 %, AsyncFlow 0.1.1 ignores them and chooses each with 50 %",
      ],
    ],
    [
      "keys without effect",
      [
        ["ram_mb: 2048 }", "ram_mb: 2048, db_connection_pool: 5 }"],
        ["dropout_rate: 0 }", "dropout_rate: 0, probability: 1 }"],
      ],
      [
        "12:57: topology_graph.nodes.servers[app-1].server_resources.db_connection_pool: db_connection_pool has no effect, nor has it in AsyncFlow 0.1.1",
        "25:99: topology_graph.edges[shoppers-browser].probability: probability of an edge has no effect, nor has it in AsyncFlow 0.1.1",
      ],
    ],
    [
      "more memory than there is",
      [["ram_mb: 120", "ram_mb: 4000"]],
      [
        "14:13: topology_graph.nodes.servers[app-1].endpoints[/api]: endpoint needs 4000 MB and app-1 has 2048 MB: its requests wait for ever and block all behind them",
      ],
    ],
    [
      "servers that no request can reach, and that are not covered",
      [
        ["source: browser, target: balancer", "source: browser, target: app-1"],
        [", server_covered: [app-1, app-2]", ""],
      ],
      [
        "9:20: topology_graph.nodes.load_balancer: no request can reach balancer",
        "19:9: topology_graph.nodes.servers[app-2]: no request can reach app-2",
      ],
    ],
    [
      "a server that is not covered and gets requests",
      [["[app-1, app-2]", "[app-1]"]],
      [
        "9:52: topology_graph.nodes.load_balancer.server_covered: server app-2 is not covered and gets requests all the same, by its edge",
      ],
    ],
    [
      "an edge from a client that requests do not pass on their way out",
      [["source: shoppers, target: browser", "source: shoppers, target: balancer"]],
      ["26:7: topology_graph.edges[browser-balancer]: no request takes this edge: no generator leads to its source"],
    ],
  ])("findNotes names %s", (_, changes, notes) => {
    expect(notesAddedBy(...changes)).toEqual(notes);
  });

  test("findNotes lists at most ten edges", () => {
    const edges = Array.from({ length: 12 }, (_, k) => `    - { id: e${k}, source: a${k}, target: b${k}, latency: 1 }`);
    const servers = edges.flatMap((_, k) =>
      [`a${k}`, `b${k}`].map((id) => `      - { id: ${id}, endpoints: [{ endpoint_name: x, steps: [] }] }`),
    );
    const text = changedExample(
      ["  edges:\n", `  edges:\n${edges.join("\n")}\n`],
      ["    servers:\n", `    servers:\n${servers.join("\n")}\n`],
    );
    const note = notesOf(text).find((line) => line.includes("dropout_rate"));
    expect(note).toMatch(/on: e0, e1, e2, e3, e4, e5, e6, e7, e8, e9 and 2 more$/);
  });
});
