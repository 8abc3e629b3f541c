import type { BalancingAlgorithm, LoadBalancerPlan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario, scenario } from "../src/index.js";
import { changedExample, type Change } from "./example-yaml.js";
import { problemsOfExample } from "./problem-cases.js";

const BALANCER = "load_balancer: { id: balancer, server_covered: [app-1, app-2] }";
const TO_APP_1 = "{ id: balancer-app-1, source: balancer, target: app-1, latency: 0.001, dropout_rate: 0 }";

/** The example with another load balancer. */
function withBalancer(keys: string): Change {
  return [BALANCER, `load_balancer: { id: balancer, ${keys} }`];
}

/** What the load balancers of the changed example compile to. */
function plansOf(...changes: readonly Change[]): readonly LoadBalancerPlan[] {
  const { scenario: read, problems } = parseScenario(changedExample(...changes), { file: "" });
  expect(problems.map(formatProblem)).toEqual([]);
  return read === undefined ? [] : compile(read).load_balancers;
}

/** Notes of the changed example that speak of what has no effect. */
function notesOf(...changes: readonly Change[]): readonly string[] {
  const { notes } = parseScenario(changedExample(...changes), { file: "" });
  return notes.map(formatProblem).filter((note) => /no effect|its zone/.test(note));
}

const CHAIN: readonly Change[] = [
  [
    BALANCER,
    "load_balancers: [{ id: balancer, algorithm: locality, zone: a, targets: [rack, app-2] }, { id: rack, zone: a }]",
  ],
  [TO_APP_1, `${TO_APP_1.replaceAll("app-1", "rack")}\n    - ${TO_APP_1.replaceAll("balancer", "rack")}`],
];

describe("compile", () => {
  test.each<readonly [string, BalancingAlgorithm]>([
    ["algorithm: round_robin", { algorithm: "round_robin" }],
    ["algorithms: least_connection", { algorithm: "least_outstanding" }],
    ["algorithm: least_outstanding", { algorithm: "least_outstanding" }],
    ["algorithm: random", { algorithm: "random" }],
    ["algorithm: weighted", { algorithm: "weighted", weights: [3, 1] }],
    ["algorithm: weighted_random", { algorithm: "weighted_random", weights: [3, 1] }],
    ["algorithm: power_of_two", { algorithm: "power_of_two", choices: 2 }],
    ["algorithm: power_of_two, choices: 3", { algorithm: "power_of_two", choices: 3 }],
    ["algorithm: peak_ewma, decay_s: 4", { algorithm: "peak_ewma", choices: 2, decay_s: 4 }],
    [
      "algorithm: consistent_hash, keys: { count: 9 }",
      {
        algorithm: "consistent_hash",
        load_factor: 1.25,
        virtual_nodes: 100,
        keys: { kind: "uniform", min: 0, max: 9 },
      },
    ],
    [
      "algorithm: consistent_hash, load_factor: 2, virtual_nodes: 7, keys: { count: 9, popularity: { distribution: zipf, exponent: 1.1 } }",
      {
        algorithm: "consistent_hash",
        load_factor: 2,
        virtual_nodes: 7,
        keys: { kind: "zipf", count: 9, exponent: 1.1 },
      },
    ],
  ])("compile reads a load balancer with %s", (keys, plan) => {
    const weighted: Change = [TO_APP_1, TO_APP_1.replace(" }", ", weight: 3 }")];
    expect(plansOf(withBalancer(keys), weighted)).toEqual([{ id: "balancer", ...plan }]);
  });

  test("compile reads what a load balancer knows, with defaults", () => {
    const keys = "algorithm: power_of_two, slow_start_s: 30, signal_refresh_s: 0.5, health_check: { interval_s: 5 }";
    expect(plansOf(withBalancer(`${keys}, outlier_ejection: {}`))).toEqual([
      {
        id: "balancer",
        algorithm: "power_of_two",
        choices: 2,
        slow_start_s: 30,
        signal_refresh_s: 0.5,
        health_check: { interval_s: 5, eject_after: 3, return_after: 2 },
        outlier_ejection: { consecutive_errors: 5, base_ejection_s: 30, max_ejected_ratio: 0.5 },
      },
    ]);
  });

  test("compile reads an ejection of one of several replicas", () => {
    const ejection = withBalancer("outlier_ejection: { max_ejected_ratio: 0.3 }");
    const replicas: Change = ["id: app-2\n", "id: app-2\n        replicas: 3\n"];
    expect(plansOf(ejection, replicas)[0]?.outlier_ejection?.max_ejected_ratio).toBe(0.3);
  });

  test("compile leaves out options that are 0, so that such a plan is that of a file without them", () => {
    const plain = plansOf(withBalancer("algorithm: power_of_two"));
    expect(plansOf(withBalancer("algorithm: power_of_two, slow_start_s: 0, signal_refresh_s: 0"))).toEqual(plain);
  });

  test("compile reads load balancers behind each other; zones are those of servers and of load balancers", () => {
    expect(plansOf(...CHAIN)).toEqual([
      { id: "balancer", algorithm: "locality", local: [true, false] },
      { id: "rack", algorithm: "round_robin" },
    ]);
    const inZone: Change = ["id: app-2\n", "id: app-2\n        zones: [a]\n"];
    expect(plansOf(...CHAIN, inZone)[0]).toMatchObject({ local: [true, true] });
  });
});

