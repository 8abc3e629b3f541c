import { describe, expect, test } from "vitest";
import { compile, resolve, scenario, type Scenario } from "../src/index.js";
import { meshWith, problemsOf, scenarioOf } from "./mesh-yaml.js";

/** A set of three in two zones that asks a database, and what goes wrong with it. */
function chaotic(more: string): string {
  return `name: chaos
rqs_input: { id: users, arrival_rate_per_s: 10 }
topology_graph:
  nodes:
    client: { id: browser }
    servers:
      - id: app
        replicas: 3
        zones: [a, b]
        semaphores: { images: 2, unused: 2 }
        endpoints:
          - endpoint_name: /
            steps: [{ semaphore: images, steps: [{ query: db, name: read }] }]
    databases:
      - { id: db, pool: { size: 3 }, workers: 4, queries: { read: { service_s: 0.01 } } }
  edges:
    - { id: internet, source: users, target: browser, latency: 0, loss_ratio: 0 }
    - { id: uplink, source: browser, target: app, latency: 0.01, loss_ratio: 0 }
    - { id: to-db, source: app, target: db, latency: 0.001, loss_ratio: 0 }
sim_settings: { total_simulation_time: 100 }
${more}`;
}

function event(start: string, end = "recover", target = "app"): string {
  return `events: [{ event_id: it, target_id: "${target}", start: { t_start: 10, ${start} }, end: { kind: ${end}, t_end: 20 } }]`;
}

function fault(keys: string, target = "app"): string {
  return `faults: [{ target_id: "${target}", ${keys}, mtbf_s: { distribution: exponential, mean: 50 }, mttr_s: 2 }]`;
}

const compiled = (more: string): ReturnType<typeof compile> => compile(scenarioOf(chaotic(more)));
const times = {
  time_to_failure_s: { kind: "exponential", mean: 50 },
  time_to_repair_s: { kind: "constant", value: 2 },
};

