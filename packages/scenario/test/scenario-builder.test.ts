import { describe, expect, test } from "vitest";
import { compile, InputError, parseScenario, scenario, type ScenarioBuilder } from "../src/index.js";
import { EXAMPLE_YAML } from "./example-yaml.js";

const RESOURCES = { cpu_cores: 2, ram_mb: 2048 };

function shop(): ScenarioBuilder {
  return scenario("shop")
    .generator("shoppers", { avg_active_users: { mean: 100 }, avg_request_per_minute_per_user: { mean: 20 } })
    .client("browser")
    .loadBalancer("balancer", { server_covered: ["app-1", "app-2"] })
    .server("app-1", RESOURCES, (server) =>
      server.endpoint("/api", [
        { cpu_s: 0.002 },
        { ram_mb: 120 },
        { io_s: { distribution: "lognormal", mean: 0.012, cv: 0.8 } },
      ]),
    )
    .server("app-2", RESOURCES, (server) =>
      server.endpoint("/api", [{ cpu_s: 0.002 }, { ram_mb: 120 }, { io_s: 0.012 }]),
    )
    .link("shoppers", "browser", 0.003, { dropout_rate: 0 })
    .link("browser", "balancer", 0.001, { dropout_rate: 0 })
    .link("balancer", "app-1", 0.001, { dropout_rate: 0 })
    .link("balancer", "app-2", 0.001, { dropout_rate: 0 })
    .link("app-1", "browser", 0.003, { dropout_rate: 0 })
    .edge({ id: "app-2-browser", source: "app-2", target: "browser", latency: 0.003, dropout_rate: 0 })
    .settings({ total_simulation_time: 600 })
    .outage("app-1", { t_start: 100, t_end: 160, event_id: "rollout" });
}

function problemsOf(builder: ScenarioBuilder): readonly string[] {
  try {
    builder.build();
  } catch (error) {
    if (error instanceof InputError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder builds what the equivalent file says", () => {
    const fromFile = parseScenario(EXAMPLE_YAML, { file: "" }).scenario;
    if (fromFile === undefined) throw new Error("Cannot compare with example: it must be valid");
    expect(shop().build()).toEqual(fromFile);
    expect(compile(shop().build())).toEqual(compile(fromFile));
  });

  test("ScenarioBuilder leaves earlier builders as they are", () => {
    const base = shop();
    const before = JSON.stringify(base.build());
    const variant = base.settings({ warm_up_s: 60 }).spike("app-1-browser", { t_start: 1, t_end: 2, spike_s: 0.1 });
    expect(JSON.stringify(base.build())).toBe(before);
    expect(variant.build().sim_settings).toEqual({ total_simulation_time: 600, warm_up_s: 60 });
    expect(variant.build().events?.[1]).toEqual({
      event_id: "app-1-browser-spike-2",
      target_id: "app-1-browser",
      start: { kind: "network_spike_start", t_start: 1, spike_s: 0.1 },
      end: { kind: "network_spike_end", t_end: 2 },
    });
  });

  test("ScenarioBuilder names what it is not told", () => {
    const built = shop().outage("app-2", { t_start: 200, t_end: 210 }).dialect("asyncflow").build();
    expect(built.events?.[1]?.event_id).toBe("app-2-outage-2");
    expect(built.topology_graph.edges[0]?.id).toBe("shoppers-browser");
    expect(built.dialect).toBe("asyncflow");
  });

  test("ScenarioBuilder keeps the weights of endpoints", () => {
    const built = shop()
      .server("spare", {}, (server) => server.endpoint("/a", [], { weight: 2 }).endpoint("/b", [{ cpu_s: 1 }]))
      .build();
    expect(built.topology_graph.nodes.servers[2]?.endpoints.map(({ weight }) => weight)).toEqual([2, undefined]);
  });

  test("ScenarioBuilder builds sets, semaphores, services and several clients", () => {
    const built = shop()
      .client("phone")
      .external("bank", { response_s: 0.1, error_ratio: 0.01 })
      .server("images", {}, (server) =>
        server
          .replicas(3, { zones: ["a", "b"], balancing: "least_connection" })
          .semaphore("files", 2)
          .semaphore("sockets", 4)
          .endpoint("/", [{ semaphore: "files", steps: [{ call: "bank" }] }]),
      )
      .link("images", "bank", 0.01, { response_latency: 0.02 })
      .build();
    const { nodes, edges } = built.topology_graph;
    expect(nodes.clients).toEqual([{ id: "browser" }, { id: "phone" }]);
    expect(nodes.client).toBeUndefined();
    expect(nodes.externals).toEqual([{ id: "bank", response_s: 0.1, error_ratio: 0.01 }]);
    expect(nodes.servers[2]).toMatchObject({
      replicas: 3,
      zones: ["a", "b"],
      balancing: "least_connection",
      semaphores: { files: 2, sockets: 4 },
    });
    expect(edges.at(-1)).toMatchObject({ id: "images-bank", response_latency: 0.02 });
  });

  test("ScenarioBuilder refuses with every problem at once", () => {
    const broken = shop().settings({ warm_up_s: 600 }).link("app-1", "browserr", -1, { id: "wrong" });
    expect(problemsOf(broken)).toEqual([
      "shop: topology_graph.edges[wrong].latency: must be >= 0: current value is -1",
      'shop: topology_graph.edges[wrong].target: must be the id of a node: current value is "browserr": did you mean browser?',
      'shop: topology_graph.edges[wrong].source: must be a load balancer, or call the target in a step, to have more than one leaving edge: current value is "app-1"',
      "shop: sim_settings.warm_up_s: must be < total_simulation_time (600): current value is 600",
    ]);
  });

  test("ScenarioBuilder refuses an empty scenario", () => {
    expect(problemsOf(scenario("empty"))).toEqual([
      "empty: missing key rqs_input",
      "empty: topology_graph.nodes: missing key client",
    ]);
  });
});

