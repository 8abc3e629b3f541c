import type { EdgePlan, Plan, StepPlan } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, formatProblem, parseScenario, scenario } from "../src/index.js";

/** source -> client -> api, which calls db; with these keys of the generator, of the way to api, and of the call. */
function yaml({ generator = "", server = "", way = "", call = "", events = "" } = {}): string {
  return `rqs_input: { id: users, arrival_rate_per_s: 10${generator} }
topology_graph:
  nodes:
    client: { id: web }
    servers:
      - id: api
        endpoints: [{ endpoint_name: /, steps: [{ call: db${call} }] }]${server}
      - { id: db, endpoints: [{ endpoint_name: /, steps: [{ io_s: 0.01 }] }] }
  edges:
    - { id: in, source: users, target: web, latency: 0, loss_ratio: 0 }
    - { id: way, source: web, target: api, latency: 0.01, loss_ratio: 0${way} }
    - { id: ask, source: api, target: db, latency: 0.001, loss_ratio: 0 }
sim_settings: { total_simulation_time: 10 }
events: [${events}]
`;
}

type Parts = Parameters<typeof yaml>[0];

function planOf(parts: Parts): Plan {
  const { scenario: valid, problems } = parseScenario(yaml(parts), { file: "" });
  expect(problems.map(formatProblem)).toEqual([]);
  return compile(valid!);
}

const edgeOf = (way: string): EdgePlan => planOf({ way }).edges[1]!;
const problemsOf = (parts: Parts): readonly string[] =>
  parseScenario(yaml(parts), { file: "" }).problems.map(formatProblem);
const notesOf = (parts: Parts): readonly string[] =>
  parseScenario(yaml(parts), { file: "" })
    .notes.map(({ message }) => message)
    .filter((message) => message.includes("has no effect"));
const event = (target: string, start: string, end = "recover"): string =>
  `{ event_id: e, target_id: ${target}, start: { t_start: 1, ${start} }, end: { kind: ${end}, t_end: 2 } }`;

describe("compile", () => {
  test("compile gives edges no network and messages no size unless told so", () => {
    const plan = planOf({});
    expect(plan.edges.flatMap(Object.keys)).not.toContain("network");
    expect(JSON.stringify(plan)).not.toContain("sizes");
  });

  test("compile reads bandwidth, retransmission and slow start", () => {
    expect(edgeOf(", bandwidth_mbps: 100").network).toEqual({ bandwidth_mbps: 100 });
    expect(edgeOf(", retransmit_s: 0.2").network).toEqual({ retransmission: { timeout_s: 0.2, limit: 15 } });
    expect(edgeOf(", retransmit_s: 0.2, max_retransmits: 0").network).toEqual({
      retransmission: { timeout_s: 0.2, limit: 0 },
    });
    expect(edgeOf(", slow_start: {}").network).toEqual({
      slow_start: { initial_window_segments: 10, mss_bytes: 1460 },
    });
    expect(
      edgeOf(", slow_start: { round_trip_s: 0.08, initial_window_segments: 3, mss_bytes: 536 }").network?.slow_start,
    ).toEqual({ round_trip_s: { kind: "constant", value: 0.08 }, initial_window_segments: 3, mss_bytes: 536 });
  });

  test("compile reads sizes of generators, mixes and calls; what an item of a mix does not give is the generator's", () => {
    const plan = planOf({
      generator: ", payload_kb: 2, response_kb: { distribution: exponential, mean: 30 }, mix: [{ payload_kb: 0 }, {}]",
      call: ", payload_kb: { distribution: uniform, min: 1, max: 4 }",
    });
    const response_kb = { kind: "exponential", mean: 30 };
    const [generator] = plan.generators;
    expect(generator!.sizes).toEqual({ payload_kb: { kind: "constant", value: 2 }, response_kb });
    expect(generator!.mix.map(({ sizes }) => sizes?.payload_kb)).toEqual([
      { kind: "constant", value: 0 },
      { kind: "constant", value: 2 },
    ]);
    expect(generator!.mix.map(({ sizes }) => sizes?.response_kb)).toEqual([response_kb, response_kb]);
    const call = plan.servers[0]!.endpoints[0]!.steps[0]! as Extract<StepPlan, { kind: "call" }>;
    expect(call.sizes).toEqual({ payload_kb: { kind: "uniform", min: 1, max: 4 } });
  });

  test("compile reads sizes of queries and look-ups", () => {
    const query = { query: "orders", name: "read", response_kb: 40 } as const;
    const built = scenario("asked")
      .generator("users", { arrival_rate_per_s: 10 })
      .client("web")
      .server("api", {}, (server) => server.endpoint("/", [{ cache: "sessions", on_miss: [query], payload_kb: 0.1 }]))
      .database("orders", { queries: { read: { service_s: 0.01 } } })
      .cache("sessions", { hit_ratio: 0.5 })
      .link("users", "web", 0, { dropout_rate: 0 })
      .link("web", "api", 0.01, { dropout_rate: 0 })
      .link("api", "sessions", 0.001, { dropout_rate: 0 })
      .link("api", "orders", 0.001, { dropout_rate: 0, bandwidth_mbps: 1000 })
      .settings({ total_simulation_time: 10 })
      .build();
    const text = JSON.stringify(compile(built).servers[0]!.endpoints);
    const sizes = [
      ...text.matchAll(/"edge":"([^"]*)"[^}]*\}?,"sizes":\{"(\w+)":\{"kind":"constant","value":([\d.]+)/g),
    ];
    expect(sizes.map(([, edge, key, value]) => [edge, key, value])).toEqual([
      ["api-sessions", "payload_kb", "0.1"],
      ["api-orders", "response_kb", "40"],
    ]);
  });

  test("compile reads degraded and partitioned edges, of each copy of an edge", () => {
    const way = ", bandwidth_mbps: 5";
    const degraded = { kind: "network_degraded", target: "way", start_s: 1, end_s: 2 };
    const start = "kind: network_degraded, loss_ratio: 0.1, bandwidth_ratio: 0.5, spike_s: 0.02";
    expect(planOf({ way, events: event("way", start) }).disruptions).toEqual([
      { ...degraded, loss_ratio: 0.1, bandwidth_ratio: 0.5, spike_s: 0.02 },
    ]);
    const least = planOf({ events: event("way", "kind: network_degraded, loss_ratio: 1") });
    expect(least.disruptions).toEqual([{ ...degraded, loss_ratio: 1, bandwidth_ratio: 1, spike_s: 0 }]);
    const copies = planOf({ server: "\n        replicas: 2", events: event("ask", "kind: network_partition") });
    expect(copies.disruptions).toEqual(
      ["ask-1", "ask-2"].map((target) => ({ kind: "network_partition", target, start_s: 1, end_s: 2 })),
    );
  });
});

