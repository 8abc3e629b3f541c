import { PATIENT, type GeneratorPlan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, formatProblem, InputError, parseScenario, resolve, scenario, setParameter } from "../src/index.js";
import { changedExample } from "./example-yaml.js";

const USERS = `rqs_input:
  id: shoppers
  avg_active_users: { mean: 100 }
  avg_request_per_minute_per_user: { mean: 20 }
`;

/** The example with another generator, or with several. */
function reading(rqs_input: string): ReturnType<typeof parseScenario> {
  return parseScenario(changedExample([USERS, rqs_input]), { file: "" });
}

/** The one generator of the example with these lines below its id. */
const lines = (...text: readonly string[]): string => `rqs_input:\n  id: shoppers\n  ${text.join("\n  ")}\n`;

function generatorOf(...text: readonly string[]): GeneratorPlan {
  const { scenario: valid, problems } = reading(lines(...text));
  expect(problems.map(formatProblem)).toEqual([]);
  return compile(valid!).generators[0]!;
}

const problemsOf = (...text: readonly string[]): readonly string[] =>
  reading(lines(...text)).problems.map(formatProblem);

/** The factor that a profile of one compiles to. */
function factorOf(factor: string): unknown {
  const { arrivals } = generatorOf("arrival_rate_per_s: 10", `profile: [${factor}]`);
  return "profile" in arrivals ? arrivals.profile[0] : undefined;
}

const pieces = (list: readonly (readonly [number, number, number])[], period_s = 0, phase_s = 0): unknown => ({
  kind: "pieces",
  pieces: list.map(([start_s, from, to]) => ({ start_s, from, to })),
  period_s,
  phase_s,
});