describe("checkScenario", () => {
  test.each([
    [
      "two names of the algorithm",
      withBalancer("algorithm: random, algorithms: random"),
      "must have at most one of algorithm, algorithms: current keys are algorithm, algorithms",
    ],
    [
      "two lists of targets",
      withBalancer("targets: [app-1], server_covered: [app-1]"),
      "must have at most one of targets, server_covered: current keys are targets, server_covered",
    ],
    ["a misspelt algorithm", withBalancer("algorithm: randon"), "did you mean random?"],
    ["a hash without keys", withBalancer("algorithm: consistent_hash"), "missing key keys: consistent_hash needs it"],
    ["a locality without zone", withBalancer("algorithm: locality"), "missing key zone: locality needs it"],
    [
      "zipf without exponent",
      withBalancer("keys: { count: 9, popularity: { distribution: zipf } }"),
      "zipf must have an exponent",
    ],
    [
      "uniform with exponent",
      withBalancer("keys: { count: 9, popularity: { distribution: uniform, exponent: 1 } }"),
      "only zipf may have an exponent",
    ],
    [
      "an ejection of less than one server",
      withBalancer("outlier_ejection: { max_ejected_ratio: 0.4 }"),
      "max_ejected_ratio must be >= 1 / 2, or no server can be ejected: current value is 0.4",
    ],
    [
      "an edge to the client",
      [TO_APP_1, TO_APP_1.replace("target: app-1", "target: browser")] as Change,
      'must be a server or a load balancer, because the source is a load balancer: current value is "browser"',
    ],
    ["a target without an edge", withBalancer("targets: [app-3]"), "must be the id of a server or a load balancer"],
    ["a load factor below 1", withBalancer("load_factor: 0.9"), "must be >= 1: current value is 0.9"],
    ["a list that is none", [BALANCER, "load_balancers: 7"] as Change, "must be a list: current value is 7"],
  ])("checkScenario refuses %s", (_name, change, message) => {
    const problems = problemsOfExample(change);
    expect(problems.filter((problem) => problem.includes(message))).toHaveLength(1);
  });

  test("checkScenario refuses load balancers in a circle, and one without a leaving edge", () => {
    const back = TO_APP_1.replaceAll("app-1", "balancer").replace("source: balancer", "source: rack");
    const circle = changedExample(...CHAIN, [TO_APP_1.replaceAll("balancer", "rack"), back]);
    const { problems } = parseScenario(circle, { file: "" });
    expect(problems.map(({ message }) => message)).toContain(
      "every path must come back to a client: current cycle is balancer -> rack -> balancer",
    );
    const [list, edges] = CHAIN;
    const dead = changedExample(list!, [edges![0], TO_APP_1.replaceAll("app-1", "rack")]);
    expect(parseScenario(dead, { file: "" }).problems.map(({ message }) => message)).toContain(
      "must have at least one leaving edge: load balancer rack has none",
    );
  });
});

describe("notesOnLoadBalancers", () => {
  test("notesOnLoadBalancers names keys that the algorithm does not know, as a sweep over algorithms leaves them", () => {
    expect(notesOf(withBalancer("algorithm: random, choices: 3, signal_refresh_s: 1"))).toEqual([
      "9:55: topology_graph.nodes.load_balancer.choices: choices has no effect on random",
      "9:67: topology_graph.nodes.load_balancer.signal_refresh_s: signal_refresh_s has no effect on random",
    ]);
    expect(notesOf(withBalancer("algorithm: power_of_two, choices: 3, signal_refresh_s: 1"))).toEqual([]);
  });

  test("notesOnLoadBalancers names weights that nobody looks at", () => {
    const weighted: Change = [TO_APP_1, TO_APP_1.replace(" }", ", weight: 3 }")];
    expect(notesOf(weighted)).toEqual([
      "27:95: topology_graph.edges[balancer-app-1].weight: weight has no effect: the edge does not leave a load balancer whose algorithm is weighted or weighted_random",
    ]);
    expect(notesOf(weighted, withBalancer("algorithm: weighted"))).toEqual([]);
  });

  test("notesOnLoadBalancers names a zone that nobody stands in", () => {
    expect(notesOf(withBalancer("algorithm: locality, zone: a"))).toEqual([
      "9:63: topology_graph.nodes.load_balancer.zone: no target of balancer is in its zone: locality takes all of them in turn",
    ]);
    expect(notesOf(...CHAIN)).toEqual([]);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder takes several load balancers, weights and zones", () => {
    const built = scenario("shop")
      .generator("users", { avg_active_users: { mean: 10 }, avg_request_per_minute_per_user: { mean: 20 } })
      .client("browser")
      .loadBalancer("edge", { algorithm: "weighted" })
      .loadBalancer("rack", { algorithm: "locality", zone: "a" })
      .server("app", {}, (server) => server.zone("a").endpoint("/", [{ cpu_s: 0.002 }]))
      .server("spare", {}, (server) => server.endpoint("/", [{ cpu_s: 0.002 }]))
      .link("users", "browser", 0)
      .link("browser", "edge", 0)
      .link("edge", "rack", 0, { weight: 9 })
      .link("edge", "spare", 0)
      .link("rack", "app", 0)
      .link("app", "browser", 0)
      .link("spare", "browser", 0)
      .build();
    expect(compile(built).load_balancers).toEqual([
      { id: "edge", algorithm: "weighted", weights: [9, 1] },
      { id: "rack", algorithm: "locality", local: [true] },
    ]);
  });
});
