import type { EdgePlan, Plan, ServerPlan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario, scenario } from "../src/index.js";

/** source -> client -> api, which calls db; with these keys of the server, of the way to it, and of the call. */
function yaml({ server = "", way = "", call = "", rest = "" } = {}): string {
  return `rqs_input: { id: users, arrival_rate_per_s: 10 }
topology_graph:
  nodes:
    client: { id: web }
    servers:
      - id: api
        ${server}
        endpoints: [{ endpoint_name: /, steps: [{ ram_mb: 100 }, { call: db }] }]
      - { id: db, endpoints: [{ endpoint_name: /, steps: [{ io_s: 0.01 }] }] }
  edges:
    - { id: in, source: users, target: web, latency: 0, loss_ratio: 0 }
    - { id: way, source: web, target: api, latency: 0.01, loss_ratio: 0${way} }
    - { id: call, source: api, target: db, latency: 0.001, loss_ratio: 0${call} }
${rest}sim_settings: { total_simulation_time: 10 }
`;
}

function planOf(parts: Parameters<typeof yaml>[0]): Plan {
  const { scenario: valid, problems } = parseScenario(yaml(parts), { file: "" });
  expect(problems.map(formatProblem)).toEqual([]);
  return compile(valid!);
}

const serverOf = (server: string): ServerPlan => planOf({ server }).servers[0]!;
const edgeOf = (way: string): EdgePlan => planOf({ way }).edges[1]!;
const problemsOf = (parts: Parameters<typeof yaml>[0]): readonly string[] =>
  parseScenario(yaml(parts), { file: "" }).problems.map(formatProblem);

describe("compile", () => {
  test("compile lets everybody in, keeps servers warm and needs no connections unless told otherwise", () => {
    const { servers, edges } = planOf({});
    expect(servers.flatMap(Object.keys)).not.toContain("admission");
    expect(servers.flatMap(Object.keys)).not.toContain("cold_start");
    expect(edges.flatMap(Object.keys)).not.toContain("connection");
  });

  test("compile reads how many requests a server lets in", () => {
    expect(serverOf("server_resources: { max_connections: 8 }").admission).toEqual({
      max_connections: 8,
      backlog: 511,
      ram_per_connection_mb: 0,
    });
    const all = "server_resources: { max_connections: 8, backlog: 0, ram_per_connection_mb: 2.5 }";
    expect(serverOf(all).admission).toEqual({ max_connections: 8, backlog: 0, ram_per_connection_mb: 2.5 });
  });

  test("compile reads how a server starts", () => {
    expect(serverOf("cold_start: { start_s: 2 }").cold_start).toEqual({
      start_s: { kind: "constant", value: 2 },
      idle_s: 300,
    });
    const drawn = serverOf("cold_start: { start_s: { distribution: exponential, mean: 3 }, idle_s: 60 }").cold_start;
    expect(drawn).toEqual({ start_s: { kind: "exponential", mean: 3 }, idle_s: 60 });
  });

  test("compile adds up the round trips of a connection", () => {
    expect(edgeOf(", connection: {}").connection).toEqual({ round_trips: 2, keep_alive_s: 60, max_idle: 100 });
    const given = "{ tcp_round_trips: 1, tls_round_trips: 2, keep_alive_s: 5, max_idle: 3 }";
    expect(edgeOf(`, connection: ${given}`).connection).toEqual({ round_trips: 3, keep_alive_s: 5, max_idle: 3 });
  });

  test("compile reads how much memory a connection takes at the server that it leaves", () => {
    const { edges } = planOf({ call: ", connection: { max_idle: 3, ram_per_connection_mb: 0.5 }" });
    expect(edges[2]!.connection).toEqual({ round_trips: 2, keep_alive_s: 60, max_idle: 3, ram_mb: 0.5 });
  });

  test("compile copies them with the replicas of a set", () => {
    const { servers, edges } = planOf({
      server: "replicas: 2\n        server_resources: { max_connections: 3 }\n        cold_start: { start_s: 1 }",
      call: ", connection: {}",
    });
    expect(servers.filter(({ group }) => group === "api").map(({ admission }) => admission?.max_connections)).toEqual([
      3, 3,
    ]);
    expect(servers.filter(({ cold_start }) => cold_start !== undefined).length).toBe(2);
    const copies = edges.filter(({ connection }) => connection !== undefined).map(({ id }) => id);
    expect(copies).toEqual(["call-1", "call-2"]);
  });
});

