import { describe, expect, test } from "vitest";
import { compile, parseScenario, scenario } from "../src/index.js";
import { problemsOf, scenarioOf } from "./mesh-yaml.js";
import { replicasWith } from "./replicas-yaml.js";

const PLACE = "balancing: least_connection";

/** The scenario whose called set, of two replicas, has this autoscaler. */
function withAutoscaler(autoscaler: string): string {
  return replicasWith([PLACE, `${PLACE}\n        autoscaler: ${autoscaler}`]);
}

describe("compile of autoscalers", () => {
  test("compile makes as many servers as may ever run, and fills in what Kubernetes would", () => {
    const plan = compile(scenarioOf(withAutoscaler("{ metric: cpu_utilization_ratio, target: 0.6, max: 4 }")));
    expect(plan.autoscalers).toEqual([
      {
        id: "prices",
        members: ["prices-1", "prices-2", "prices-3", "prices-4"],
        initial: 2,
        bounds: [{ from_s: 0, min: 1, max: 4 }],
        metric: "cpu_utilization_ratio",
        target: 0.6,
        tolerance_ratio: 0.1,
        interval_s: 15,
        metric_lag_s: 0,
        startup_s: { kind: "constant", value: 0 },
        up: {
          stabilization_s: 0,
          policies: [
            { kind: "replicas", value: 4, period_s: 15 },
            { kind: "percent", value: 100, period_s: 15 },
          ],
        },
        down: { stabilization_s: 300, policies: [{ kind: "percent", value: 100, period_s: 15 }] },
        usd_per_replica_hour: 0,
      },
    ]);
    expect(plan.servers.map(({ id }) => id)).toEqual(["app-1", "app-2", "app-3", ...plan.autoscalers![0]!.members]);
    expect(compile(scenarioOf(replicasWith())).autoscalers).toBeUndefined();
  });

  test("compile adds the bounds of the schedule to those at the beginning", () => {
    const text = withAutoscaler(
      "{ metric: latency_s, target: 1, min: 2, max: 9, scale_up: [], schedule: [{ at_s: 5, min: 4 }, { at_s: 8, max: 6 }] }",
    );
    const [autoscaler] = compile(scenarioOf(text)).autoscalers!;
    expect(autoscaler!.bounds).toEqual([
      { from_s: 0, min: 2, max: 9 },
      { from_s: 5, min: 4, max: 9 },
      { from_s: 8, min: 4, max: 6 },
    ]);
    expect(autoscaler!.up).toEqual({ stabilization_s: 0, policies: [] });
    const warming = withAutoscaler("{ metric: latency_s, target: 1, max: 9, warm_up_s: 60 }");
    expect(compile(scenarioOf(warming)).autoscalers![0]!.warm_up_s).toBe(60);
  });
});

describe("parseScenario of autoscalers", () => {
  test.each([
    ["{ metric: memory, target: 1, max: 3 }", ".metric", "must be one of"],
    ["{ metric: latency_s, target: 1, max: 3, min: 4 }", ".min", "must not be above max 3: current value is 4"],
    ["{ metric: latency_s, target: 1, max: 3, scale_up: [{}] }", ".scale_up[0]", "must have one of replicas, percent"],
    ["{ metric: latency_s, target: 1 }", "", "missing key max"],
    [
      "{ metric: latency_s, target: 1, max: 3, schedule: [{ at_s: 9, max: 4 }, { at_s: 9, min: 4 }] }",
      ".schedule[0].max",
      "must not be above max of the autoscaler 3: current value is 4",
    ],
    [
      "{ metric: latency_s, target: 1, max: 3, schedule: [{ at_s: 9 }, { at_s: 9 }] }",
      ".schedule[1].at_s",
      "must be later than the one before, 9 s: current value is 9",
    ],
  ])("parseScenario refuses %s", (autoscaler, place, problem) => {
    const found = parseScenario(withAutoscaler(autoscaler), { file: "" }).problems;
    const own = found.filter(({ path }) => path.endsWith(`autoscaler${place}`));
    expect(own.map(({ message }) => message).join()).toContain(problem);
  });

  test("parseScenario refuses replicas outside the bounds, and an autoscaler of a single server", () => {
    const bounds = "{ metric: latency_s, target: 1, min: 3, max: 5 }";
    expect(problemsOf(withAutoscaler(bounds)).join()).toContain(
      "must be between min 3 and max 5 of the autoscaler: current value is 2",
    );
    const single = replicasWith([`replicas: 2\n        ${PLACE}`, `autoscaler: ${bounds}`]);
    expect(problemsOf(single).join()).toContain("must stand with replicas, the number at the beginning");
  });
});

describe("ServerBuilder", () => {
  test("ServerBuilder.autoscaler lets the number of replicas follow the load", () => {
    const autoscaler = { metric: "concurrency", target: 8, max: 6 } as const;
    const built = scenario("scaled")
      .generator("shoppers", { avg_active_users: { mean: 1 }, avg_request_per_minute_per_user: { mean: 20 } })
      .client("browser")
      .server("app", {}, (server) =>
        server
          .endpoint("/api", [{ cpu_s: 1 }])
          .replicas(2)
          .autoscaler(autoscaler),
      )
      .link("shoppers", "browser", 0)
      .link("browser", "app", 0)
      .build();
    expect(compile(built).autoscalers).toMatchObject([{ id: "app", initial: 2, metric: "concurrency", target: 8 }]);
  });
});
