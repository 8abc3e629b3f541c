import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario } from "../src/index.js";
import { ASYNCFLOW_FILES, readAsyncFlowFile } from "./asyncflow-files.js";
import { changedExample, EXAMPLE_YAML } from "./example-yaml.js";

describe("parseScenario", () => {
  test("parseScenario reads a valid file", () => {
    const { scenario, problems } = parseScenario(EXAMPLE_YAML, { file: "shop.yaml" });
    expect(problems).toEqual([]);
    expect(scenario?.topology_graph.nodes.servers.map(({ id }) => id)).toEqual(["app-1", "app-2"]);
  });

  test.each(ASYNCFLOW_FILES)("parseScenario accepts AsyncFlow's %s as it stands", (name) => {
    const { scenario, problems } = parseScenario(readAsyncFlowFile(name), { file: name });
    expect(problems.map(formatProblem)).toEqual([]);
    expect(scenario).toBeDefined();
  });

  test("parseScenario gives the data with which parameters are set", () => {
    const { data } = parseScenario(EXAMPLE_YAML, { file: "" });
    expect(data).toMatchObject({ sim_settings: { total_simulation_time: 600 } });
  });

  test("parseScenario accepts null where AsyncFlow does", () => {
    const text = changedExample(
      ["load_balancer: { id: balancer, server_covered: [app-1, app-2] }", "load_balancer: null"],
      ["ram_mb: 2048 }", "ram_mb: 2048, db_connection_pool: null }"],
      ["{ mean: 100 }", "{ mean: 100, variance: null }"],
      ["t_start: 100 }", "t_start: 100, spike_s: null }"],
      ["source: browser, target: balancer", "source: browser, target: app-1"],
      ["    - { id: balancer-app-1, source: balancer, target: app-1, latency: 0.001, dropout_rate: 0 }\n", ""],
      ["    - { id: balancer-app-2, source: balancer, target: app-2, latency: 0.001, dropout_rate: 0 }\n", ""],
    );
    expect(parseScenario(text, { file: "" }).problems).toEqual([]);
    expect(parseScenario(`${text.slice(0, text.indexOf("events:"))}events:\n`, { file: "" }).problems).toEqual([]);
  });

  test("parseScenario accepts ids with dots, slashes and markup", () => {
    const id = JSON.stringify("a.b/<b onclick='x'>[y]</b>");
    const text = changedExample(
      ["- id: app-2\n", `- id: ${id}\n`],
      ["[app-1, app-2]", `[app-1, ${id}]`],
      ["target: app-2,", `target: ${id},`],
      ["source: app-2,", `source: ${id},`],
    );
    expect(parseScenario(text, { file: "" }).problems).toEqual([]);
  });

  test("parseScenario accepts a generator that leads to a server, and a client without a leaving edge", () => {
    const text = changedExample(
      ["source: shoppers, target: browser", "source: shoppers, target: balancer"],
      ["    - { id: browser-balancer, source: browser, target: balancer, latency: 0.001, dropout_rate: 0 }\n", ""],
    );
    expect(parseScenario(text, { file: "" }).problems).toEqual([]);
  });

  test("parseScenario merges mappings with <<, as YAML 1.1 does, and places problems in them", () => {
    const text = changedExample(
      ["      - id: app-1\n", "      - &app\n        id: app-1\n"],
      [
        "      - id: app-2\n        server_resources: { cpu_cores: 2, ram_mb: 2048 }\n",
        "      - <<: *app\n        id: app-2\n",
      ],
    );
    const { scenario } = parseScenario(text, { file: "" });
    expect(scenario?.topology_graph.nodes.servers[1]?.server_resources).toEqual({ cpu_cores: 2, ram_mb: 2048 });
    const broken = text.replace("cpu_cores: 2", "cpu_cores: two");
    expect(parseScenario(broken, { file: "" }).problems.map(formatProblem)).toEqual([
      '13:40: topology_graph.nodes.servers[app-1].server_resources.cpu_cores: must be a finite number: current value is "two"',
      '13:40: topology_graph.nodes.servers[app-2].server_resources.cpu_cores: must be a finite number: current value is "two"',
    ]);
  });

  test("parseScenario reads both spellings of a step as the same", () => {
    const long = changedExample(
      ["cpu_s: 0.002", "{ kind: initial_parsing, step_operation: { cpu_time: 0.002 } }"],
      ["ram_mb: 120", "{ kind: ram, step_operation: { necessary_ram: 120 } }"],
      [
        "io_s: { distribution: lognormal, mean: 0.012, cv: 0.8 }",
        "{ kind: io_db, step_operation: { io_waiting_time: { distribution: lognormal, mean: 0.012, cv: 0.8 } } }",
      ],
    );
    const [ours, theirs] = [EXAMPLE_YAML, long].map((text) => parseScenario(text, { file: "" }).scenario);
    if (ours === undefined || theirs === undefined) throw new Error("Cannot compare spellings: both must be valid");
    expect(compile(theirs)).toEqual(compile(ours));
  });
});
