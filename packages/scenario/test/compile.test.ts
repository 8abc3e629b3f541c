import type { Distribution, Plan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, parseScenario, resolve, type Scenario } from "../src/index.js";
import { changedExample, type Change } from "./example-yaml.js";

function read(...changes: readonly Change[]): Scenario {
  const { scenario, problems } = parseScenario(changedExample(...changes), { file: "" });
  if (scenario === undefined) throw new Error(`Cannot read example: ${JSON.stringify(problems)}`);
  return scenario;
}

describe("compile", () => {
  test("compile divides the run into 240 cells unless told otherwise", () => {
    expect(compile(read()).series_cell_s).toBe(2.5);
    expect(compile(read(), { series_cell_s: 0 }).series_cell_s).toBe(0);
  });

  test("compile fills in every default", () => {
    const scenario = read(
      ["        server_resources: { cpu_cores: 2, ram_mb: 2048 }\n", ""],
      ["{ total_simulation_time: 600 }", "{}"],
      ["latency: 0.003, dropout_rate: 0", "latency: 0.003"],
    );
    const plan = compile(scenario);
    expect(plan.horizon_s).toBe(3600);
    expect(plan.warm_up_s).toBe(0);
    expect(plan.attribution).toBe(false);
    expect(plan.budget).toEqual({ events: 1e9, live_requests: 1e6 });
    expect(plan.servers[0]).toMatchObject({ cpu_cores: 1, ram_mb: 1024 });
    expect(plan.edges[0]?.dropout_ratio).toBe(0.01);
    expect(plan.generators[0]?.arrivals).toMatchObject({ kind: "users", window_s: 60, profile: [] });
    expect(plan.load_balancers[0]?.algorithm).toBe("round_robin");
  });

  test("compile asks for attribution where the scenario does", () => {
    const scenario = read(["{ total_simulation_time: 600 }", "{ attribution: true }"]);
    expect(compile(scenario).attribution).toBe(true);
  });

  test("compile asks for endpoint metrics and detailed series where the scenario does, and says nothing of them elsewhere", () => {
    const settings = "{ endpoint_metrics: true, detailed_series: true }";
    const plan = compile(read(["{ total_simulation_time: 600 }", settings]));
    expect([plan.endpoint_metrics, plan.detailed_series]).toEqual([true, true]);
    const without = compile(read(["{ total_simulation_time: 600 }", "{ endpoint_metrics: false }"]));
    expect(Object.keys(without)).toEqual(expect.not.arrayContaining(["endpoint_metrics", "detailed_series"]));
  });

  test("compile converts requests per minute once", () => {
    expect(compile(read()).generators[0]?.arrivals).toMatchObject({ requests_per_user_per_s: 20 / 60 });
  });

  test("compile adds up the memory of an endpoint and leaves it out of the steps", () => {
    const plan = compile(read(["- io_s:", "- ram_mb: 30\n              - io_s:"]));
    expect(plan.servers[0]?.endpoints[0]).toMatchObject({ ram_mb: 150 });
    expect(plan.servers[0]?.endpoints[0]?.steps.map(({ kind }) => kind)).toEqual(["cpu", "io"]);
  });

  test("compile writes endpoint names in lower case, as AsyncFlow does", () => {
    expect(compile(read(["endpoint_name: /api", "endpoint_name: /API"])).servers[0]?.endpoints[0]?.name).toBe("/api");
  });

  test("compile reads the dialect of the file, and an option overrides it", () => {
    const scenario = read(
      ["name: shop", "dialect: asyncflow"],
      ["server_covered", "algorithms: least_connection, server_covered"],
      ["{ mean: 100 }", "{ mean: 100, distribution: gaussian, variance: 25 }"],
      ["endpoint_name: /api", "endpoint_name: /api\n            probability: 0.2"],
    );
    const theirs = compile(scenario);
    expect(theirs.generators[0]?.arrivals).toMatchObject({
      kind: "asyncflow_users",
      users: { kind: "normal", mean: 100, std: 25 },
    });
    expect(theirs.load_balancers[0]?.algorithm).toBe("least_in_transit");
    expect(theirs.servers[0]?.endpoints[0]?.weight).toBe(1);
    const ours = compile(scenario, { dialect: "loadstar" });
    expect(ours.generators[0]?.arrivals).toMatchObject({ kind: "users", users: { kind: "normal", mean: 100, std: 5 } });
    expect(ours.load_balancers[0]?.algorithm).toBe("least_outstanding");
    expect(ours.servers[0]?.endpoints[0]?.weight).toBe(0.2);
  });

  test("compile gives no users at all for a mean of 0", () => {
    expect(usersOf(compile(read(["{ mean: 100 }", "{ mean: 0 }"])))).toEqual({
      kind: "constant",
      value: 0,
    });
  });

  test("compile keeps the spread of the users", () => {
    const usersBy = (mapping: string) => usersOf(compile(read(["{ mean: 100 }", mapping])));
    expect(usersBy("{ mean: 100, distribution: normal }")).toEqual({ kind: "normal", mean: 100, std: 10 });
    expect(usersBy("{ mean: 100, distribution: normal, std: 7 }")).toEqual({ kind: "normal", mean: 100, std: 7 });
    expect(usersBy("{ mean: 100, distribution: normal, cv: 0.2 }")).toEqual({ kind: "normal", mean: 100, std: 20 });
    expect(usersBy("{ mean: 100, distribution: normal, std: 0 }")).toEqual({ kind: "constant", value: 100 });
  });
});

describe("resolve", () => {
  test("resolve makes everything explicit in the words of the file", () => {
    const resolved = resolve(read());
    expect(resolved.dialect).toBe("loadstar");
    expect(resolved.topology_graph.nodes.load_balancers).toEqual([{ id: "balancer", algorithms: "round_robin" }]);
    expect(resolved.topology_graph.nodes.servers[1]?.endpoints[0]?.steps).toEqual([
      { cpu_s: { kind: "constant", value: 0.002 } },
      { ram_mb: 120 },
      { io_s: { kind: "constant", value: 0.012 } },
    ]);
    expect(resolved.events).toEqual([
      { event_id: "rollout", target_id: "app-1", kind: "server_down", t_start: 100, t_end: 160 },
    ]);
  });

  test("resolve gives the name as empty where the file gives none", () => {
    expect(resolve(read(["name: shop\n", ""])).name).toBe("");
  });
});

/** The users of the first generator. */
function usersOf(plan: Plan): Distribution {
  const arrivals = plan.generators[0]?.arrivals;
  if (arrivals === undefined || !("users" in arrivals)) throw new Error("Cannot give users: there are none");
  return arrivals.users;
}
