import { metricsOf, run } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile, resolve, scenario } from "../src/index.js";
import { findNotes } from "../src/notes/find-notes.js";
import type { Change } from "./example-yaml.js";
import { meshWith, problemsOf, programOf, scenarioOf } from "./mesh-yaml.js";

const CONSUMES = "consumes: [{ broker: events, topic: Orders, endpoint: /STOCK }]";

const BROKER: readonly Change[] = [
  [
    "    externals:",
    "    brokers:\n      - { id: events, publish_s: 0.01, topics: { Orders: {}, dead: {} } }\n    externals:",
  ],
  ["      - id: prices\n", `      - id: prices\n        ${CONSUMES}\n`],
  [
    "    - { id: app-bank",
    "    - { id: app-events, source: app, target: events, latency: 0.001, loss_ratio: 0 }\n" +
      "    - { id: events-prices, source: events, target: prices, latency: 0.002, loss_ratio: 0 }\n    - { id: app-bank",
  ],
];

const PUBLISH = "{ publish: events, topic: Orders }";
const EDGE: Change = [
  "    - { id: events-prices, source: events, target: prices, latency: 0.002, loss_ratio: 0 }\n",
  "",
];

/** The mesh with a broker, and these steps. */
function withBroker(steps: string, ...changes: readonly Change[]): string {
  return meshWith(steps, ...BROKER, ...changes);
}

/** A change to what the server consumes. */
function consuming(keys: string): Change {
  return [CONSUMES, `consumes: [{ broker: events, topic: Orders, ${keys} }]`];
}

