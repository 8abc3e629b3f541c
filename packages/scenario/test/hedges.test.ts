import { describe, expect, test } from "vitest";
import { compile, scenario } from "../src/index.js";
import { meshWith, problemsOf, programOf } from "./mesh-yaml.js";

const EDGE = "{ id: app-bank, source: app, target: bank, latency: 0.01, loss_ratio: 0 }";

describe("compile of hedges and bulkheads", () => {
  test("compile fills the defaults of hedges and bulkheads, and reads hedge_after_s as a hedge", () => {
    const steps =
      "{ call: bank, hedge_after_s: 0.4 }, { call: bank, hedge: { after_s: 1, most: 3, cancel: false } }, " +
      "{ call: bank, bulkhead: { limit: 5 } }, { call: bank, bulkhead: { limit: 5, queue: 2, max_wait_s: 0.1 } }";
    expect(programOf(meshWith(steps))).toMatchObject([
      { policy: { hedge: { after_s: 0.4, most: 1, cancels: true } } },
      { policy: { hedge: { after_s: 1, most: 3, cancels: false } } },
      { policy: { bulkhead: { limit: 5, queue: 0, max_wait_s: Number.POSITIVE_INFINITY } } },
      { policy: { bulkhead: { limit: 5, queue: 2, max_wait_s: 0.1 } } },
      {},
      {},
    ]);
  });

  test("compile gives those of an edge to all calls over it, but for calls that have their own, in either spelling", () => {
    const text = meshWith("{ call: bank, hedge: { after_s: 2 }, bulkhead: { limit: 1 } }", [
      EDGE,
      EDGE.replace(" }", ", hedge_after_s: 0.3, bulkhead: { limit: 9, queue: 4 } }"),
    ]);
    expect(problemsOf(text)).toEqual([]);
    expect(programOf(text)).toMatchObject([
      { policy: { hedge: { after_s: 2 }, bulkhead: { limit: 1, queue: 0 } } },
      { edge: "app-prices", policy: { timeout_s: 0, retry: null } },
      { edge: "app-bank", policy: { hedge: { after_s: 0.3 }, bulkhead: { limit: 9, queue: 4 } } },
    ]);
  });

  test("compile gives a generator and a link of the builder their policies", () => {
    const built = scenario("hedged")
      .generator("users", { arrival_rate_per_s: 1, hedge_after_s: 2, bulkhead: { limit: 6 } })
      .client("web")
      .server("app", {}, (app) => app.endpoint("/", [{ call: "bank" }]))
      .external("bank", { response_s: 0.1 })
      .link("users", "web", 0)
      .link("web", "app", 0)
      .link("app", "bank", 0.01, { hedge: { after_s: 0.2 }, bulkhead: { limit: 3 } })
      .build();
    const plan = compile(built);
    expect(plan.generators[0]?.policy).toMatchObject({ hedge: { after_s: 2, most: 1 }, bulkhead: { limit: 6 } });
    expect(plan.servers[0]?.endpoints[0]?.steps).toMatchObject([
      { policy: { hedge: { after_s: 0.2, cancels: true }, bulkhead: { limit: 3 } } },
    ]);
  });
});

describe("compile of fallbacks", () => {
  test("compile puts a fallback in the place of a call, a query or a look-up that failed, and has its edge count it", () => {
    expect(programOf(meshWith("{ call: bank, retry: { attempts: 2 }, fallback: [io_s: 0.001] }"))).toMatchObject([
      {
        kind: "attempt",
        steps: [{ kind: "call", edge: "app-bank", policy: { retry: { attempts: 2 } } }],
        on_error: [{ kind: "io" }],
        fallback_of: "app-bank",
      },
      {},
      {},
    ]);
  });

  test("compile reckons with the memory and the calls of a fallback", () => {
    const plan = compile(
      scenario("nested")
        .generator("users", { arrival_rate_per_s: 1 })
        .client("web")
        .server("app", {}, (app) =>
          app.endpoint("/", [{ call: "bank", fallback: [{ ram_mb: 7 }, { call: "other", fallback: [] }] }]),
        )
        .external("bank", { response_s: 0.1 })
        .external("other", { response_s: 0.1 })
        .link("users", "web", 0)
        .link("web", "app", 0)
        .link("app", "bank", 0.01)
        .link("app", "other", 0.01)
        .build(),
    );
    expect(plan.servers[0]?.endpoints[0]).toMatchObject({
      ram_mb: 7,
      steps: [{ fallback_of: "app-bank", on_error: [{ fallback_of: "app-other", on_error: [] }] }],
    });
  });
});

describe("parseScenario of hedges, bulkheads and fallbacks", () => {
  test.each([
    [
      "hedge_after_s: 1, hedge: { after_s: 2 }",
      "steps[0]: must have at most one of hedge_after_s, hedge: current keys are hedge_after_s, hedge",
    ],
    ["hedge_after_s: 0", "steps[0].hedge_after_s: must be > 0: current value is 0"],
    ["hedge: { after_s: 1, most: 0 }", "steps[0].hedge.most: must be >= 1: current value is 0"],
    ["hedge: { most: 2 }", "steps[0].hedge: missing key after_s"],
    ["bulkhead: { queue: 2 }", "steps[0].bulkhead: missing key limit"],
    ["bulkhead: { limit: 0 }", "steps[0].bulkhead.limit: must be >= 1: current value is 0"],
    [
      "bulkhead: { limit: 1, max_wait_s: 2 }",
      "steps[0].bulkhead.max_wait_s: must stand with a queue of 1 at least: nobody waits without",
    ],
    [
      "fallback: [io_s: 1], on_error: []",
      "steps[0]: must have at most one of on_error, fallback: current keys are on_error, fallback",
    ],
  ])("parseScenario refuses %s", (keys, problem) => {
    const problems = problemsOf(meshWith(`{ call: bank, ${keys} }`));
    expect(problems.map((text) => text.replace(/^\d+:\d+: /, ""))).toEqual([problem]);
  });

  test("parseScenario refuses a fallback where nothing is asked, and what an edge holds for calls where there are none", () => {
    expect(problemsOf(meshWith("{ lock: one, steps: [], fallback: [] }"))[0]).toContain("lock must stand with steps");
    const plain = "target: app, latency: 0.001, loss_ratio: 0";
    for (const keys of ["hedge_after_s: 1", "hedge: { after_s: 1 }", "bulkhead: { limit: 1 }"]) {
      const problems = problemsOf(meshWith("", [plain, `${plain}, ${keys}`]));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain("must stand at an edge that steps call over, at a call, or at a generator");
    }
  });

  test("parseScenario finds what is wrong inside a fallback", () => {
    const problems = problemsOf(meshWith("{ call: bank, fallback: [call: nobody] }"));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      "steps[0].fallback[0].call: must be a server, an external service or a load balancer",
    );
  });
});
