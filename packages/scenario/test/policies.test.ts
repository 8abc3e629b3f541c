import { PATIENT, type CallPolicy } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, scenario } from "../src/index.js";
import type { Change } from "./example-yaml.js";
import { meshWith, problemsOf, programOf, scenarioOf } from "./mesh-yaml.js";

/** Gives the generator a policy. */
const generatorWith = (keys: string): Change => ["id: shoppers", `id: shoppers\n  ${keys}`];
/** Gives the edge to prices a policy. */
const edgeWith = (keys: string): Change => ["id: app-prices,", `id: app-prices, ${keys},`];
const ALL = ["failed", "dropped", "rejected", "timed_out"];
const AT_ONCE = { kind: "exponential", base_s: 0, max_s: 0, jitter: "full" };

describe("parseScenario of policies", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["accepts every key", "deadline_s: 1, cancel: true, retry: { attempts: 3, on: [failed], budget_ratio: 0.1 }", []],
    [
      "refuses two time limits",
      "timeout_s: 1, deadline_s: 2",
      ["steps[0]: must have at most one of timeout_s, deadline_s: current keys are timeout_s, deadline_s"],
    ],
    [
      "refuses to cancel without a time limit",
      "cancel: true",
      ["steps[0]: cancel must stand with timeout_s or deadline_s"],
    ],
    ["refuses no time at all", "timeout_s: 0", ["steps[0].timeout_s: must be > 0: current value is 0"]],
    [
      "refuses a first attempt that is the last",
      "retry: { attempts: 1 }",
      ["steps[0].retry.attempts: must be >= 2: current value is 1"],
    ],
    [
      "refuses more than a hundred attempts",
      "retry: { attempts: 101 }",
      ["steps[0].retry.attempts: must be <= 100: current value is 101"],
    ],
    [
      "suggests the way of failing that is nearest",
      "retry: { attempts: 2, on: [timeout] }",
      [
        'steps[0].retry.on[0]: must be one of failed, dropped, rejected, timed_out: current value is "timeout": did you mean timed_out?',
      ],
    ],
    [
      "refuses a burst without a budget",
      "retry: { attempts: 2, budget_burst: 5 }",
      ["steps[0].retry.budget_burst: must stand with budget_ratio"],
    ],
    [
      "refuses a longest wait below the shortest",
      "retry: { attempts: 2, backoff: { base_s: 1, max_s: 0.5 } }",
      ["steps[0].retry.backoff.max_s: must be >= base_s (1): current value is 0.5"],
    ],
    [
      "refuses a backoff without its shortest wait",
      "retry: { attempts: 2, backoff: { kind: fixed } }",
      ["steps[0].retry.backoff: missing key base_s"],
    ],
  ])("parseScenario %s", (_, keys, problems) => {
    const found = problemsOf(meshWith(`{ call: prices, ${keys} }`));
    expect(found.map((problem) => problem.replace(/^\d+:\d+: /, ""))).toEqual(problems);
  });
});

test("parseScenario refuses the same at edges and generators, and a policy of an edge that nobody calls over", () => {
  const broken = "must have at most one of timeout_s, deadline_s: current keys are timeout_s, deadline_s";
  expect(problemsOf(meshWith("", edgeWith("timeout_s: 1, deadline_s: 2")))).toEqual([
    `25:7: topology_graph.edges[app-prices]: ${broken}`,
  ]);
  expect(problemsOf(meshWith("", generatorWith("cancel: true")))).toEqual([
    "2:3: rqs_input: cancel must stand with timeout_s or deadline_s",
  ]);
  const uncalled: Change = ["id: browser-app,", "id: browser-app, timeout_s: 1,"];
  expect(problemsOf(meshWith("", uncalled))).toEqual([
    "24:26: topology_graph.edges[browser-app].timeout_s: timeout_s must stand at an edge that steps call over, at a call, or at a generator: no step calls over this edge",
  ]);
});