describe("compile", () => {
  test("compile makes of a broker a server with an endpoint for each topic, and of a step that publishes a call", () => {
    const text = withBroker("{ publish: events, topic: Orders, timeout_s: 2 }");
    const plan = compile(scenarioOf(text));
    const steps = (topic: string) => [
      { kind: "io", duration_s: { kind: "constant", value: 0.01 } },
      { kind: "publish", topic },
    ];
    expect(plan.servers.find(({ id }) => id === "events")).toMatchObject({
      endpoints: [
        { name: "Orders", ram_mb: 0, steps: steps("Orders") },
        { name: "dead", ram_mb: 0, steps: steps("dead") },
      ],
    });
    expect(programOf(text)).toMatchObject([
      { kind: "call", edge: "app-events", endpoint: "Orders", policy: { timeout_s: 2, cancels: false } },
      { kind: "call", edge: "app-prices" },
      { kind: "call", edge: "app-bank" },
    ]);
  });

  test("compile makes a group of each server that consumes a topic", () => {
    expect(compile(scenarioOf(withBroker(PUBLISH))).brokers).toEqual([
      {
        id: "events",
        topics: [
          {
            name: "Orders",
            partitions: null,
            capacity: Number.POSITIVE_INFINITY,
            on_full: "reject",
            groups: [
              {
                id: "prices",
                edges: ["events-prices"],
                endpoint: "/stock",
                concurrency: 1,
                acknowledges: "after",
                timeout_s: 0,
                max_deliveries: 5,
                redelivery_delay_s: { kind: "constant", value: 0 },
                dead_letter_topic: "",
              },
            ],
          },
          { name: "dead", partitions: null, capacity: Number.POSITIVE_INFINITY, on_full: "reject", groups: [] },
        ],
      },
    ]);
  });

  test("compile hands every key on, and makes of a set one group with an edge to each replica", () => {
    const topic: Change = [
      "Orders: {}",
      "Orders: { partitions: 4, partition_by: key, keys: { count: 9, popularity: { distribution: zipf, exponent: 1 } }, capacity: 7, on_full: block }",
    ];
    const keys =
      "concurrency: 3, ack_timeout_s: 9, max_deliveries: 2, redelivery_delay_s: { distribution: exponential, mean: 2 }, dead_letter_topic: dead";
    const set: Change = ["      - id: prices\n", "      - id: prices\n        replicas: 2\n"];
    const plan = compile(scenarioOf(withBroker(PUBLISH, topic, consuming(keys), set)));
    expect(plan.brokers?.[0]?.topics[0]).toEqual({
      name: "Orders",
      partitions: { count: 4, by: "key", keys: { kind: "zipf", count: 9, exponent: 1 } },
      capacity: 7,
      on_full: "block",
      groups: [
        {
          id: "prices",
          edges: ["events-prices-1", "events-prices-2"],
          endpoint: "",
          concurrency: 3,
          acknowledges: "after",
          timeout_s: 9,
          max_deliveries: 2,
          redelivery_delay_s: { kind: "exponential", mean: 2 },
          dead_letter_topic: "dead",
        },
      ],
    });
    expect(plan.edges.filter(({ source }) => source === "events").map(({ target }) => target)).toEqual([
      "prices-1",
      "prices-2",
    ]);
    const names = metricsOf(plan).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["events.Orders_published", "prices.Orders_lag_s_p99"]));
  });

  test("compile hands on what limits messages that wait, and what a server takes beyond its work", () => {
    const topic: Change = ["Orders: {}", "Orders: { capacity: 7, on_full: drop_oldest, retention_s: 60 }"];
    const plan = compile(scenarioOf(withBroker(PUBLISH, topic, consuming("concurrency: 3, prefetch: 5"))));
    expect(plan.brokers?.[0]?.topics[0]).toMatchObject({
      on_full: "drop_oldest",
      retention_s: 60,
      groups: [{ concurrency: 3, prefetch: 5 }],
    });
    const names = metricsOf(plan).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["prices.Orders_dropped", "prices.Orders_prefetched_mean"]));
  });

  test("compile of a broker gives a plan that runs: what is published is consumed at the endpoint that is named", () => {
    const many: readonly Change[] = [
      ["mean: 20 }", "mean: 60 }"],
      [CONSUMES, `server_resources: { cpu_cores: 100 }\n        ${CONSUMES}`],
    ];
    const plan = compile(scenarioOf(withBroker(PUBLISH, ...many)));
    const { metrics, outcome } = run(plan, 1, 0);
    const value = (name: string): number => metrics[metricsOf(plan).findIndex((metric) => metric.name === name)]!;
    expect(outcome).toBe("completed");
    expect(value("events.Orders_published")).toBeGreaterThan(5000);
    // A message takes .002 s each way and .001 s of work.
    expect(value("prices.Orders_in_process_mean") * 60).toBeCloseTo(0.005 * value("prices.Orders_delivered"), 1);
  });
});

describe("resolve", () => {
  test("resolve makes the defaults of brokers explicit", () => {
    const { nodes } = resolve(scenarioOf(withBroker(PUBLISH, ["publish_s: 0.01, ", ""]))).topology_graph;
    const topic = { partitions: null, partition_by: "round_robin", capacity: null, on_full: "reject" };
    const silent = { ...topic, retention_s: null };
    expect(nodes.brokers).toEqual([{ id: "events", publish_s: null, topics: { Orders: silent, dead: silent } }]);
    expect(nodes.servers.map(({ consumes }) => consumes.length)).toEqual([0, 1]);
    expect(nodes.servers[1]?.consumes[0]).toMatchObject({ endpoint: "/stock", ack: "after", ack_timeout_s: null });
  });
});