describe("compile of events and faults", () => {
  test.each([
    ["kind: crash", "server_up", "app-2", { kind: "crash" }],
    ["kind: slow_down, factor: 1, io_factor: 4", "recover", "db", { kind: "slow_down", factor: 1, io_factor: 4 }],
    ["kind: error_spike, error_ratio: 0.2", "recover", "app@b", { kind: "error_spike", error_ratio: 0.2 }],
    [
      "kind: pool_exhaustion, pool: workers, units: 3",
      "recover",
      "db",
      { kind: "pool_exhaustion", pool: "workers", units: 3 },
    ],
    [
      "kind: pool_exhaustion, pool: db_pool",
      "recover",
      "app-2",
      { kind: "pool_exhaustion", pool: "db_pool", units: Infinity },
    ],
  ])("compile gives an event with { %s }", (start, end, target, effect) => {
    const meant = target === "app@b" ? "app-2" : target;
    expect(compiled(event(start, end, target)).disruptions).toEqual([
      { ...effect, target: meant, start_s: 10, end_s: 20 },
    ]);
  });

  test("compile gives a fault of a set or a zone to all of it at once", () => {
    const crash = (target: string): object => ({ kind: "crash", target });
    expect(compiled(fault("kind: crash")).faults).toEqual([
      { id: "app-crash", ...times, effects: ["app-1", "app-2", "app-3"].map(crash) },
    ]);
    expect(compiled(fault("kind: crash, fault_id: rack", "app@a")).faults).toEqual([
      { id: "rack", ...times, effects: ["app-1", "app-3"].map(crash) },
    ]);
    expect(compiled("").faults).toBeUndefined();
  });

  test("compile gives a fault that is not correlated to each server on its own", () => {
    const faults = compiled(fault("kind: error_spike, error_ratio: 1, correlated: false")).faults!;
    expect(faults.map(({ id }) => id)).toEqual(["app-1", "app-2", "app-3"].map((id) => `app-error_spike@${id}`));
    expect(faults[1]!.effects).toEqual([{ kind: "error_spike", target: "app-2", error_ratio: 1 }]);
  });

  test("compile gives a spike of an edge of a set to each of its copies", () => {
    const [spike] = compiled(fault("kind: network_spike, spike_s: 0.1", "to-db")).faults!;
    expect(spike!.effects).toEqual(
      [1, 2, 3].map((k) => ({ kind: "network_spike", target: `to-db-${k}`, spike_s: 0.1 })),
    );
  });

  test("compile gives faults to edges, generators and caches as well", () => {
    const effectsOf = (keys: string, target: string): unknown => compiled(fault(keys, target)).faults![0]!.effects;
    const edges = ["to-db-1", "to-db-2", "to-db-3"];
    expect(effectsOf("kind: network_partition", "to-db")).toEqual(
      edges.map((target) => ({ kind: "network_partition", target })),
    );
    expect(effectsOf("kind: network_degraded, loss_ratio: 0.1, spike_s: 0.2", "uplink")).toEqual([
      { kind: "network_degraded", target: "uplink", loss_ratio: 0.1, bandwidth_ratio: 1, spike_s: 0.2 },
    ]);
    expect(compiled(fault("kind: network_partition, correlated: false", "to-db")).faults!.length).toBe(3);
    expect(compiled(fault("kind: traffic_surge, factor: 4", "users"))).toMatchObject({
      faults: [
        { id: "users-traffic_surge", ...times, effects: [{ kind: "traffic_surge", target: "users", factor: 4 }] },
      ],
      generators: [{ arrivals: { profile: [] } }],
    });
    const flush = fault("kind: cache_flush", "store").replace(", mttr_s: 2", "");
    const text = chaotic(flush).replace(
      "    databases:",
      "    caches: [{ id: store, hit_s: 0.001, capacity: 5, keys: { count: 9 } }]\n    databases:",
    );
    expect(problemsOf(text).join()).not.toContain("mttr_s");
    const { time_to_failure_s } = times;
    expect(compile(scenarioOf(text)).faults).toEqual([
      { id: "store-cache_flush", time_to_failure_s, effects: [{ kind: "cache_flush", target: "store" }] },
    ]);
  });

  test("compile makes a brown-out slow and failing at once, and leaks what they are", () => {
    const slow = { kind: "slow_down", target: "db", factor: 3, io_factor: 3 };
    const failing = { kind: "error_spike", target: "db", error_ratio: 0.1 };
    expect(compiled(fault("kind: brown_out, factor: 3, error_ratio: 0.1", "db")).faults![0]!.effects).toEqual([
      slow,
      failing,
    ]);
    expect(compiled(event("kind: brown_out, error_ratio: 0.1", "recover", "db")).disruptions).toEqual([
      { ...failing, start_s: 10, end_s: 20 },
    ]);
    expect(compiled(event("kind: memory_leak, mb_per_s: 2", "recover", "app-2")).disruptions).toEqual([
      { kind: "memory_leak", target: "app-2", mb_per_s: 2, mb_per_request: 0, start_s: 10, end_s: 20 },
    ]);
    expect(compiled(fault("kind: memory_leak, mb_per_request: 0.1")).faults![0]!.effects.length).toBe(3);
  });

  test("compile gives a fault of a zone to all servers in it, of whatever set", () => {
    const text = chaotic(fault("kind: crash", "@b"))
      .replace(
        "    databases:",
        "      - { id: other, zones: [b], endpoints: [{ endpoint_name: /, steps: [cpu_s: 0.1] }] }\n    databases:",
      )
      .replace("  edges:", "  edges:\n    - { id: more, source: app, target: other, latency: 0, loss_ratio: 0 }")
      .replace("[{ semaphore:", "[{ call: other }, { semaphore:");
    expect(problemsOf(text)).toEqual([]);
    expect(compile(scenarioOf(text)).faults![0]!.effects).toEqual(
      ["app-2", "other"].map((target) => ({ kind: "crash", target })),
    );
  });

  test("compile finds the zone of a server where there is no set", () => {
    const text = chaotic(event("kind: crash", "server_up", "app@a"))
      .replace("replicas: 3", "type: server")
      .replace("[a, b]", "[a]");
    expect(compile(scenarioOf(text)).disruptions).toMatchObject([{ target: "app" }]);
  });

  test("compile makes a surge a factor of the rate, which ends", () => {
    const plan = compiled(event("kind: traffic_surge, factor: 3", "recover", "users"));
    expect(plan.disruptions).toEqual([]);
    const pieces = [
      { start_s: 0, from: 1, to: 1 },
      { start_s: 10, from: 3, to: 3 },
      { start_s: 20, from: 1, to: 1 },
    ];
    expect(plan.generators[0]!.arrivals).toMatchObject({ profile: [{ kind: "pieces", pieces, period_s: 0 }] });
    const early = compiled(
      event("kind: traffic_surge, factor: 3", "recover", "users").replace("t_start: 10", "t_start: 0"),
    );
    expect(early.generators[0]!.arrivals).toMatchObject({
      profile: [
        {
          pieces: [
            { start_s: 0, from: 3 },
            { start_s: 20, from: 1 },
          ],
        },
      ],
    });
  });

  test("compile takes the servers of a deploy down in waves", () => {
    const windows = (deploy: string): readonly unknown[] =>
      compiled(`deploys: [{ deploy_id: v2, target_id: app, start_s: 10, down_s: 4, ${deploy} }]`).disruptions.map(
        ({ kind, target, start_s, end_s }) => [kind, target, start_s, end_s],
      );
    expect(windows("gap_s: 1")).toEqual([
      ["server_down", "app-1", 10, 14],
      ["server_down", "app-2", 15, 19],
      ["server_down", "app-3", 20, 24],
    ]);
    expect(windows("wave: 2, kind: crash")).toEqual([
      ["crash", "app-1", 10, 14],
      ["crash", "app-2", 10, 14],
      ["crash", "app-3", 14, 18],
    ]);
    const [first] = resolve(
      scenarioOf(chaotic("deploys: [{ deploy_id: v2, target_id: app, start_s: 10, down_s: 4 }]")),
    ).events;
    expect(first).toMatchObject({ event_id: "v2-app-1", t_start: 10, t_end: 14 });
  });
});