describe("ScenarioBuilder.template", () => {
  const api = [{ cpu_s: 0.002 }, { ram_mb: 120 }, { io_s: 0.012 }];
  const templated = (): ScenarioBuilder =>
    scenario("shop")
      .template("web", RESOURCES, (web) => web.endpoint("/api", api).cpu({ scheduling: "lifo" }))
      .generator("shoppers", { arrival_rate_per_s: 50 })
      .client("browser")
      .loadBalancer("balancer", { server_covered: ["app-1", "app-2"] })
      .server("app-1", undefined, (server) => server.template("web"))
      .server("app-2", { cpu_cores: 4 }, (server) => server.template("web").endpoint("/other", [{ cpu_s: 0.001 }]))
      .link("shoppers", "browser", 0)
      .link("browser", "balancer", 0)
      .link("balancer", "app-1", 0)
      .link("balancer", "app-2", 0)
      .link("app-1", "browser", 0)
      .link("app-2", "browser", 0);

  test("ScenarioBuilder gives servers what they do not state themselves, each key as a whole", () => {
    const built = templated().build();
    expect(built.templates).toBeUndefined();
    expect(built.topology_graph.nodes.servers).toEqual([
      {
        id: "app-1",
        server_resources: RESOURCES,
        scheduling: "lifo",
        endpoints: [{ endpoint_name: "/api", steps: api }],
      },
      {
        id: "app-2",
        server_resources: { cpu_cores: 4 },
        scheduling: "lifo",
        endpoints: [{ endpoint_name: "/other", steps: [{ cpu_s: 0.001 }] }],
      },
    ]);
  });

  test("ScenarioBuilder refuses a template that is not there, and a server that has endpoints from nowhere", () => {
    const broken = templated()
      .server("third", undefined, (server) => server.template("webb"))
      .server("fourth", undefined, (server) => server);
    expect(problemsOf(broken).join("\n")).toContain(
      'topology_graph.nodes.servers[third].template: must be the name of a template: current value is "webb": did you mean web?',
    );
    expect(problemsOf(broken).join("\n")).toContain("topology_graph.nodes.servers[fourth]: missing key endpoints");
  });
});