describe("compile of policies", () => {
  test("compile fills in what a policy does not say", () => {
    const retry = { attempts: 3, on: ALL, backoff: AT_ONCE, budget_ratio: 0, budget_burst: 10 };
    expect(policyOf("retry: { attempts: 3 }")).toEqual({ ...PATIENT, retry });
    const waiting = policyOf("retry: { attempts: 3, backoff: { base_s: 0.2 } }");
    expect(waiting.retry?.backoff).toEqual({ kind: "exponential", base_s: 0.2, max_s: 20, jitter: "full" });
  });

  test("compile takes every key as it stands", () => {
    const backoff = "backoff: { kind: decorrelated, base_s: 0.1, max_s: 2, jitter: none }";
    const retry = `retry: { attempts: 4, on: [timed_out], ${backoff}, budget_ratio: 0.2, budget_burst: 7 }`;
    expect(policyOf(`timeout_s: 0.5, cancel: true, ${retry}`)).toEqual({
      timeout_s: 0.5,
      cancels: true,
      propagates: false,
      retry: {
        attempts: 4,
        on: ["timed_out"],
        backoff: { kind: "decorrelated", base_s: 0.1, max_s: 2, jitter: "none" },
        budget_ratio: 0.2,
        budget_burst: 7,
      },
    });
  });

  test("compile makes of a deadline a time limit that propagates", () => {
    expect(policyOf("deadline_s: 0.5")).toEqual({ ...PATIENT, timeout_s: 0.5, propagates: true });
  });

  test.each<readonly [string, string, string, object]>([
    ["what holds at the edge", "", "timeout_s: 1, cancel: true", { timeout_s: 1, cancels: true }],
    [
      "its own limit and nothing of the edge's",
      "deadline_s: 2",
      "timeout_s: 1, cancel: true",
      { propagates: true, timeout_s: 2, cancels: false },
    ],
    [
      "its own cancellation and the limit of the edge",
      "cancel: false",
      "deadline_s: 1, cancel: true",
      { propagates: true, timeout_s: 1, cancels: false },
    ],
    [
      "its own retries and the limit of the edge",
      "retry: { attempts: 5 }",
      "timeout_s: 1, retry: { attempts: 2 }",
      { timeout_s: 1, retry: { attempts: 5 } },
    ],
    [
      "its own limit and the retries of the edge",
      "timeout_s: 2",
      "timeout_s: 1, retry: { attempts: 2 }",
      { timeout_s: 2, retry: { attempts: 2 } },
    ],
  ])("compile gives a call %s", (_, own, edge, expected) => {
    expect(policyOf(own, edgeWith(edge))).toMatchObject(expected);
  });

  test("compile gives the policy of an edge to every call over it, and to no other", () => {
    const program = programOf(meshWith("", edgeWith("timeout_s: 1"))) as readonly { readonly policy: CallPolicy }[];
    expect(program.map(({ policy }) => policy)).toEqual([{ ...PATIENT, timeout_s: 1 }, PATIENT]);
  });

  test("compile gives a generator its policy", () => {
    const plan = compile(scenarioOf(meshWith("", generatorWith("deadline_s: 3"))));
    expect(plan.generators[0]?.policy).toEqual({ ...PATIENT, timeout_s: 3, propagates: true });
  });
});

test("ScenarioBuilder takes policies of generators, edges and calls in the words of a file", () => {
  const retry = { attempts: 2, backoff: { base_s: 0.1 } } as const;
  const built = scenario("shop")
    .generator("shoppers", { arrival_rate_per_s: 5, timeout_s: 2, retry })
    .client("browser")
    .server("app", {}, (app) => app.endpoint("/", [{ call: "db", cancel: false }]))
    .server("db", {}, (db) => db.endpoint("/", [{ cpu_s: 0.001 }]))
    .link("shoppers", "browser", 0)
    .link("browser", "app", 0)
    .edge({ id: "app-db", source: "app", target: "db", latency: 0, deadline_s: 1, cancel: true })
    .build();
  const plan = compile(built);
  expect(plan.generators[0]?.policy).toMatchObject({ timeout_s: 2, retry: { attempts: 2 } });
  expect(plan.servers[0]?.endpoints[0]?.steps).toMatchObject([
    { policy: { timeout_s: 1, propagates: true, cancels: false, retry: null } },
  ]);
});

/** What a call to prices compiles to that has these keys. */
function policyOf(keys: string, ...changes: readonly Change[]): CallPolicy {
  const step = keys === "" ? "call: prices" : `call: prices, ${keys}`;
  const [first] = programOf(meshWith(`{ ${step} }`, ...changes)) as readonly { readonly policy: CallPolicy }[];
  return first!.policy;
}