describe("parseScenario", () => {
  test("parseScenario refuses a backlog and memory of connections without a number of connections", () => {
    expect(problemsOf({ server: "server_resources: { backlog: 5, ram_per_connection_mb: 1 }" })).toEqual([
      "7:38: topology_graph.nodes.servers[api].server_resources.backlog: must stand beside max_connections: without it everybody is let in",
      "7:64: topology_graph.nodes.servers[api].server_resources.ram_per_connection_mb: must stand beside max_connections: without it everybody is let in",
    ]);
  });

  test("parseScenario refuses connections that leave no memory for an endpoint", () => {
    const resources = (each_mb: number): string =>
      `server_resources: { ram_mb: 200, max_connections: 10, ram_per_connection_mb: ${each_mb} }`;
    expect(problemsOf({ server: resources(10) })).toEqual([]);
    expect(problemsOf({ server: resources(10.5) })).toEqual([
      "7:86: topology_graph.nodes.servers[api].server_resources.ram_per_connection_mb: times max_connections must leave 100 MB of ram_mb (200) for an endpoint: current value is 10.5",
    ]);
  });

  test("parseScenario refuses idle connections that leave no memory for an endpoint, and memory of those without any", () => {
    const server = "server_resources: { ram_mb: 200 }";
    const call = (each_mb: number): string => `, connection: { max_idle: 10, ram_per_connection_mb: ${each_mb} }`;
    expect(problemsOf({ server, call: call(10) })).toEqual([]);
    expect(problemsOf({ server, call: call(10.5) })).toEqual([
      expect.stringContaining(
        "topology_graph.edges[call].connection.ram_per_connection_mb: times max_idle of all edges that leave the server must leave 100 MB of ram_mb (200) for an endpoint: current value is 10.5",
      ),
    ]);
    expect(problemsOf({ way: ", connection: { ram_per_connection_mb: 1 }" })).toEqual([
      expect.stringContaining("must stand on an edge that leaves a server, whose memory it is"),
    ]);
  });

  test("parseScenario refuses connections of an edge that a server is done with", () => {
    const back = "    - { id: back, source: api, target: web, latency: 0, loss_ratio: 0, connection: {} }\n";
    expect(problemsOf({ rest: back })).toEqual([
      "14:72: topology_graph.edges[back].connection: must stand on an edge that requests come over: what a server is done with goes on without",
    ]);
  });

  test("parseScenario refuses numbers that make no sense, and misspelt keys", () => {
    const problems = problemsOf({
      server: "server_resources: { max_connections: 0 }\n        cold_start: { idle_s: -1, start: 3 }",
      way: ", connection: { tls_round_trips: 1.5, keepalive_s: 3 }",
    });
    expect(problems.map((problem) => problem.replace(/^[\d:]+ /, ""))).toEqual([
      expect.stringContaining("server_resources.max_connections: must be >= 1: current value is 0"),
      expect.stringContaining("cold_start: missing key start_s"),
      expect.stringContaining("cold_start.idle_s: must be >= 0: current value is -1"),
      expect.stringContaining("cold_start: unknown key start"),
      expect.stringContaining("connection.tls_round_trips: must be an integer: current value is 1.5"),
      expect.stringContaining("connection: unknown key keepalive_s"),
    ]);
  });
});

describe("scenario", () => {
  test("scenario builds connections, limits and starts with the words of a file", () => {
    const built = scenario("built")
      .generator("users", { closed: { users: 5, think_s: 1 } })
      .client("web")
      .server("api", { max_connections: 4, backlog: 2 }, (server) =>
        server.endpoint("/", [{ io_s: 0.1 }]).coldStart({ start_s: 2, idle_s: 60 }),
      )
      .link("users", "web", 0)
      .link("web", "api", 0.01, { connection: { keep_alive_s: 30 } })
      .settings({ total_simulation_time: 10 })
      .build();
    const { servers, edges, generators } = compile(built);
    expect(servers[0]).toMatchObject({ admission: { max_connections: 4, backlog: 2 }, cold_start: { idle_s: 60 } });
    expect(edges[1]!.connection).toEqual({ round_trips: 2, keep_alive_s: 30, max_idle: 100 });
    expect(generators[0]!.arrivals).toEqual({ kind: "closed", population: 5 });
  });
});