describe("parseScenario of events and faults", () => {
  test.each([
    [event("kind: crash"), 'events[it].end.kind: must be server_up to end crash: current value is "recover"'],
    [event("kind: error_spike"), "events[it].start: missing key error_ratio"],
    [
      event("kind: error_spike, error_ratio: 0.5, factor: 2"),
      "events[it].start.factor: must be left out for error_spike: current value is 2",
    ],
    [event("kind: error_spike, error_ratio: 1.5"), "events[it].start.error_ratio: must be <= 1: current value is 1.5"],
    [
      event("kind: traffic_surge, factor: 2"),
      'events[it].target_id: must be the id of a generator for traffic_surge: current value is "app"',
    ],
    [
      event("kind: pool_exhaustion, pool: imagse"),
      'events[it].start.pool: must be a pool that app has and uses: current value is "imagse": did you mean images?',
    ],
    [
      event("kind: pool_exhaustion, pool: unused"),
      'events[it].start.pool: must be a pool that app has and uses: current value is "unused"',
    ],
    [
      event("kind: gc_storm, factor: 2"),
      'events[it].target_id: must be a server with pauses for gc_storm: current value is "app"',
    ],
    [fault("kind: brown_out", "db"), "faults[0]: must have one of factor, io_factor, error_ratio"],
    [fault("kind: memory_leak"), "faults[0]: must have one of mb_per_s, mb_per_request"],
    [
      fault("kind: memory_leak, mb_per_s: 1", "db"),
      'faults[0].target_id: must be the id of a server with memory for memory_leak: current value is "db"',
    ],
    [
      fault("kind: network_degraded, bandwidth_ratio: 0.5", "uplink"),
      'faults[0].bandwidth_ratio: must stand at an edge with bandwidth_mbps: current target is "uplink"',
    ],
    [fault("kind: crash").replace(", mttr_s: 2", ""), "faults[0]: missing key mttr_s"],
    [fault("kind: crash", "@c"), 'faults[0].target_id: must be the id of a server for crash: current value is "@c"'],
    [
      fault("kind: crash", "apq"),
      'faults[0].target_id: must be the id of a server for crash: current value is "apq": did you mean app?',
    ],
    [fault("kind: network_spike", "uplink"), "faults[0]: missing key spike_s"],
    [
      fault("kind: crash").replace("distribution: exponential, mean: 50", "distribution: constant, value: 0"),
      "faults[0].mtbf_s.value: must be > 0",
    ],
    [
      fault("kind: crash").replace("]", ", { target_id: app, kind: crash, mtbf_s: 5, mttr_s: 1 }]"),
      'faults[1]: missing key fault_id: "app-crash" is taken',
    ],
    [
      "deploys: [{ deploy_id: v2, target_id: db, start_s: 1, down_s: 2 }]",
      'deploys[v2].target_id: must be the id of a server: current value is "db"',
    ],
    [
      "deploys: [{ deploy_id: v2, target_id: app, start_s: 1, down_s: 40 }]",
      "deploys[v2]: must end at most at total_simulation_time (100): its 3 waves end at 121 s",
    ],
  ])("parseScenario of %s", (more, expected) => {
    const problems = problemsOf(chaotic(more));
    expect(problems.length, problems.join("\n")).toBe(1);
    expect(problems[0]).toContain(expected);
  });

  test("parseScenario refuses the repair of a flush", () => {
    const text = chaotic(fault("kind: cache_flush", "store")).replace(
      "    databases:",
      "    caches: [{ id: store, hit_s: 0.001, capacity: 5, keys: { count: 9 } }]\n    databases:",
    );
    expect(problemsOf(text).join("\n")).toContain(
      "faults[0].mttr_s: must be left out for cache_flush, which is over at once",
    );
  });

  test("parseScenario refuses surges of users who wait", () => {
    const text = chaotic(event("kind: traffic_surge, factor: 2", "recover", "users"));
    const closed = text.replace("arrival_rate_per_s: 10", "closed: { users: 5, think_s: 1 }");
    expect(problemsOf(closed).join()).toContain(
      "must be the id of a generator with a rate, not with closed, for traffic_surge",
    );
    expect(problemsOf(meshWith("cpu_s: 0.001"))).toEqual([]);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder makes what a file says", () => {
    const built = scenario("chaos")
      .generator("users", { arrival_rate_per_s: 10 })
      .client("browser")
      .server("app", {}, (it) => {
        return it
          .replicas(3, { zones: ["a", "b"] })
          .semaphore("images", 2)
          .endpoint("/", [{ semaphore: "images", steps: [{ cpu_s: 1 }] }]);
      })
      .link("users", "browser", 0.001)
      .link("browser", "app", 0.001)
      .settings({ total_simulation_time: 100 })
      .crash("app@a", { t_start: 1, t_end: 2 })
      .errorSpike("app", { t_start: 1, t_end: 2, error_ratio: 0.5, event_id: "bad" })
      .surge("users", { t_start: 1, t_end: 2, factor: 2 })
      .exhaustion("app-1", { t_start: 1, t_end: 2, pool: "images", units: 1 })
      .slowDown("app", { t_start: 1, t_end: 2, factor: 2, io_factor: 3 })
      .brownOut("app", { t_start: 1, t_end: 2, factor: 2, error_ratio: 0.1 })
      .memoryLeak("app", { t_start: 1, t_end: 2, mb_per_s: 3 })
      .fault({ target_id: "app", kind: "crash", mtbf_s: 10, mttr_s: 1 })
      .deploy({ deploy_id: "v2", target_id: "app", start_s: 5, down_s: 1 })
      .build();
    const data: Scenario = {
      ...built,
      events: [
        {
          event_id: "app@a-crash-1",
          target_id: "app@a",
          start: { kind: "crash", t_start: 1 },
          end: { kind: "server_up", t_end: 2 },
        },
        {
          event_id: "bad",
          target_id: "app",
          start: { kind: "error_spike", t_start: 1, error_ratio: 0.5 },
          end: { kind: "recover", t_end: 2 },
        },
        {
          event_id: "users-surge-3",
          target_id: "users",
          start: { kind: "traffic_surge", t_start: 1, factor: 2 },
          end: { kind: "recover", t_end: 2 },
        },
        {
          event_id: "app-1-exhaustion-4",
          target_id: "app-1",
          start: { kind: "pool_exhaustion", t_start: 1, pool: "images", units: 1 },
          end: { kind: "recover", t_end: 2 },
        },
        {
          event_id: "app-slow-down-5",
          target_id: "app",
          start: { kind: "slow_down", t_start: 1, factor: 2, io_factor: 3 },
          end: { kind: "recover", t_end: 2 },
        },
        {
          event_id: "app-brown-out-6",
          target_id: "app",
          start: { kind: "brown_out", t_start: 1, factor: 2, error_ratio: 0.1 },
          end: { kind: "recover", t_end: 2 },
        },
        {
          event_id: "app-leak-7",
          target_id: "app",
          start: { kind: "memory_leak", t_start: 1, mb_per_s: 3 },
          end: { kind: "recover", t_end: 2 },
        },
      ],
      faults: [{ target_id: "app", kind: "crash", mtbf_s: 10, mttr_s: 1 }],
      deploys: [{ deploy_id: "v2", target_id: "app", start_s: 5, down_s: 1 }],
    };
    expect(built).toEqual(data);
  });
});
