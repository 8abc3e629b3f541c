import { describe, expect, test } from "vitest";
import { expandDesign, formatProblem, parseSweep } from "../src/index.js";

const SWEEP = `scenario: ../scenarios/shop.yaml
seed: 20261121
replications: 200
confidence: 0.99
parameters:
  users: { path: rqs_input.avg_active_users.mean, values: [100, 200, 400] }
  cores:
    path:
      - "topology_graph.nodes.servers[app-1].server_resources.cpu_cores"
      - "topology_graph.nodes.servers[app-2].server_resources.cpu_cores"
    values: [1, 2]
design: grid
metrics: [latency_s_*, "*.cpu_utilization_ratio"]
series_points: 100
set:
  sim_settings.total_simulation_time: 300
`;

function problemsOf(text: string): readonly string[] {
  return parseSweep(text, { file: "" }).problems.map(formatProblem);
}

function changed(original: string, replacement: string): readonly string[] {
  if (!SWEEP.includes(original)) throw new Error(`Cannot change sweep: text must hold ${JSON.stringify(original)}`);
  return problemsOf(SWEEP.replace(original, () => replacement));
}

describe("parseSweep", () => {
  test("parseSweep reads a full sweep", () => {
    const { sweep, problems, notes } = parseSweep(SWEEP, { file: "capacity.yaml" });
    expect(problems).toEqual([]);
    expect(notes).toEqual([]);
    expect(sweep?.seed).toBe(20261121);
    expect(sweep === undefined ? 0 : expandDesign(sweep).length).toBe(6);
  });

  test("parseSweep reads the shortest sweep", () => {
    expect(parseSweep("scenario: shop.yaml", { file: "" }).sweep).toEqual({ scenario: "shop.yaml" });
  });

  test.each<readonly [string, string, string, string]>([
    ["a misspelt key", "replications:", "replication:", "3:1: unknown key replication: did you mean replications?"],
    ["a missing scenario", "scenario: ../scenarios/shop.yaml\n", "", "1:1: missing key scenario"],
    [
      "half a replication",
      "200\n",
      "1.5\n",
      "3:15: replications: must be a whole number or a mapping with target or until_decided: current value is 1.5",
    ],
    ["no replication", "replications: 200", "replications: 0", "3:15: replications: must be >= 1: current value is 0"],
    [
      "a seed that is too large",
      "20261121",
      "9007199254740992",
      "2:7: seed: must be <= 9007199254740991: current value is 9007199254740992",
    ],
    ["a negative seed", "20261121", "-1", "2:7: seed: must be >= 0: current value is -1"],
    ["certainty", "0.99", "1", "4:13: confidence: must be < 1: current value is 1"],
    ["no values", "[1, 2]", "[]", "11:13: parameters.cores.values: must not be empty: current value is an empty list"],
    [
      "a list as a value",
      "[1, 2]",
      "[[1], 2]",
      "11:14: parameters.cores.values[0]: must be a number, a text, true, false or a mapping: current value is a list",
    ],
    [
      "NaN as a value",
      "[1, 2]",
      "[.nan, 2]",
      "11:14: parameters.cores.values[0]: must hold finite numbers only: current value is NaN",
    ],
    [
      "Infinity inside a value",
      "[1, 2]",
      "[{ a: .inf }, 2]",
      "11:14: parameters.cores.values[0]: must hold finite numbers only: current value is a mapping",
    ],
    [
      "a value given twice",
      "[1, 2]",
      "[1, 2, 1]",
      "11:20: parameters.cores.values[2]: values must be different: current value is 1 again",
    ],
    [
      "a number as a path",
      "path: rqs_input.avg_active_users.mean",
      "path: 5",
      "6:18: parameters.users.path: must be a parameter path or a list of them: current value is 5",
    ],
    [
      "an unreadable path",
      "path: rqs_input.avg_active_users.mean",
      "path: rqs_input..mean",
      '6:18: parameters.users.path: Cannot read parameter path: must be keys with dots and items in brackets: cannot read on at character 10: current value is "rqs_input..mean"',
    ],
    [
      "an unreadable path to set",
      "sim_settings.total_simulation_time:",
      "sim_settings[:",
      '16:3: set[sim_settings[]: Cannot read parameter path: must be keys with dots and items in brackets: cannot read on at character 13: current value is "sim_settings["',
    ],
    [
      "a name that is taken",
      "  users:",
      "  point_id:",
      '6:3: parameters.point_id: name must begin with a letter or _, hold letters, digits, _ . - only, and not be point_id: current name is "point_id"',
    ],
    [
      "a name that begins with a digit",
      "  users:",
      "  2x:",
      '6:3: parameters[2x]: name must begin with a letter or _, hold letters, digits, _ . - only, and not be point_id: current name is "2x"',
    ],
    [
      "__proto__ as a name",
      "  users:",
      "  __proto__:",
      "6:3: parameters: key must not be __proto__, constructor or prototype: current key is __proto__",
    ],
    [
      "unequal lengths in a zip",
      "design: grid",
      "design: zip",
      "6:3: parameters: values must be equally many for design zip: current numbers are users (3), cores (2)",
    ],
    [
      "an unknown design",
      "design: grid",
      "design: gird",
      '12:9: design: must be one of grid, zip, list, lhs, sobol, random: current value is "gird": did you mean grid?',
    ],
    [
      "too long series",
      "series_points: 100",
      "series_points: 10001",
      "14:16: series_points: must be <= 10000: current value is 10001",
    ],
  ])("parseSweep refuses %s", (_, original, replacement, problem) => {
    expect(changed(original, replacement)).toEqual([problem]);
  });

  test("parseSweep refuses one path in two parameters", () => {
    const path = "topology_graph.nodes.servers[app-1].server_resources.cpu_cores";
    expect(changed("rqs_input.avg_active_users.mean", `"${path}"`)).toEqual([
      `9:9: parameters.cores.path[0]: path must be set once: parameter users sets ${path.slice(0, 60)}... too`,
    ]);
  });

  test("parseSweep refuses equal points of a zip", () => {
    const text =
      "scenario: s\ndesign: zip\nparameters:\n  a: { path: x, values: [1, 2, 1] }\n  b: { path: y, values: [3, 3, 3] }\n";
    expect(problemsOf(text)).toEqual([
      "4:3: parameters: points must be different: the values at position 3 are there before",
    ]);
  });

  test("parseSweep refuses a grid of more than a million points", () => {
    const values = `[${Array.from({ length: 101 }, (_, index) => index).join(", ")}]`;
    const text = `scenario: s\nparameters:\n${["a", "b", "c"].map((name) => `  ${name}: { path: ${name}, values: ${values} }\n`).join("")}`;
    expect(problemsOf(text)).toEqual([
      "3:3: parameters: points must be at most 1000000: current numbers are a (101), b (101), c (101), together 1030301",
    ]);
  });

  test("parseSweep notes what gives no interval and what has no effect", () => {
    const { notes } = parseSweep("scenario: s\nreplications: 1\ndesign: zip\n", { file: "" });
    expect(notes.map(formatProblem)).toEqual([
      "2:15: replications: one replication gives no interval: give at least 2",
      "3:1: design: design has no effect with 0 parameters",
    ]);
  });

  test("parseSweep refuses a date as a value, which YAML 1.1 can make", () => {
    const text = "%YAML 1.1\n---\nscenario: s\nparameters: { a: { path: x, values: [2026-11-21] } }\n";
    expect(problemsOf(text)).toEqual([
      "4:38: parameters.a.values[0]: must be a number, a text, true, false or a mapping: current value is {}",
    ]);
  });

  test("parseSweep refuses what is no mapping", () => {
    expect(problemsOf("")).toEqual(["1:1: must be a mapping: current value is null"]);
    expect(problemsOf("a: [")).toHaveLength(1);
  });
});
