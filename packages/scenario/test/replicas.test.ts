import { PATIENT } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario, resolve, setParameter } from "../src/index.js";
import { expandReplicas } from "../src/compile/expand-replicas.js";
import { EXAMPLE_YAML, type Change } from "./example-yaml.js";
import { problemsOf, scenarioOf } from "./mesh-yaml.js";
import { replicasWith } from "./replicas-yaml.js";

const SPIKE =
  "start: { kind: network_spike_start, t_start: 10, spike_s: 1 }\n    end: { kind: network_spike_end, t_end: 20 }";

function planWith(...changes: readonly Change[]) {
  return compile(scenarioOf(replicasWith(...changes)));
}

/** What an event with this target hits. */
function targetsOf(target: string, ...changes: readonly Change[]): readonly string[] {
  return planWith(["target_id: app", `target_id: ${target}`], ...changes).disruptions.map((one) => one.target);
}

describe("compile of replica sets", () => {
  test("compile makes a server of each replica, in zones in turn", () => {
    expect(planWith().servers.map(({ id, group, zone }) => [id, group, zone])).toEqual([
      ["app-1", "app", "a"],
      ["app-2", "app", "b"],
      ["app-3", "app", "a"],
      ["prices-1", "prices", ""],
      ["prices-2", "prices", ""],
    ]);
  });

  test("compile leads edges from load balancers, edges from sets and calls to each replica", () => {
    const { edges, load_balancers, servers } = planWith();
    expect(edges.map(({ id, source, target }) => `${id}: ${source} > ${target}`)).toEqual([
      "internet: shoppers > browser",
      "uplink: browser > edge",
      "inside-1: edge > app-1",
      "inside-2: edge > app-2",
      "inside-3: edge > app-3",
      "asking-1: app-1 > prices",
      "asking-2: app-2 > prices",
      "asking-3: app-3 > prices",
      "prices-1-in: prices > prices-1",
      "prices-2-in: prices > prices-2",
    ]);
    expect(load_balancers).toEqual([
      { id: "edge", algorithm: "round_robin" },
      { id: "prices", algorithm: "least_outstanding" },
    ]);
    expect(servers[1]?.endpoints[0]?.steps).toEqual([
      { kind: "call", edge: "asking-2", endpoint: "", policy: PATIENT },
    ]);
    const zero = { kind: "constant", value: 0 };
    expect(edges.at(-1)).toMatchObject({ latency_s: zero, response_latency_s: zero, dropout_ratio: 0 });
  });

  test.each<readonly [string, readonly string[]]>([
    ["app", ["app-1", "app-2", "app-3"]],
    ["app-2", ["app-2"]],
    ["app@a", ["app-1", "app-3"]],
    ["app@b", ["app-2"]],
    ["prices", ["prices-1", "prices-2"]],
  ])("compile lets an outage of %s hit %j", (target, expected) => {
    expect(targetsOf(target)).toEqual(expected);
  });

  test("compile lets a spike on a copied edge hit each copy", () => {
    const spike: Change = ["start: { kind: server_down, t_start: 10 }\n    end: { kind: server_up, t_end: 20 }", SPIKE];
    expect(targetsOf("asking", spike)).toEqual(["asking-1", "asking-2", "asking-3"]);
    expect(targetsOf("uplink", spike)).toEqual(["uplink"]);
  });

  test("compile keeps a set of one a set", () => {
    const { servers, edges } = planWith(["replicas: 2", "replicas: 1"]);
    expect(servers.at(-1)).toMatchObject({ id: "prices-1", group: "prices" });
    expect(edges.at(-1)).toMatchObject({ source: "prices", target: "prices-1" });
  });

  test("expandReplicas leaves alone what has no sets, and what it has expanded", () => {
    const plain = resolve(scenarioOf(EXAMPLE_YAML));
    expect(expandReplicas(plain)).toBe(plain);
    const expanded = expandReplicas(resolve(scenarioOf(replicasWith())));
    expect(expandReplicas(expanded)).toBe(expanded);
  });

  test("setParameter addresses the number of replicas", () => {
    const { data } = parseScenario(replicasWith(), { file: "" });
    const more = setParameter(data, "topology_graph.nodes.servers[prices].replicas", 5);
    const { scenario } = parseScenario(JSON.stringify(more), { file: "" });
    expect(scenario === undefined ? 0 : compile(scenario).servers.length).toBe(8);
  });
});

describe("parseScenario of replica sets", () => {
  test.each<readonly [string, readonly Change[], readonly string[]]>([
    ["accepts the example", [], []],
    [
      "suggests the zone and the replica nearest to an unknown one",
      [["target_id: app", "target_id: app@c"]],
      [
        '28:16: events[rollout].target_id: must be the id of a server for server_down: current value is "app@c": did you mean app@a?',
      ],
    ],
    [
      "refuses a replica that is not there",
      [["target_id: app", "target_id: app-4"]],
      [
        '28:16: events[rollout].target_id: must be the id of a server for server_down: current value is "app-4": did you mean app-1?',
      ],
    ],
    [
      "refuses ids that replicas need",
      [["id: internet", "id: app-2"]],
      [
        "11:19: topology_graph.nodes.servers[app].replicas: ids of the replicas and their edges must be free: current id app-2 is taken",
      ],
    ],
    [
      "refuses ids that copied edges need",
      [["id: internet", "id: inside-3"]],
      [
        "11:19: topology_graph.nodes.servers[app].replicas: ids of the replicas and their edges must be free: current id inside-3 is taken",
      ],
    ],
    [
      "refuses two sets that need the same id",
      [
        ["id: asking,", "id: prices,"],
        ["- id: prices\n", "- id: quotes\n"],
        ["call: prices", "call: quotes"],
        ["target: prices", "target: quotes"],
        ["replicas: 2", "replicas: 2\n        zones: [z]"],
        ["id: inside", "id: quotes-1-in"],
      ],
      [
        "16:19: topology_graph.nodes.servers[quotes].replicas: ids of the replicas and their edges must be free: current id quotes-1-in is taken",
      ],
    ],
    [
      "refuses several zones and a balancing of a single server",
      [
        ["        replicas: 3\n", ""],
        ["        replicas: 2\n", ""],
      ],
      [
        "11:16: topology_graph.nodes.servers[app].zones: must be one zone without replicas: current number is 2",
        "15:9: topology_graph.nodes.servers[prices].balancing: balancing must not be given without replicas",
      ],
    ],
    [
      "refuses a set of none",
      [["replicas: 2", "replicas: 0"]],
      ["16:19: topology_graph.nodes.servers[prices].replicas: must be >= 1: current value is 0"],
    ],
  ])("parseScenario %s", (_, changes, problems) => {
    expect(problemsOf(replicasWith(...changes))).toEqual(problems);
  });

  test("parseScenario notes an outage of a whole system of sets, and none of a set that others stand beside", () => {
    const notesOf = (text: string) => parseScenario(text, { file: "" }).notes.map(formatProblem).slice(1);
    expect(notesOf(replicasWith())).toEqual([]);
    const both = `${replicasWith()}${replicasWith().slice(replicasWith().indexOf("  - event_id")).replace("rollout", "second").replace("target_id: app", "target_id: prices")}`;
    expect(notesOf(both)).toEqual([
      "31:5: events[second]: every server is down from 10 s to 20 s: requests fail; AsyncFlow 0.1.1 refuses such a file",
    ]);
  });
});
