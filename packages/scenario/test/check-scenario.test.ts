import { describe, expect, test } from "vitest";
import { checkScenario, formatProblem, parseScenario, setParameter } from "../src/index.js";
import { EXAMPLE_YAML } from "./example-yaml.js";

const DATA = parseScenario(EXAMPLE_YAML, { file: "" }).data;

describe("checkScenario", () => {
  test("checkScenario accepts data without positions", () => {
    const { scenario, problems } = checkScenario(DATA, { file: "shop.yaml" });
    expect(problems).toEqual([]);
    expect(scenario?.name).toBe("shop");
  });

  test("checkScenario reports problems without positions for data that came from no text", () => {
    const data = setParameter(DATA, "rqs_input.avg_active_users.mean", -1);
    expect(checkScenario(data, { file: "shop.yaml" }).problems.map(formatProblem)).toEqual([
      "shop.yaml: rqs_input.avg_active_users.mean: must be >= 0: current value is -1",
    ]);
  });

  test("checkScenario uses the positions it is given", () => {
    const data = setParameter(DATA, "sim_settings.warm_up_s", -1);
    const reading = checkScenario(data, { file: "shop.yaml", locate: () => ({ line: 3, column: 4 }) });
    expect(reading.problems.map(formatProblem)).toEqual([
      "shop.yaml:3:4: sim_settings.warm_up_s: must be >= 0: current value is -1",
    ]);
  });

  test.each([null, undefined, 5, "text", true, [], Number.NaN])("checkScenario refuses %s", (data) => {
    const [problem] = checkScenario(data, { file: "" }).problems;
    expect(problem?.message).toMatch(
      /^must be a mapping( with rqs_input, topology_graph, sim_settings)?: current value is /,
    );
  });

  test("checkScenario refuses data that contain themselves", () => {
    const data: Record<string, unknown> = { name: "loop" };
    data["events"] = data;
    const messages = checkScenario(data, { file: "" }).problems.map(({ message }) => message);
    expect(messages).toContain("nesting must be at most 160 levels deep");
  });

  test("checkScenario reports the problems of the schema and those between parts together", () => {
    const once = setParameter(DATA, "sim_settings.max_events", 0);
    const twice = setParameter(once, "topology_graph.edges[app-1-browser].target", "nowhere");
    expect(checkScenario(twice, { file: "" }).problems.map(formatProblem)).toEqual([
      "sim_settings.max_events: must be >= 1: current value is 0",
      'topology_graph.edges[app-1-browser].target: must be the id of a node: current value is "nowhere"',
    ]);
  });
});
