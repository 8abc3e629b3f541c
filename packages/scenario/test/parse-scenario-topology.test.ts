import { describe, expect, test } from "vitest";
import { problemsOfExample, type ProblemCase } from "./problem-cases.js";

const CASES: readonly ProblemCase[] = [
  {
    name: "does not blame edges for a misspelt list of servers",
    change: ["    servers:", "    serverss:"],
    problems: [
      "8:5: topology_graph.nodes: missing key servers",
      "10:5: topology_graph.nodes: unknown key serverss: did you mean servers?",
    ],
  },
  {
    name: "refuses a negative time",
    change: ["t_start: 100", "t_start: -1"],
    problems: ["35:42: events[rollout].start.t_start: must be >= 0: current value is -1"],
  },
  {
    name: "refuses an event that ends before it starts",
    change: ["t_end: 160", "t_end: 90"],
    problems: ["36:36: events[rollout].end.t_end: must be > t_start (100): current value is 90"],
  },
  {
    name: "refuses an event that ends after the run",
    change: ["t_end: 160", "t_end: 700"],
    problems: ["36:36: events[rollout].end.t_end: must be <= total_simulation_time (600): current value is 700"],
  },
  {
    name: "refuses more user windows than a run can end with",
    change: ["total_simulation_time: 600", "total_simulation_time: 1000000000"],
    problems: [
      "3:3: rqs_input.user_sampling_window: must be long enough for at most 10000000 changes of the rate in total_simulation_time (1000000000): current value is 60",
    ],
  },
  {
    name: "refuses a warm-up as long as the run",
    change: ["total_simulation_time: 600", "total_simulation_time: 600, warm_up_s: 600"],
    problems: ["31:56: sim_settings.warm_up_s: must be < total_simulation_time (600): current value is 600"],
  },
  {
    name: "suggests the node nearest to an unknown target",
    change: ["target: browser", "target: browzer"],
    problems: [
      '25:57: topology_graph.edges[shoppers-browser].target: must be the id of a node: current value is "browzer": did you mean browser?',
    ],
  },
  {
    name: "refuses an unknown source",
    change: ["source: balancer", "source: nobody-at-all"],
    problems: [
      '9:53: topology_graph.nodes.load_balancer.server_covered[0]: must have an edge from load balancer balancer: current value is "app-1", current targets are app-2',
      '27:37: topology_graph.edges[balancer-app-1].source: must be the id of a node: current value is "nobody-at-all"',
    ],
  },
  {
    name: "refuses two servers of one id",
    change: ["id: app-2", "id: app-1"],
    problems: [
      '9:60: topology_graph.nodes.load_balancer.server_covered[1]: must be the id of a server or a load balancer: current value is "app-2": did you mean app-1?',
      '19:13: topology_graph.nodes.servers[1].id: must be unique over all nodes and edges: current value is "app-1" again',
      '28:55: topology_graph.edges[balancer-app-2].target: must be the id of a node: current value is "app-2": did you mean app-1?',
      '30:36: topology_graph.edges[app-2-browser].source: must be the id of a node: current value is "app-2": did you mean app-1?',
    ],
  },
  {
    name: "refuses an edge with the id of a server",
    change: ["id: app-2-browser", "id: app-1"],
    problems: [
      '30:13: topology_graph.edges[app-1].id: must be unique over all nodes and edges: current value is "app-1" again',
    ],
  },
  {
    name: "refuses endpoints that differ in case only",
    change: [
      "          - endpoint_name: /api\n            steps: [cpu_s",
      "          - endpoint_name: /API\n            steps: []\n          - endpoint_name: /api\n            steps: [cpu_s",
    ],
    problems: [
      '24:28: topology_graph.nodes.servers[app-2].endpoints[/api].endpoint_name: must be unique over the endpoints of app-2: current value is "/api" again',
    ],
  },
  {
    name: "refuses an edge to the generator",
    change: [
      "target: browser, latency: 0.003, dropout_rate: 0 }\nsim",
      "target: shoppers, latency: 0.003, dropout_rate: 0 }\nsim",
    ],
    problems: [
      '30:51: topology_graph.edges[app-2-browser].target: must not be a generator: current value is "shoppers"',
    ],
  },
  {
    name: "refuses an edge from a node to itself",
    change: ["target: app-1, latency", "target: balancer, latency"],
    problems: [
      '9:53: topology_graph.nodes.load_balancer.server_covered[0]: must have an edge from load balancer balancer: current value is "app-1", current targets are balancer, app-2',
      '27:55: topology_graph.edges[balancer-app-1].target: must not be the source: current value is "balancer"',
    ],
  },
  {
    name: "refuses a second edge that leaves a server",
    change: ["source: app-2, target: browser", "source: app-1, target: browser"],
    problems: [
      '30:36: topology_graph.edges[app-2-browser].source: must be a load balancer, or call the target in a step, to have more than one leaving edge: current value is "app-1"',
    ],
  },
  {
    name: "names a cycle that does not pass the client",
    change: ["source: app-1, target: browser", "source: app-1, target: balancer"],
    problems: [
      "25:5: topology_graph.edges: every path must come back to a client: current cycle is balancer -> app-1 -> balancer",
    ],
  },
  {
    name: "refuses a client that requests cannot leave",
    change: [
      "    - { id: browser-balancer, source: browser, target: balancer, latency: 0.001, dropout_rate: 0 }\n",
      "",
    ],
    problems: ["8:13: topology_graph.nodes.client: must have one leaving edge: client browser has none"],
  },
  {
    name: "refuses to cover an unknown server",
    change: ["[app-1, app-2]", "[app-1, app-3]"],
    problems: [
      '9:60: topology_graph.nodes.load_balancer.server_covered[1]: must be the id of a server or a load balancer: current value is "app-3": did you mean app-1?',
    ],
  },
  {
    name: "refuses to cover a server without an edge",
    change: ["    - { id: balancer-app-2, source: balancer, target: app-2, latency: 0.001, dropout_rate: 0 }\n", ""],
    problems: [
      '9:60: topology_graph.nodes.load_balancer.server_covered[1]: must have an edge from load balancer balancer: current value is "app-2", current targets are app-1',
    ],
  },
  {
    name: "refuses an end that does not fit the start",
    change: ["kind: server_up", "kind: network_spike_end"],
    problems: [
      '36:18: events[rollout].end.kind: must be server_up to end server_down: current value is "network_spike_end"',
    ],
  },
  {
    name: "suggests the choice nearest to an unknown one",
    change: ["kind: server_down", "kind: server_dwon"],
    problems: [
      '35:20: events[rollout].start.kind: must be one of server_down, crash, slow_down, error_spike, pool_exhaustion, gc_storm, brown_out, memory_leak, traffic_surge, network_spike_start, network_degraded, network_partition, cache_flush: current value is "server_dwon": did you mean server_down?',
    ],
  },
  {
    name: "refuses an outage of what is no server",
    change: ["target_id: app-1", "target_id: app-11"],
    problems: [
      '34:16: events[rollout].target_id: must be the id of a server for server_down: current value is "app-11": did you mean app-1?',
    ],
  },
  {
    name: "reports everything wrong with an event at once",
    change: ["{ kind: server_down, t_start: 100 }", "{ kind: network_spike_start, t_start: 100 }"],
    problems: [
      '34:16: events[rollout].target_id: must be the id of an edge for network_spike_start: current value is "app-1"',
      "35:12: events[rollout].start: missing key spike_s",
      '36:18: events[rollout].end.kind: must be network_spike_end to end network_spike_start: current value is "server_up"',
    ],
  },
  {
    name: "refuses spike_s for an outage",
    change: ["t_start: 100 }", "t_start: 100, spike_s: 1 }"],
    problems: ["35:56: events[rollout].start.spike_s: must be left out for server_down: current value is 1"],
  },
  {
    name: "refuses a server without endpoints",
    change: [
      "        endpoints:\n          - endpoint_name: /api\n            steps: [cpu_s: 0.002, ram_mb: 120, io_s: 0.012]",
      "        endpoints: []",
    ],
    problems: [
      "21:20: topology_graph.nodes.servers[app-2].endpoints: must not be empty: current value is an empty list",
    ],
  },
  {
    name: "refuses weight beside probability",
    change: ["endpoint_name: /api", "endpoint_name: /api\n            weight: 1\n            probability: 1"],
    problems: [
      "14:13: topology_graph.nodes.servers[app-1].endpoints[/api]: must have at most one of weight, probability: current keys are weight, probability",
    ],
  },
  {
    name: "refuses endpoints that cannot be chosen",
    change: ["endpoint_name: /api", "endpoint_name: /api\n            weight: 0"],
    problems: [
      "14:11: topology_graph.nodes.servers[app-1].endpoints: weights must have a sum > 0 and finite: current sum is 0",
    ],
  },
  {
    name: "refuses a probability of an edge other than 1",
    change: ["dropout_rate: 0 }", "dropout_rate: 0, probability: 0.5 }"],
    problems: ["25:112: topology_graph.edges[shoppers-browser].probability: must be 1: current value is 0.5"],
  },
];

describe("parseScenario, how nodes, edges, events and settings fit together", () => {
  test.each(CASES)("parseScenario $name", ({ change, problems }) => {
    expect(problemsOfExample(change)).toEqual(problems);
  });
});
