import { describe, expect, test } from "vitest";
import { checkScenario, InputError, parseParameterPath, parseScenario, setParameter } from "../src/index.js";
import { EXAMPLE_YAML } from "./example-yaml.js";

const DATA = parseScenario(EXAMPLE_YAML, { file: "" }).data;

function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing refused";
}

describe("setParameter", () => {
  test.each([
    ["rqs_input.avg_active_users.mean", 200],
    ["topology_graph.nodes.servers[app-1].server_resources.cpu_cores", 4],
    ["topology_graph.nodes.servers[1].server_resources.cpu_cores", 4],
    ["topology_graph.edges[shoppers-browser].latency", 0.1],
    ["topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].cpu_s", 0.02],
    ["topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s.mean", 0.02],
    ["events[rollout].end.t_end", 170],
    ["topology_graph.nodes.load_balancer.server_covered[0]", "app-2"],
    ["topology_graph.nodes.load_balancer.algorithms", "least_connection"],
  ])("setParameter sets %s and leaves the original as it is", (path, value) => {
    const before = JSON.stringify(DATA);
    const changed = setParameter(DATA, path, value);
    expect(checkScenario(changed, { file: "" }).problems).toEqual([]);
    expect(JSON.stringify(changed)).not.toBe(before);
    expect(JSON.stringify(DATA)).toBe(before);
    expect(setParameter(changed, path, value)).toEqual(changed);
  });

  test("setParameter sets exactly the named place", () => {
    const data = {
      list: [
        { id: "a", x: 1 },
        { id: "b", x: 1 },
      ],
      other: { x: 1 },
    };
    expect(setParameter(data, "list[b].x", 2)).toEqual({
      list: [
        { id: "a", x: 1 },
        { id: "b", x: 2 },
      ],
      other: { x: 1 },
    });
    expect(setParameter(data, "list[0]", 5)).toEqual({ list: [5, { id: "b", x: 1 }], other: { x: 1 } });
  });

  test("setParameter addresses keys that are no plain words in brackets", () => {
    expect(setParameter({ quantiles: { 0: 1, 0.5: 2, 1: 3 } }, "quantiles[0.5]", 9)).toEqual({
      quantiles: { 0: 1, 0.5: 9, 1: 3 },
    });
  });

  test("setParameter adds a last key that is absent, for the check to judge", () => {
    const changed = setParameter(DATA, "sim_settings.warm_upp_s", 1);
    expect(checkScenario(changed, { file: "" }).problems[0]?.message).toBe(
      "unknown key warm_upp_s: did you mean warm_up_s?",
    );
  });

  test.each([
    [
      "workload.avg_active_users.mean",
      "Cannot set parameter: key workload of workload does not match: nothing is there: did you mean rqs_input?",
    ],
    [
      "rqs_imput.avg_active_users.mean",
      "Cannot set parameter: key rqs_imput of rqs_imput does not match: nothing is there: did you mean rqs_input?",
    ],
    [
      "topology_graph.nodes.servers[app-3].server_resources.cpu_cores",
      "Cannot set parameter: item app-3 of topology_graph.nodes.servers[app-3] does not match: nothing is there: did you mean app-1?",
    ],
    [
      "topology_graph.nodes.servers[somewhere-else].id",
      "Cannot set parameter: item somewhere-else of topology_graph.nodes.servers[somewhere-else] does not match: nothing is there: current names are app-1, app-2",
    ],
    [
      "topology_graph.edges[6].latency",
      "Cannot set parameter: item 6 of topology_graph.edges[6] does not match: index must be < 6",
    ],
    [
      "topology_graph.edges.shoppers-browser.latency",
      "Cannot set parameter: key shoppers-browser of topology_graph.edges.shoppers-browser does not match: an item of a list must be named in brackets",
    ],
    [
      "name.first",
      "Cannot set parameter: key first of name.first does not match: there is nothing below a single value",
    ],
    ["toString.x", "Cannot set parameter: key toString of toString does not match: nothing is there"],
  ])("setParameter refuses %s", (path, message) => {
    expect(refusalOf(() => setParameter(DATA, path, 1))).toMatch(`${path}: ${message}`);
  });
});

describe("parseParameterPath", () => {
  test("parseParameterPath splits a path into keys and items", () => {
    expect(parseParameterPath("a.b[c.d/e][0].f")).toEqual([
      { kind: "key", name: "a", text: "a" },
      { kind: "key", name: "b", text: "a.b" },
      { kind: "item", name: "c.d/e", text: "a.b[c.d/e]" },
      { kind: "item", name: "0", text: "a.b[c.d/e][0]" },
      { kind: "key", name: "f", text: "a.b[c.d/e][0].f" },
    ]);
  });

  test.each([
    ["", "must not be empty"],
    [".a", "cannot read on at character 1"],
    ["[a]", "cannot read on at character 1"],
    ["a..b", "cannot read on at character 2"],
    ["a.", "cannot read on at character 2"],
    ["a[]", "cannot read on at character 2"],
    ["a[b", "cannot read on at character 2"],
    ["a b", "cannot read on at character 2"],
    ["a[b]c", "cannot read on at character 5"],
    ["a.__proto__.b", "must not hold the key __proto__"],
    ["a[constructor]", "must not hold the key constructor"],
    ["prototype", "must not hold the key prototype"],
  ])("parseParameterPath refuses %j", (path, reason) => {
    expect(refusalOf(() => parseParameterPath(path))).toContain(reason);
  });
});