describe("parseScenario", () => {
  test("parseScenario refuses networks that make no sense", () => {
    expect(problemsOf({ way: ", max_retransmits: 3" })).toEqual([
      "11:91: topology_graph.edges[way].max_retransmits: must stand beside retransmit_s: without it what is lost stays lost",
    ]);
    expect(problemsOf({ way: ", bandwidth_mbps: 0, retransmit_s: -1, slow_start: { mss_bytes: 0.5 }" }).length).toBe(3);
    expect(problemsOf({ generator: ", payload_kb: much" })).toEqual([
      '1:61: rqs_input.payload_kb: must be a finite number of kilobytes or a distribution: current value is "much"',
    ]);
    expect(problemsOf({ call: ", payload_kb: -1" })[0]).toContain("payload_kb: must be");
  });

  test("parseScenario refuses events of edges that say nothing, too much, or what their edge has not", () => {
    expect(problemsOf({ events: event("way", "kind: network_degraded") })).toEqual([
      "14:48: events[e].start: must have one of loss_ratio, bandwidth_ratio, spike_s",
    ]);
    expect(problemsOf({ events: event("way", "kind: network_partition, loss_ratio: 0.5") })).toEqual([
      "14:99: events[e].start.loss_ratio: must be left out for network_partition: current value is 0.5",
    ]);
    expect(problemsOf({ events: event("way", "kind: network_degraded, bandwidth_ratio: 0.5") })).toEqual([
      '14:86: events[e].start.bandwidth_ratio: must stand at an edge with bandwidth_mbps: current target is "way"',
    ]);
    expect(problemsOf({ events: event("api", "kind: network_partition") })[0]).toContain(
      'must be the id of an edge for network_partition: current value is "api"',
    );
    expect(problemsOf({ events: event("way", "kind: network_partition", "server_up") })[0]).toContain(
      'must be recover to end network_partition: current value is "server_up"',
    );
  });

  test("parseScenario notes sizes that no edge minds, and edges that would mind some", () => {
    expect(notesOf({ generator: ", payload_kb: 2", call: ", response_kb: 2" })).toEqual([
      "payload_kb has no effect: no edge has bandwidth_mbps or slow_start",
      "response_kb has no effect: no edge has bandwidth_mbps or slow_start",
    ]);
    expect(notesOf({ way: ", bandwidth_mbps: 100, slow_start: {}" })).toEqual([
      "bandwidth_mbps has no effect: no message has a size",
      "slow_start has no effect: no message has a size",
    ]);
    expect(notesOf({ way: ", bandwidth_mbps: 100", generator: ", payload_kb: 2" })).toEqual([]);
    expect(notesOf({ way: ", retransmit_s: 1" })).toEqual([]);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder has networks, sizes and events of edges", () => {
    const built = scenario("built")
      .generator("users", { arrival_rate_per_s: 10, payload_kb: 5 })
      .client("web")
      .server("api", {}, (server) => server.endpoint("/", [{ cpu_s: 0.001 }]))
      .link("users", "web", 0, { dropout_rate: 0 })
      .link("web", "api", 0.01, { bandwidth_mbps: 100, retransmit_s: 0.2, max_retransmits: 3, slow_start: {} })
      .degrade("web-api", { t_start: 1, t_end: 2, loss_ratio: 0.1, bandwidth_ratio: 0.5 })
      .partition("web-api", { t_start: 3, t_end: 4 })
      .settings({ total_simulation_time: 10 })
      .build();
    const plan = compile(built);
    expect(plan.edges[1]!.network).toMatchObject({ bandwidth_mbps: 100, retransmission: { timeout_s: 0.2, limit: 3 } });
    expect(plan.generators[0]!.sizes).toEqual({ payload_kb: { kind: "constant", value: 5 } });
    expect(plan.disruptions.map(({ kind }) => kind)).toEqual(["network_degraded", "network_partition"]);
    expect(built.events?.map(({ event_id }) => event_id)).toEqual(["web-api-degradation-1", "web-api-partition-2"]);
  });
});
