import type { GeneratorPlan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario } from "../src/index.js";

function yaml(...lines: readonly string[]): string {
  return `rqs_input:
  id: users
  ${lines.join("\n  ")}
topology_graph:
  nodes:
    client: { id: web }
    servers:
      - id: api
        endpoints:
          - { endpoint_name: /browse, steps: [{ io_s: 0.01 }] }
          - { endpoint_name: /buy, steps: [{ io_s: 0.01 }] }
  edges:
    - { id: in, source: users, target: web, latency: 0, loss_ratio: 0 }
    - { id: way, source: web, target: api, latency: 0.01, loss_ratio: 0 }
sim_settings: { total_simulation_time: 10 }
`;
}

function generatorOf(...lines: readonly string[]): GeneratorPlan {
  const { scenario, problems } = parseScenario(yaml(...lines), { file: "" });
  expect(problems.map(formatProblem)).toEqual([]);
  return compile(scenario!).generators[0]!;
}

const problemsOf = (...lines: readonly string[]): readonly string[] =>
  parseScenario(yaml(...lines), { file: "" }).problems.map(formatProblem);

describe("compile", () => {
  test("compile reads users who are always there", () => {
    const mix = "mix: [{ endpoint: /browse, weight: 3 }, { endpoint: /buy }]";
    const generator = generatorOf("closed: { users: 20, think_s: { distribution: exponential, mean: 0.5 } }", mix);
    expect(generator.arrivals).toEqual({ kind: "closed", population: 20 });
    expect(generator.session).toEqual({
      think_s: { kind: "exponential", mean: 0.5 },
      requests: { kind: "endless" },
      on_failure: "continue",
    });
    expect(generator.mix.map(({ weight }) => weight)).toEqual([3, 1]);
    expect(generatorOf("closed: { users: 1, think_s: 0 }").session?.think_s).toEqual({ kind: "constant", value: 0 });
  });

  test("compile reads sessions of a number of requests", () => {
    const generator = generatorOf("arrival_rate_per_s: 2", "session: { think_s: 3, length: { mean: 4 } }");
    expect(generator.arrivals).toMatchObject({ kind: "poisson", rate_per_s: 2 });
    expect(generator.session).toEqual({
      think_s: { kind: "constant", value: 3 },
      requests: { kind: "drawn", length: { kind: "poisson", mean: 4 } },
      on_failure: "end",
    });
  });

  test("compile reads the steps of a session as its mix, in their order", () => {
    const session = "session: { think_s: 3, steps: [/browse, /Browse, /buy], on_failure: continue }";
    const { mix, session: plan } = generatorOf("arrival_rate_per_s: 2", session);
    expect(mix.map(({ endpoint }) => endpoint)).toEqual(["/browse", "/browse", "/buy"]);
    expect(plan).toMatchObject({ requests: { kind: "in_order" }, on_failure: "continue" });
  });
});

describe("parseScenario", () => {
  test("parseScenario refuses sessions that say nothing or too much", () => {
    const at = (...lines: readonly string[]): readonly string[] =>
      problemsOf("arrival_rate_per_s: 2", ...lines).map((problem) => problem.replace(/^[\d:]+ /, ""));
    expect(at("session: { think_s: 3 }")).toEqual([
      "rqs_input.session: must have one of length, steps: current keys are neither",
    ]);
    expect(at("session: { think_s: 3, length: 2, steps: [/buy] }")).toEqual([
      "rqs_input.session: must have one of length, steps: current keys are both",
    ]);
    expect(at("session: { think_s: 3, steps: [/bye] }")).toEqual([
      'rqs_input.session.steps[0]: must be the name of an endpoint: current value is "/bye": did you mean /buy?',
    ]);
    expect(at("session: { think_s: 3, steps: [/buy] }", "mix: [{ endpoint: /buy }]")).toEqual([
      "rqs_input.mix: must not stand beside the steps of a session: these are what it asks for",
    ]);
  });

  test("parseScenario refuses what has no meaning for users who are always there", () => {
    const others = ["batch_size: 2", "profile: []", "session: { think_s: 3, length: 2 }"];
    const problems = problemsOf("closed: { users: 20, think_s: 1 }", ...others);
    expect(problems.map((problem) => problem.replace(/^[\d:]+ /, ""))).toEqual(
      ["batch_size", "profile", "session"].map(
        (key) => `rqs_input.${key}: must be left out beside closed: its users are always there`,
      ),
    );
    expect(problemsOf("closed: { users: 20, think_s: 1 }", "arrival_rate_per_s: 5")).toEqual([
      expect.stringContaining("must say in one way when requests come: current keys are arrival_rate_per_s, closed"),
    ]);
    expect(problemsOf("closed: { users: 0, think_s: 1 }")).toEqual([
      expect.stringContaining("rqs_input.closed.users: must be >= 1: current value is 0"),
    ]);
  });
});
