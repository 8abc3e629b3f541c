import { describe, expect, test } from "vitest";
import { meshWith, problemsOf, programOf } from "./mesh-yaml.js";

const EDGE = "{ id: app-bank, source: app, target: bank, latency: 0.01, loss_ratio: 0 }";

describe("compile of breakers", () => {
  test("compile gives a breaker of an edge to all calls over it, but for those that have one of their own", () => {
    const text = meshWith("{ call: bank, breaker: { kind: consecutive, open_s: 2 } }", [
      EDGE,
      EDGE.replace(" }", ", breaker: { kind: error_rate, min_requests: 7 } }"),
    ]);
    expect(programOf(text)).toMatchObject([
      { edge: "app-bank", policy: { breaker: { kind: "consecutive", failures: 5, open_s: 2, half_open_probes: 1 } } },
      { edge: "app-prices", policy: { timeout_s: 0, retry: null } },
      {
        edge: "app-bank",
        policy: {
          breaker: {
            kind: "error_rate",
            window_s: 10,
            threshold_ratio: 0.5,
            min_requests: 7,
            open_s: 5,
            half_open_probes: 1,
          },
        },
      },
    ]);
    expect(problemsOf(text)).toEqual([]);
  });

  test("compile gives a breaker of slow calls all its keys", () => {
    const text = meshWith(
      "{ call: bank, breaker: { kind: slow_calls, slower_than_s: 0.2, window_s: 3, threshold_ratio: 1, half_open_probes: 4 } }",
    );
    const breaker = { kind: "slow_calls", slower_than_s: 0.2, window_s: 3, threshold_ratio: 1, min_requests: 20 };
    expect(programOf(text)).toMatchObject([
      { policy: { breaker: { ...breaker, open_s: 5, half_open_probes: 4 } } },
      {},
      {},
    ]);
  });
});

describe("parseScenario of breakers", () => {
  test.each([
    ["{ kind: slow_calls }", "steps[0].breaker: missing key slower_than_s"],
    [
      "{ kind: error_rate, failures: 3 }",
      "steps[0].breaker.failures: must stand with kind consecutive: current kind is error_rate",
    ],
    [
      "{ kind: consecutive, window_s: 3 }",
      "steps[0].breaker.window_s: must stand with kind error_rate or slow_calls: current kind is consecutive",
    ],
    ["{ kind: consecutive, open_s: 0 }", "steps[0].breaker.open_s: must be > 0: current value is 0"],
    ["{ kind: error_rate, threshold_ratio: 2 }", "steps[0].breaker.threshold_ratio: must be <= 1: current value is 2"],
  ])("parseScenario refuses %s", (breaker, problem) => {
    const problems = problemsOf(meshWith(`{ call: bank, breaker: ${breaker} }`));
    expect(problems.map((text) => text.replace(/^\d+:\d+: /, ""))).toEqual([problem]);
  });

  test("parseScenario refuses a breaker at an edge that nobody calls over", () => {
    const plain = "target: app, latency: 0.001, loss_ratio: 0";
    const problems = problemsOf(meshWith("", [plain, `${plain}, breaker: { kind: consecutive }`]));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("breaker must stand at an edge that steps call over, at a call, or at a generator");
  });
});
