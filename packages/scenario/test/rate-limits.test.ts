import { describe, expect, test } from "vitest";
import { compile, parseScenario, scenario } from "../src/index.js";
import { meshWith, problemsOf, scenarioOf } from "./mesh-yaml.js";

const PLACE = "semaphores: { images: 2 }";

/** The scenario whose first server has these limits. */
function withLimits(limits: string): string {
  return meshWith("{ semaphore: images, steps: [cpu_s: 0.001] }", [
    PLACE,
    `${PLACE}\n        rate_limits: [${limits}]`,
  ]);
}

function limitsOf(text: string): unknown {
  return compile(scenarioOf(text)).servers[0]?.rate_limits;
}

describe("compile of rate limits", () => {
  test("compile gives them in order, with their defaults", () => {
    const text = withLimits(
      "{ kind: token_bucket, rate_per_s: 50 }, { kind: leaky_bucket, rate_per_s: 9, queue: 4 }, { kind: sliding_window, limit: 3, window_s: 2, class: free }",
    );
    expect(limitsOf(text)).toEqual([
      { kind: "token_bucket", rate_per_s: 50, burst: 1, refill: "continuous" },
      { kind: "leaky_bucket", rate_per_s: 9, queue: 4 },
      { kind: "sliding_window", limit: 3, window_s: 2, class: "free" },
    ]);
    expect(limitsOf(meshWith(""))).toBeUndefined();
  });

  test("compile gives one for each class there is, and one for requests that have none", () => {
    const limit = "{ kind: fixed_window, limit: 3, window_s: 2, per: class }";
    const rule = { kind: "fixed_window", limit: 3, window_s: 2 };
    expect(limitsOf(withLimits(limit))).toEqual([{ ...rule, class: "" }]);
    const mixed = withLimits(limit).replace(
      "rqs_input:\n",
      "rqs_input:\n  mix: [{ class: free }, { class: paid }, { class: free, endpoint: /api }]\n",
    );
    expect(problemsOf(mixed)).toEqual([]);
    expect(limitsOf(mixed)).toEqual([
      { ...rule, class: "free" },
      { ...rule, class: "paid" },
    ]);
  });
});

describe("parseScenario of rate limits", () => {
  test.each([
    ["{ kind: token_bucket }", "[0]: missing key rate_per_s"],
    ["{ kind: fixed_window, limit: 2 }", "[0]: missing key window_s"],
    [
      "{ kind: leaky_bucket, rate_per_s: 2, burst: 3 }",
      "[0].burst: must stand with kind token_bucket: current kind is leaky_bucket",
    ],
    [
      "{ kind: token_bucket, rate_per_s: 2, class: a, per: class }",
      "[0]: must have at most one of class, per: current keys are class, per",
    ],
    ["{ kind: token_bucket, rate_per_s: 0 }", "[0].rate_per_s: must be > 0: current value is 0"],
  ])("parseScenario refuses %s", (limit, problem) => {
    const found = parseScenario(withLimits(limit), { file: "" }).problems;
    expect(found.map(({ message, path }) => `${path}: ${message}`.replace(/^.*rate_limits/, ""))).toEqual([problem]);
  });
});

describe("parseScenario of limits for a class", () => {
  test("parseScenario says that no generator has the class of a limit", () => {
    const text = withLimits("{ kind: fixed_window, limit: 3, window_s: 2, class: fre }");
    const notesOf = (yaml: string): readonly string[] =>
      parseScenario(yaml, { file: "" }).notes.flatMap(({ message }) => (/limit has/.test(message) ? [message] : []));
    const mixed = text.replace("rqs_input:\n", "rqs_input:\n  mix: [{ class: free }]\n");
    expect(notesOf(mixed)).toEqual(["the limit has no effect: no generator has class fre: did you mean free?"]);
    expect(notesOf(mixed.replace("class: fre }", "class: free }"))).toEqual([]);
  });
});

describe("ServerBuilder", () => {
  test("ServerBuilder.rateLimit adds limits in the words of a file", () => {
    const limit = { kind: "token_bucket", rate_per_s: 5 } as const;
    const built = scenario("limits")
      .generator("shoppers", { avg_active_users: { mean: 1 }, avg_request_per_minute_per_user: { mean: 20 } })
      .client("browser")
      .server("app", {}, (server) =>
        server
          .endpoint("/api", [{ cpu_s: 1 }])
          .rateLimit(limit)
          .rateLimit(limit),
      )
      .link("shoppers", "browser", 0)
      .link("browser", "app", 0)
      .build();
    const rule = { ...limit, burst: 1, refill: "continuous" };
    expect(compile(built).servers[0]?.rate_limits).toEqual([rule, rule]);
  });
});