describe("parseScenario", () => {
  test.each([
    { name: "accepts a broker", problems: [] },
    {
      name: "refuses a prefetch of fewer messages than are worked on",
      changes: [consuming("concurrency: 3, prefetch: 2")],
      problems: ["prefetch: must be >= concurrency, which is 3: current value is 2"],
    },
    {
      name: "refuses a prefetch from a topic with partitions",
      changes: [["Orders: {}", "Orders: { partitions: 2 }"], consuming("prefetch: 2")],
      problems: [
        "prefetch: must be left out for a topic with partitions, of which each has one message at work: current value is 2",
      ],
    },
    {
      name: "accepts an outage and a slow-down of a broker",
      changes: [
        [
          "sim_settings:",
          "events:\n  - { event_id: e, target_id: events, start: { kind: server_down, t_start: 1 }, end: { kind: server_up, t_end: 2 } }\n" +
            "  - { event_id: f, target_id: events, start: { kind: slow_down, factor: 2, t_start: 1 }, end: { kind: recover, t_end: 2 } }\nsim_settings:",
        ],
      ],
      problems: [],
    },
    {
      name: "accepts a server that publishes to what it consumes itself: that is no circle of calls",
      changes: [
        [
          "steps: [cpu_s: 0.001]\n          - endpoint_name: /stock",
          `steps: [${PUBLISH}]\n          - endpoint_name: /stock`,
        ],
        [
          "    - { id: app-bank",
          "    - { id: back, source: prices, target: events, latency: 0 }\n    - { id: app-bank",
        ],
      ],
      problems: [],
    },
    {
      name: "refuses to publish without a topic",
      steps: "{ publish: events }",
      problems: ["publish must stand with topic: current keys are publish"],
    },
    {
      name: "refuses to publish to a topic that there is not",
      steps: `${PUBLISH}, { publish: events, topic: orders }`,
      problems: [
        'steps[1].topic: must be the name of a topic of events: current value is "orders": did you mean Orders?',
      ],
    },
    {
      name: "refuses to publish to a server",
      steps: `${PUBLISH}, { publish: prices, topic: Orders }`,
      problems: ['steps[1].publish: must be a broker: current value is "prices"'],
    },
    {
      name: "refuses to call a broker",
      steps: `${PUBLISH}, { call: events }`,
      problems: ['steps[1].call: must be a server, an external service or a load balancer: current value is "events"'],
    },
    {
      name: "refuses to publish over no edge, and an edge that nobody publishes over",
      changes: [["source: app, target: events", "source: prices, target: events"]],
      problems: [
        "steps[0].publish: must have an edge: add one from app to events",
        'target: must be published to by a step of the source: current value is "events"',
      ],
    },
    {
      name: "refuses to consume over no edge",
      changes: [EDGE],
      problems: ["consumes[0].broker: must have an edge: add one from events to prices"],
    },
    {
      name: "refuses an edge from a broker to what consumes nothing from it",
      changes: [
        ["    - { id: app-bank", "    - { id: odd, source: events, target: app, latency: 0 }\n    - { id: app-bank"],
      ],
      problems: ['source: must be a broker that the target consumes from: current value is "events"'],
    },
    {
      name: "refuses a policy of the edge over which a broker delivers",
      changes: [["target: prices, latency: 0.002,", "target: prices, timeout_s: 1, latency: 0.002,"]],
      problems: ["timeout_s must stand at an edge that steps call over, at a call, or at a generator"],
    },
    {
      name: "refuses to consume from what is no broker",
      changes: [[CONSUMES, "consumes: [{ broker: event, topic: Orders }]"]],
      problems: ['consumes[0].broker: must be the id of a broker: current value is "event": did you mean events?'],
    },
    {
      name: "refuses to consume a topic that there is not",
      changes: [[CONSUMES, "consumes: [{ broker: events, topic: Bills, dead_letter_topic: deaf }]"]],
      problems: [
        'consumes[0].topic: must be the name of a topic of events: current value is "Bills"',
        'consumes[0].dead_letter_topic: must be the name of a topic of events: current value is "deaf": did you mean dead?',
      ],
    },
    {
      name: "refuses to consume at an endpoint that there is not",
      changes: [consuming("endpoint: /stocks")],
      problems: ['consumes[0].endpoint: must be the name of an endpoint of the server: current value is "/stocks"'],
    },
    {
      name: "refuses to consume a topic twice",
      changes: [[CONSUMES, "consumes: [{ broker: events, topic: Orders }, { broker: events, topic: Orders }]"]],
      problems: ['consumes[1].topic: must be unique over what the server consumes: current value is "Orders" again'],
    },
    {
      name: "refuses dead messages that come back",
      changes: [
        [
          CONSUMES,
          "consumes: [{ broker: events, topic: Orders, dead_letter_topic: dead }, { broker: events, topic: dead, dead_letter_topic: Orders }]",
        ],
      ],
      problems: [
        "consumes[0].dead_letter_topic: must not lead dead messages back to their topic: current way is Orders, dead, Orders",
        "consumes[1].dead_letter_topic: must not lead dead messages back to their topic: current way is dead, Orders, dead",
      ],
    },
    {
      name: "refuses keys of redelivery where a message is acknowledged before",
      changes: [consuming("ack: before, max_deliveries: 2, ack_timeout_s: 1")],
      problems: [
        "consumes[0].max_deliveries: must be left out with ack: before: what fails then is lost",
        "consumes[0].ack_timeout_s: must be left out with ack: before: what fails then is lost",
      ],
    },
    {
      name: "refuses keys of topics that have no effect",
      changes: [
        [
          "Orders: {}, dead: {}",
          "Orders: { partition_by: random, on_full: block }, dead: { partitions: 2, keys: { count: 2 } }",
        ],
      ],
      problems: [
        "partition_by must stand with partitions: current keys are partition_by, on_full",
        "on_full must stand with capacity: current keys are partition_by, on_full",
        "partition_by: key must stand with keys, and keys with it: current keys are partitions, keys",
      ],
    },
    {
      name: "refuses a broker without topics",
      changes: [["topics: { Orders: {}, dead: {} }", "topics: {}"]],
      problems: ["topics: must have at least one topic"],
    },
  ] as readonly {
    readonly name: string;
    readonly steps?: string;
    readonly changes?: readonly Change[];
    readonly problems: readonly string[];
  }[])("parseScenario $name", ({ steps = PUBLISH, changes = [], problems }) => {
    const found = problemsOf(withBroker(steps, ...changes));
    for (const problem of problems) expect(found.join("\n")).toContain(problem);
    if (problems.length === 0) expect(found).toEqual([]);
    else expect(found.length).toBeGreaterThan(0);
  });
});

