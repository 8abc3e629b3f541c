import { describe, expect, test } from "vitest";
import { problemsOfExample, type ProblemCase } from "./problem-cases.js";

const CASES: readonly ProblemCase[] = [
  {
    name: "suggests the known key nearest to an unknown one",
    change: ["cpu_cores: 2", "cpu_coress: 2"],
    problems: [
      "12:29: topology_graph.nodes.servers[app-1].server_resources: unknown key cpu_coress: did you mean cpu_cores?",
    ],
  },
  {
    name: "suggests nothing for a key like no other",
    change: ["cpu_cores: 2", "zzzzzzzz: 2"],
    problems: ["12:29: topology_graph.nodes.servers[app-1].server_resources: unknown key zzzzzzzz"],
  },
  {
    name: "reports a misspelt section as missing and unknown",
    change: ["sim_settings:", "sim_setings:"],
    problems: ["1:1: missing key sim_settings", "31:1: unknown key sim_setings: did you mean sim_settings?"],
  },
  {
    name: "refuses a text for a number",
    change: ["mean: 100 }", "mean: many }"],
    problems: ['4:29: rqs_input.avg_active_users.mean: must be a finite number: current value is "many"'],
  },
  {
    name: "names what a mapping must have where a number or a text stands for it",
    change: ["{ mean: 20 }", "20"],
    problems: ["5:36: rqs_input.avg_request_per_minute_per_user: must be a mapping with mean: current value is 20"],
  },
  {
    name: "refuses a list for a mapping",
    change: ["{ mean: 20 }", "[20]"],
    problems: ["5:36: rqs_input.avg_request_per_minute_per_user: must be a mapping: current value is a list"],
  },
  {
    name: "refuses half a core",
    change: ["cpu_cores: 2", "cpu_cores: 1.5"],
    problems: [
      "12:40: topology_graph.nodes.servers[app-1].server_resources.cpu_cores: must be an integer: current value is 1.5",
    ],
  },
  {
    name: "refuses Infinity",
    change: ["mean: 100 }", "mean: .inf }"],
    problems: ["4:29: rqs_input.avg_active_users.mean: must be a finite number: current value is Infinity"],
  },
  {
    name: "refuses a number beyond the range",
    change: ["latency: 0.003", "latency: 1e999"],
    problems: [
      "25:75: topology_graph.edges[shoppers-browser].latency: must be a finite number of seconds or a distribution: current value is Infinity",
    ],
  },
  {
    name: "refuses a dropout rate above 1",
    change: ["dropout_rate: 0 }", "dropout_rate: 1.5 }"],
    problems: ["25:96: topology_graph.edges[shoppers-browser].dropout_rate: must be <= 1: current value is 1.5"],
  },
  {
    name: "refuses an empty id",
    change: ["id: shoppers\n", "id: ''\n"],
    problems: ['3:7: rqs_input.id: must not be empty: current value is ""'],
  },
  {
    name: "refuses a number for an id",
    change: ["id: browser }", "id: 1 }"],
    problems: ["8:19: topology_graph.nodes.client.id: must be a text: current value is 1"],
  },
  {
    name: "refuses control characters in an id",
    change: ["id: browser }", 'id: "bro\\twser" }'],
    problems: [
      '8:19: topology_graph.nodes.client.id: must not contain control characters: current value is "bro\\twser"',
      '25:57: topology_graph.edges[shoppers-browser].target: must be the id of a node: current value is "browser": did you mean "bro\\twser"?',
      '26:39: topology_graph.edges[browser-balancer].source: must be the id of a node: current value is "browser": did you mean "bro\\twser"?',
      '29:51: topology_graph.edges[app-1-browser].target: must be the id of a node: current value is "browser": did you mean "bro\\twser"?',
      '30:51: topology_graph.edges[app-2-browser].target: must be the id of a node: current value is "browser": did you mean "bro\\twser"?',
    ],
  },
  {
    name: "refuses an id of more than 200 characters",
    change: [
      "id: browser }",
      "id: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }",
    ],
    problems: [
      '8:19: topology_graph.nodes.client.id: must be at most 200 characters long: current value is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."',
      '25:57: topology_graph.edges[shoppers-browser].target: must be the id of a node: current value is "browser"',
      '26:39: topology_graph.edges[browser-balancer].source: must be the id of a node: current value is "browser"',
      '29:51: topology_graph.edges[app-1-browser].target: must be the id of a node: current value is "browser"',
      '30:51: topology_graph.edges[app-2-browser].target: must be the id of a node: current value is "browser"',
    ],
  },
  {
    name: "refuses an unknown dialect",
    change: ["name: shop", "dialect: async"],
    problems: ['1:10: dialect: must be one of loadstar, asyncflow: current value is "async"'],
  },
  {
    name: "refuses two spreads of the users",
    change: ["{ mean: 100 }", "{ mean: 100, distribution: normal, std: 1, cv: 2 }"],
    problems: [
      "4:21: rqs_input.avg_active_users: must have at most one of variance, std, cv: current keys are std, cv",
    ],
  },
  {
    name: "refuses a variance of a Poisson",
    change: ["{ mean: 100 }", "{ mean: 100, variance: 10 }"],
    problems: [
      "4:21: rqs_input.avg_active_users: must have no variance, std or cv for poisson: its variance is its mean: current keys are variance",
    ],
  },
  {
    name: "places a missing key at its parent",
    change: ["- id: app-1\n        server_resources", "- server_resources"],
    problems: ["11:9: topology_graph.nodes.servers[0]: missing key id"],
  },
  {
    name: "refuses keys that reach into objects",
    change: ["name: shop", "__proto__: { polluted: 1 }\nconstructor: 1"],
    problems: [
      "1:1: key must not be __proto__, constructor or prototype: current key is __proto__",
      "2:1: key must not be __proto__, constructor or prototype: current key is constructor",
    ],
  },
  {
    name: "refuses a key given twice",
    change: ["name: shop", "name: shop\nname: shop"],
    problems: ['2:1: key must be given once: current key is "name" again'],
  },
  {
    name: "reports a syntax error with its place",
    change: ["client: { id: browser }", "client: { id: browser"],
    problems: ["9:5: must be valid YAML: Flow map in block collection must be sufficiently indented and end with a }"],
  },
  {
    name: "reports the first syntax error, from which the others follow",
    change: ["events:\n", "events:\n  a: 1\n"],
    problems: ["34:1: must be valid YAML: A block sequence may not be used as an implicit map key"],
  },
];

describe("parseScenario, keys, types and YAML", () => {
  test.each(CASES)("parseScenario $name", ({ change, problems }) => {
    expect(problemsOfExample(change)).toEqual(problems);
  });
});
