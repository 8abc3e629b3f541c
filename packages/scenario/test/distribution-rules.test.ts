import { describe, expect, test } from "vitest";
import { formatProblem, parseScenario } from "../src/index.js";
import { brokenRules, type LooseMapping } from "../src/schema/distribution-rules.js";
import { changedExample } from "./example-yaml.js";

describe("brokenRules", () => {
  test.each<readonly [LooseMapping, string | undefined, string]>([
    [{ distribution: "uniform", min: 2, max: 2 }, "max", "must be > min: current value is 2"],
    [{ distribution: "lognormal", median: 2, p95: 1 }, "p95", "must be >= median: current value is 1"],
    [{ distribution: "lognormal", median: 2, p99: 1 }, "p99", "must be >= median: current value is 1"],
    [{ distribution: "erlang", mean: 1, shape: 1.5 }, "shape", "must be an integer for erlang: current value is 1.5"],
    [
      { distribution: "pareto", mean: 1, shape: 1 },
      "shape",
      "must be > 1 for a pareto given by its mean: current value is 1",
    ],
    [
      { distribution: "hyperexponential", mean: 1, cv: 1 },
      "cv",
      "must be > 1 for hyperexponential: current value is 1",
    ],
    [
      { distribution: "hyperexponential", probabilities: [0.5, 0.4], means: [1, 2] },
      "probabilities",
      "must add up to 1: current sum is 0.9",
    ],
    [
      { distribution: "hyperexponential", probabilities: [1], means: [1, 2] },
      "means",
      "must have one value for each of probabilities: current length is 2 to 1",
    ],
    [
      { distribution: "empirical", quantiles: { 0.5: 1, 1: 2 } },
      "quantiles",
      "must begin at probability 0: current value is {0.5: 1, 1: 2}",
    ],
    [
      { distribution: "empirical", quantiles: { 0: 1, 0.5: 2 } },
      "quantiles",
      "must end at probability 1: current value is {0: 1, 0.5: 2}",
    ],
    [
      { distribution: "empirical", quantiles: { 0: 3, 0.5: 2, 1: 4 } },
      "quantiles",
      "must ascend with the probability: current value is {0: 3, 0.5: 2, 1: 4}",
    ],
    [
      { distribution: "empirical", quantiles: { 0: 1, "0.5": 2, ".5": 2, 1: 4 } },
      "quantiles",
      "must give each probability once: current value is {0: 1, 0.5: 2, 0.5: 2, 1: 4}",
    ],
    [{ distribution: "constant" }, undefined, "constant must be given by value: current keys are none"],
    [{ min: 1 }, undefined, "poisson must be given by mean: current keys are min"],
    [
      { distribution: "weibull", mean: 1, shape: 1e-9 },
      undefined,
      "must be within the range of numbers: current values are too extreme",
    ],
    [
      { distribution: "hyperexponential", mean: 1, cv: 1e200 },
      undefined,
      "must be within the range of numbers: current values are too extreme",
    ],
  ])("brokenRules refuses %j", (mapping, key, message) => {
    expect(brokenRules(mapping)).toEqual([key === undefined ? { message } : { key, message }]);
  });

  test.each<LooseMapping>([
    { distribution: "pareto", minimum: 1, shape: 0.5 },
    { distribution: "hyperexponential", probabilities: [0.1, 0.2, 0.7], means: [1, 2, 3] },
    { distribution: "empirical", quantiles: { 0: 1, 1: 1 } },
    { distribution: "normal", mean: 1, variance: null },
    { distribution: "log_normal", mean: 1 },
    { mean: 1 },
  ])("brokenRules accepts %j", (mapping) => {
    expect(brokenRules(mapping)).toEqual([]);
  });

  test("brokenRules of a file stand at the key, and keys of quantiles must be probabilities", () => {
    const problemsOf = (mapping: string) =>
      parseScenario(changedExample(["latency: 0.003", `latency: ${mapping}`]), { file: "" }).problems.map(
        formatProblem,
      );
    expect(problemsOf("{ distribution: uniform, min: 2, max: 1 }")).toEqual([
      "25:113: topology_graph.edges[shoppers-browser].latency.max: must be > min: current value is 1",
    ]);
    expect(problemsOf("{ distribution: empirical, quantiles: { 0: 0, 1.5: 2 } }")).toEqual([
      '25:121: topology_graph.edges[shoppers-browser].latency.quantiles[1.5]: key must be a probability in [0, 1]: current key is "1.5"',
    ]);
    expect(problemsOf("{ distribution: empirical, quantiles: { 0: 0, 1e-3: 1, 0.50: 1.5, 1.0: 2 } }")).toEqual([]);
    expect(problemsOf("{ distribution: constant, value: 0.1 }")).toEqual([]);
  });
});