describe("findNotes", () => {
  test("findNotes names topics that nobody publishes to or consumes", () => {
    const messages = findNotes(scenarioOf(withBroker(PUBLISH))).map(({ message }) => message);
    expect(messages.filter((message) => message.includes("topic"))).toEqual([
      "no step publishes to topic dead of events",
      "no server consumes topic dead of events: it is only counted",
    ]);
    const dying = findNotes(scenarioOf(withBroker(PUBLISH, consuming("dead_letter_topic: dead"))));
    expect(dying.map(({ message }) => message)).not.toContain("no step publishes to topic dead of events");
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder builds brokers and their consumers", () => {
    const built = scenario("shop")
      .generator("people", { arrival_rate_per_s: 10 })
      .client("browser")
      .broker("events", { topics: { orders: { capacity: 5 } } })
      .server("app", {}, (server) => server.endpoint("/", [{ publish: "events", topic: "orders" }]))
      .server("bills", {}, (server) =>
        server.endpoint("/", [{ cpu_s: 0.01 }]).consume({ broker: "events", topic: "orders", concurrency: 2 }),
      )
      .link("people", "browser", 0)
      .link("browser", "app", 0.01)
      .link("app", "events", 0.001)
      .link("events", "bills", 0.001)
      .build();
    expect(built.topology_graph.nodes.brokers).toEqual([{ id: "events", topics: { orders: { capacity: 5 } } }]);
    expect(built.topology_graph.nodes.servers[1]?.consumes).toEqual([
      { broker: "events", topic: "orders", concurrency: 2 },
    ]);
  });
});