describe("compile", () => {
  test("compile reads a rate as Poisson, single requests, no profile", () => {
    expect(generatorOf("arrival_rate_per_s: 300")).toMatchObject({
      id: "shoppers",
      arrivals: { kind: "poisson", rate_per_s: 300, profile: [] },
      batch_size: { kind: "constant", value: 1 },
      mix: [],
      policy: PATIENT,
    });
  });

  test("compile gives gaps the mean of the rate beside them; exponential ones are Poisson", () => {
    const gapOf = (interarrival: string): unknown =>
      generatorOf("arrival_rate_per_s: 80", `interarrival: ${interarrival}`).arrivals;
    const gamma = { kind: "gamma", shape: 4, scale: 1 / 320 };
    expect(gapOf("{ distribution: gamma, cv: 0.5 }")).toEqual({ kind: "renewal", gap_s: gamma, profile: [] });
    expect(gapOf("{ distribution: constant }")).toMatchObject({ gap_s: { kind: "constant", value: 1 / 80 } });
    expect(gapOf("{ distribution: exponential }")).toEqual({ kind: "poisson", rate_per_s: 80, profile: [] });
    expect(generatorOf("interarrival: { distribution: exponential, mean: 0.5 }").arrivals).toMatchObject({
      rate_per_s: 2,
    });
    const own = "interarrival: { distribution: empirical, values: [0.1, 0.3] }";
    expect(generatorOf(own).arrivals).toMatchObject({ gap_s: { kind: "empirical", values: [0.1, 0.3] } });
  });

  test("compile reads states one after the other, or by their probabilities", () => {
    const states = ["{ rate_per_s: 50, mean_s: 30 }", "{ rate_per_s: 200, mean_s: 5 }", "{ rate_per_s: 0, mean_s: 1"];
    const last = (next: string): string => `mmpp: [${states.join(", ")}${next} }]`;
    expect(generatorOf(last("")).arrivals).toEqual({
      kind: "mmpp",
      states: [
        { rate_per_s: 50, mean_s: 30 },
        { rate_per_s: 200, mean_s: 5 },
        { rate_per_s: 0, mean_s: 1 },
      ],
      transitions: [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
      profile: [],
    });
    expect(generatorOf(last(", next: [0.2, 0.8, 0]")).arrivals).toMatchObject({
      transitions: [
        [0, 1, 0],
        [0, 0, 1],
        [0.2, 0.8, 0],
      ],
    });
  });

  test("compile reads batches as a number or a distribution", () => {
    const sizeOf = (size: string): unknown => generatorOf("arrival_rate_per_s: 1", `batch_size: ${size}`).batch_size;
    expect(sizeOf("5")).toEqual({ kind: "constant", value: 5 });
    expect(sizeOf("{ distribution: poisson, mean: 4 }")).toEqual({ kind: "poisson", mean: 4 });
  });

  test("compile makes straight pieces of every kind of factor but a sinusoid", () => {
    expect(factorOf("{ kind: sinusoid, period_s: 600, amplitude_ratio: 0.5, phase_s: 700 }")).toEqual({
      kind: "sinusoid",
      period_s: 600,
      amplitude_ratio: 0.5,
      phase_s: 100,
    });
    expect(factorOf("{ kind: steps, steps: [{ at_s: 10, factor: 2 }] }")).toEqual(
      pieces([
        [0, 1, 1],
        [10, 2, 2],
      ]),
    );
    expect(
      factorOf("{ kind: steps, steps: [{ at_s: 0, factor: 2 }, { at_s: 3, factor: 0 }], period_s: 8, phase_s: 9 }"),
    ).toEqual(
      pieces(
        [
          [0, 2, 2],
          [3, 0, 0],
        ],
        8,
        1,
      ),
    );
    expect(factorOf("{ kind: ramp, start_s: 0, end_s: 60, from: 0.5, to: 3 }")).toEqual(
      pieces([
        [0, 0.5, 3],
        [60, 3, 3],
      ]),
    );
    expect(factorOf("{ kind: ramp, start_s: 5, end_s: 60, to: 3 }")).toEqual(
      pieces([
        [0, 1, 1],
        [5, 1, 3],
        [60, 3, 3],
      ]),
    );
    expect(factorOf("{ kind: flash_crowd, at_s: 20, factor: 3, ramp_s: 5, hold_s: 10 }")).toEqual(
      pieces([
        [0, 1, 1],
        [20, 1, 3],
        [25, 3, 3],
        [35, 3, 1],
        [40, 1, 1],
      ]),
    );
    expect(factorOf("{ kind: flash_crowd, at_s: 0, factor: 3, ramp_s: 0, hold_s: 10 }")).toEqual(
      pieces([
        [0, 3, 3],
        [10, 1, 1],
      ]),
    );
  });

  test("compile gives each hour of a day or a week its factor", () => {
    const day = `[${Array.from({ length: 24 }, (_, hour) => hour / 10).join(", ")}]`;
    expect(factorOf(`{ kind: daily, factors: ${day}, phase_s: 7200 }`)).toMatchObject({
      period_s: 86_400,
      phase_s: 7200,
    });
    const daily = factorOf(`{ kind: daily, factors: ${day} }`) as { readonly pieces: readonly unknown[] };
    expect(daily.pieces).toHaveLength(24);
    expect(daily.pieces[23]).toEqual({ start_s: 82_800, from: 2.3, to: 2.3 });
    const week = factorOf(`{ kind: weekly, factors: [${Array.from({ length: 7 }, () => day).join(", ")}] }`);
    expect(week).toMatchObject({ period_s: 604_800 });
    expect((week as { readonly pieces: readonly unknown[] }).pieces[30]).toEqual({
      start_s: 108_000,
      from: 0.6,
      to: 0.6,
    });
  });

  test("compile reads a mix, with endpoints in lower case", () => {
    const { mix } = generatorOf("arrival_rate_per_s: 1", "mix: [{ endpoint: /API, weight: 8, class: buyer }, {}]");
    expect(mix).toEqual([
      { endpoint: "/api", weight: 8, class: "buyer", priority: 0 },
      { endpoint: "", weight: 1, class: "", priority: 0 },
    ]);
  });

  test("compile reads users under a profile exactly in dialect asyncflow too: AsyncFlow knows no profile", () => {
    const users = ["avg_active_users: { mean: 100 }", "avg_request_per_minute_per_user: { mean: 20 }"];
    const ramp = "profile: [{ kind: ramp, start_s: 0, end_s: 60, to: 3 }]";
    const kindOf = (...more: readonly string[]): string => {
      return compile(reading(lines(...users, ...more)).scenario!, { dialect: "asyncflow" }).generators[0]!.arrivals
        .kind;
    };
    expect(kindOf()).toBe("asyncflow_users");
    expect(kindOf(ramp)).toBe("users");
  });
});

const SEVERAL = `rqs_input:
  - id: shoppers
    arrival_rate_per_s: 300
  - { id: crawlers, arrival_rate_per_s: 20 }
`;
const EDGE = "    - { id: shoppers-browser,";
const SECOND_EDGE = "    - { id: crawlers-browser, source: crawlers, target: browser, latency: 0, dropout_rate: 0 }\n";

describe("parseScenario", () => {
  test("parseScenario reads several generators, which may lead to one client; ids address them", () => {
    const text = changedExample([USERS, SEVERAL], [EDGE, SECOND_EDGE + EDGE]);
    const { scenario: valid, problems, data } = parseScenario(text, { file: "" });
    expect(problems).toEqual([]);
    expect(compile(valid!).generators.map(({ id }) => id)).toEqual(["shoppers", "crawlers"]);
    const changed = setParameter(data, "rqs_input[crawlers].arrival_rate_per_s", 7) as typeof valid;
    expect(resolve(changed!).rqs_input[1]).toMatchObject({ arrival_rate_per_s: 7 });
  });

  test("parseScenario finds what each of several generators lacks", () => {
    const problems = reading(SEVERAL).problems.map(formatProblem);
    expect(problems).toEqual(["5:5: rqs_input[crawlers]: must have one leaving edge: generator crawlers has none"]);
    const twice = changedExample([USERS, SEVERAL.replace("id: crawlers", "id: shoppers")]);
    expect(parseScenario(twice, { file: "" }).problems.map(formatProblem)).toContain(
      '5:11: rqs_input[1].id: must be unique over all nodes and edges: current value is "shoppers" again',
    );
    expect(reading("rqs_input: []\n").problems.map(formatProblem)[0]).toBe(
      "2:12: rqs_input: must not be empty: current value is an empty list",
    );
    expect(reading("rqs_input: 3\n").problems.map(formatProblem)[0]).toBe(
      "2:12: rqs_input: must be a mapping or a list of mappings: current value is 3",
    );
  });

  test.each([
    [["avg_active_users: { mean: 1 }"], "missing key avg_request_per_minute_per_user"],
    [
      ["type: generator"],
      "must say when requests come, by avg_active_users and avg_request_per_minute_per_user, or by arrival_rate_per_s, or by interarrival, or by mmpp, or by trace",
    ],
    [
      ["arrival_rate_per_s: 1", "mmpp: [{ rate_per_s: 1, mean_s: 1 }]"],
      "must say in one way when requests come: current keys are arrival_rate_per_s, mmpp",
    ],
    [["arrival_rate_per_s: 1", "interarrival: { cv: 1.4 }"], "missing key distribution"],
    [
      ["arrival_rate_per_s: 1", "interarrival: { distribution: gamma, mean: 2, cv: 1.4 }"],
      "must be left out, arrival_rate_per_s gives it: current value is 2",
    ],
    [
      ["arrival_rate_per_s: 0", "interarrival: { distribution: gamma, cv: 1.4 }"],
      "must be > 0 beside interarrival: current value is 0",
    ],
    [
      ["interarrival: { distribution: gamma, cv: 1.4 }"],
      "gamma must be given by exactly one of (mean and cv), (mean and std), (mean and variance): current keys are cv",
    ],
    [["arrival_rate_per_s: -1"], "must be >= 0: current value is -1"],
    [
      ["mmpp: [{ rate_per_s: 1, mean_s: 1, next: [0.5, 0.4] }, { rate_per_s: 1, mean_s: 1 }]"],
      "must add up to 1: current sum is 0.9",
    ],
    [
      ["mmpp: [{ rate_per_s: 1, mean_s: 1, next: [1] }, { rate_per_s: 1, mean_s: 1 }]"],
      "must have one value for each state: current length is 1 to 2",
    ],
    [
      ["mmpp: [{ rate_per_s: 1, mean_s: 1, next: [1, 0] }, { rate_per_s: 1, mean_s: 1 }]"],
      "every state must lead to every other in the end: state 0 leads only to 0",
    ],
    [["arrival_rate_per_s: 1", "batch_size: 1.5"], "must be a whole number or a distribution: current value is 1.5"],
    [
      ["arrival_rate_per_s: 1", "mix: [{ endpoint: /apy }]"],
      'must be the name of an endpoint: current value is "/apy": did you mean /api?',
    ],
    [["arrival_rate_per_s: 1", "mix: [{ weight: 0 }]"], "weights must have a sum > 0: current sum is 0"],
    [["arrival_rate_per_s: 1", "mix: [{ endpiont: /api }]"], "unknown key endpiont: did you mean endpoint?"],
  ])("parseScenario refuses arrivals %j", (text, message) => {
    expect(problemsOf(...text)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ["{ kind: sinus, period_s: 1 }", "must be one of steps, ramp, sinusoid, daily, weekly, flash_crowd"],
    [
      "{ kind: sinusoid, period_s: 1 }",
      "sinusoid must have period_s, amplitude_ratio and may have phase_s: current keys are period_s",
    ],
    ["{ kind: sinusoid, period_s: 1, amplitude_ratio: 1.5 }", "must be <= 1: current value is 1.5"],
    [
      "{ kind: sinusoid, period_s: 1e-6, amplitude_ratio: 1 }",
      "must be long enough for at most 10000000 changes of the rate",
    ],
    ["{ kind: ramp, start_s: 5, end_s: 5, to: 2 }", "must be > start_s (5): current value is 5"],
    ["{ kind: ramp, start_s: 5, end_s: 6, to: 2, factor: 3 }", "ramp must have start_s, end_s, to and may have from"],
    ["{ kind: steps, steps: [{ at_s: 5, factor: 1 }, { at_s: 5, factor: 2 }] }", "must have ascending times at_s"],
    [
      "{ kind: steps, steps: [{ at_s: 5, factor: 1 }], period_s: 5 }",
      "must be > at_s of the last step (5): current value is 5",
    ],
    ["{ kind: daily, factors: [1, 2] }", "must be 24 numbers: current length is 2"],
    ["{ kind: weekly, factors: [[1], [2]] }", "must be 168 numbers, or 7 lists of 24: current length is 2"],
    ["{ kind: flash_crowd, at_s: 1, factor: -1, ramp_s: 1, hold_s: 1 }", "must be >= 0: current value is -1"],
  ])("parseScenario refuses the factor %s", (factor, message) => {
    expect(problemsOf("arrival_rate_per_s: 1", `profile: [${factor}]`)).toEqual([expect.stringContaining(message)]);
  });

  test("parseScenario notes differences from AsyncFlow of users only, each at its generator", () => {
    const users = "{ id: crawlers, avg_active_users: { mean: 10 }, avg_request_per_minute_per_user: { mean: 6 } }";
    const list = SEVERAL.replace("{ id: crawlers, arrival_rate_per_s: 20 }", users);
    const { notes } = parseScenario(changedExample([USERS, list], [EDGE, SECOND_EDGE + EDGE]), { file: "" });
    expect(notes.filter(({ path }) => path.startsWith("rqs_input")).map(({ path }) => path)).toEqual([
      "rqs_input[crawlers]",
    ]);
  });
});

describe("ScenarioBuilder", () => {
  const begun = scenario("shop")
    .generator("shoppers", { arrival_rate_per_s: 300, profile: [{ kind: "ramp", start_s: 0, end_s: 60, to: 2 }] })
    .client("browser")
    .server("app", {}, (server) => server.endpoint("/api", [{ cpu_s: 0.002 }]))
    .link("shoppers", "browser", 0)
    .link("browser", "app", 0)
    .link("app", "browser", 0);

  test("ScenarioBuilder takes several generators", () => {
    expect(compile(begun.build()).generators).toHaveLength(1);
    const crawled = begun.generator("crawlers", { mmpp: [{ rate_per_s: 5, mean_s: 1 }] });
    expect(() => crawled.build()).toThrow(InputError);
    expect(compile(crawled.link("crawlers", "browser", 0).build()).generators.map(({ id }) => id)).toEqual([
      "shoppers",
      "crawlers",
    ]);
  });
});
