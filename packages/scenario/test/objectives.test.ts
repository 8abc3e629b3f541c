import { describe, expect, test } from "vitest";
import { formatProblem, parseScenario, parseSweep, resolve, scenario, sweepJsonSchema } from "../src/index.js";
import { changedExample } from "./example-yaml.js";

const SWEEP = "scenario: shop.yaml\nobjectives:\n";

function problemsOf(...objectives: readonly string[]): readonly string[] {
  const lines = objectives.map((objective) => `  - ${objective}\n`);
  return parseSweep(SWEEP + lines.join(""), { file: "" }).problems.map(formatProblem);
}

describe("parseSweep", () => {
  test("parseSweep reads objectives on a mean, a quantile and a probability", () => {
    const text = `${SWEEP}  - { metric: latency_s_mean, below: 0.1 }
  - { metric: latency_s_p95, below: 0.2, quantile: 0.9 }
  - { metric: throughput_per_s, above: 100, probability: 0.95, confidence: 0.99 }
`;
    const { sweep, problems } = parseSweep(text, { file: "" });
    expect(problems).toEqual([]);
    expect(sweep?.objectives).toEqual([
      { metric: "latency_s_mean", below: 0.1 },
      { metric: "latency_s_p95", below: 0.2, quantile: 0.9 },
      { metric: "throughput_per_s", above: 100, probability: 0.95, confidence: 0.99 },
    ]);
  });

  test.each<readonly [string, string, string]>([
    ["no limit", "{ metric: a }", "3:5: objectives[0]: must have a limit: give below or above"],
    [
      "two limits",
      "{ metric: a, below: 1, above: 2 }",
      "3:5: objectives[0]: must have one limit: current keys are below and above",
    ],
    [
      "a quantile and a probability",
      "{ metric: a, below: 1, quantile: 0.5, probability: 0.5 }",
      "3:5: objectives[0]: must judge one thing: current keys are quantile and probability",
    ],
    [
      "a coin's confidence",
      "{ metric: a, below: 1, confidence: 0.5 }",
      "3:40: objectives[0].confidence: must be > 0.5: current value is 0.5",
    ],
    ["no metric", "{ below: 1 }", "3:5: objectives[0]: missing key metric"],
    [
      "certainty",
      "{ metric: a, below: 1, probability: 1 }",
      "3:41: objectives[0].probability: must be < 1: current value is 1",
    ],
    [
      "a limit that is no number",
      "{ metric: a, below: 200 ms }",
      '3:25: objectives[0].below: must be a finite number: current value is "200 ms": did you mean 0.2, in seconds?',
    ],
    [
      "a misspelt key",
      "{ metric: a, belwo: 1, below: 1 }",
      "3:18: objectives[0]: unknown key belwo: did you mean below?",
    ],
  ])("parseSweep refuses an objective with %s", (_case, objective, problem) => {
    expect(problemsOf(objective)).toEqual([problem]);
  });

  test("parseSweep refuses an objective that is there twice, whatever it judges", () => {
    const twice = "{ metric: a, below: 1, probability: 0.9, confidence: 0.8 }";
    expect(problemsOf(twice)).toEqual([]);
    expect(problemsOf(twice, twice)).toEqual(["4:5: objectives[1]: objectives must be different: it is there before"]);
  });
});

describe("parseScenario", () => {
  test("parseScenario reads and checks objectives as a sweep does", () => {
    const objectives = "objectives:\n  - { metric: error_ratio, below: 0.01 }\n  - { metric: a }\n";
    const settings = "sim_settings:";
    const text = changedExample([settings, `${objectives}${settings}`]);
    const problems = parseScenario(text, { file: "" }).problems.map(formatProblem);
    expect(problems.map((problem) => problem.replace(/^\d+:/, ""))).toEqual([
      "5: objectives[1]: must have a limit: give below or above",
    ]);
    const good = text.replace("  - { metric: a }\n", "");
    const reading = parseScenario(good, { file: "" });
    expect(resolve(reading.scenario!).objectives).toEqual([{ metric: "error_ratio", below: 0.01 }]);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder.objective adds objectives in order", () => {
    const objectives = [
      { metric: "latency_s_p99", below: 0.5, probability: 0.9 },
      { metric: "error_ratio", below: 0.01 },
    ];
    const built = objectives
      .reduce((builder, objective) => builder.objective(objective), scenario("judged"))
      .generator("users", { avg_active_users: { mean: 1 }, avg_request_per_minute_per_user: { mean: 1 } })
      .client("browser")
      .server("api", { cpu_cores: 1 }, (server) => server.endpoint("/", [{ cpu_s: 0.01 }]))
      .link("users", "browser", 0)
      .link("browser", "api", 0)
      .link("api", "browser", 0)
      .build();
    expect(built.objectives).toEqual(objectives);
  });
});

describe("sweepJsonSchema", () => {
  test("sweepJsonSchema knows objectives", () => {
    expect(JSON.stringify(sweepJsonSchema())).toContain('"quantile"');
  });
});
