import { describe, expect, test } from "vitest";
import { compile, resolve, scenario } from "../src/index.js";
import type { Change } from "./example-yaml.js";
import { meshAsking, problemsOf, programOf, scenarioOf, type AskedNodeCase } from "./mesh-yaml.js";

const KEYS = "keys: { count: 100, popularity: { distribution: zipf, exponent: 0.9 } }";
const CONTENTS = `capacity: 10, eviction: sieve, ttl_s: 60, renew_on_hit: true, coalesce: true, ${KEYS}`;

/** The mesh with a cache that has these keys, and these steps. */
function withCache(steps: string, keys = CONTENTS, ...changes: readonly Change[]): string {
  return meshAsking({ list: "caches", id: "pages", keys: `hit_s: 0.0005, ${keys}` }, steps, ...changes);
}

const FLUSH: Change = [
  "sim_settings:",
  "events: [{ event_id: e, target_id: pages, start: { kind: cache_flush, t_start: 30 } }]\nsim_settings:",
];

const LOOK_UP = "{ cache: pages, on_miss: [{ io_s: 0.1 }] }";
const call = {
  kind: "call",
  edge: "app-pages",
  endpoint: "",
  policy: { timeout_s: 0, cancels: false, propagates: false, retry: null },
};
const fetch = [{ kind: "io", duration_s: { kind: "constant", value: 0.1 } }];

describe("compile", () => {
  test("compile makes of a cache contents, and a server that takes its time", () => {
    const plan = compile(scenarioOf(withCache(LOOK_UP)));
    expect(plan.caches).toEqual([
      {
        id: "pages",
        keys: { count: 101, draws: { kind: "zipf", count: 100, exponent: 0.9 } },
        capacity: 10,
        eviction: "sieve",
        ttl_s: 60,
        renews: true,
        coalesces: true,
      },
    ]);
    expect(plan.servers.find(({ id }) => id === "pages")?.endpoints[0]?.steps).toEqual([
      { kind: "io", duration_s: { kind: "constant", value: 0.0005 } },
    ]);
    expect((programOf(withCache(LOOK_UP)) as readonly unknown[]).slice(0, 2)).toEqual([
      call,
      { kind: "look_up", cache: "pages", on_miss: fetch },
    ]);
  });

  test("compile keeps what changes over time: popularity, times to live, memory, flushes", () => {
    const keys =
      "ttl_s: { distribution: uniform, min: 50, max: 70 }, entry_kb: 250, keys: { count: 9, shift: { every_s: 60, keys: 3 } }";
    const plan = compile(scenarioOf(withCache(LOOK_UP, keys, FLUSH)));
    expect(plan.caches).toMatchObject([
      {
        keys: { count: 10, shift: { every_s: 60, keys: 3 } },
        ttl_s: { kind: "uniform", min: 50, max: 70 },
        entry_mb: 0.25,
      },
    ]);
    expect(plan.flushes).toEqual([{ cache: "pages", at_s: 30 }]);
    expect(plan.disruptions).toEqual([]);
  });

  test("compile makes a curve of a share of hits that warms up, and a look-up of its step", () => {
    const text = withCache(LOOK_UP, "hit_ratio: { cold: 0.2, warm: 0.95, half_life_s: 20 }", FLUSH);
    const { caches, hit_curves } = compile(scenarioOf(text));
    expect(caches).toBeUndefined();
    expect(hit_curves).toEqual([{ id: "pages", cold_ratio: 0.2, warm_ratio: 0.95, half_life_s: 20 }]);
    expect((programOf(text) as readonly unknown[])[1]).toEqual({ kind: "look_up", cache: "pages", on_miss: fetch });
  });

  test("compile makes chance of a known share of hits", () => {
    const text = withCache(LOOK_UP, "hit_ratio: 0.75");
    expect(compile(scenarioOf(text)).caches).toBeUndefined();
    expect((programOf(text) as readonly unknown[]).slice(0, 2)).toEqual([
      call,
      { kind: "branch", ways: [{ when: { probability: 0.25 }, steps: fetch }] },
    ]);
  });

  test("compile handles the failure of a look-up and of what fetches the key, and counts its memory", () => {
    const text = withCache(
      "{ cache: pages, timeout_s: 0.05, on_miss: [{ ram_mb: 7 }, { fail: true }], on_error: [{ io_s: 0.1 }] }",
    );
    expect((programOf(text) as readonly unknown[])[0]).toEqual({
      kind: "attempt",
      steps: [
        { ...call, policy: { ...call.policy, timeout_s: 0.05 } },
        { kind: "look_up", cache: "pages", on_miss: [{ kind: "fail" }] },
      ],
      on_error: fetch,
    });
    expect(compile(scenarioOf(text)).servers[0]?.endpoints[0]?.ram_mb).toBe(7);
  });
});

describe("resolve", () => {
  test("resolve makes explicit that a cache has no limits, and that all keys are alike", () => {
    const { nodes } = resolve(scenarioOf(withCache(LOOK_UP, "keys: { count: 5 }"))).topology_graph;
    expect(nodes.caches).toEqual([
      {
        id: "pages",
        hit_s: { kind: "constant", value: 0.0005 },
        keys: { count: 5, popularity: { kind: "uniform", min: 1, max: 6 }, shift: null },
        capacity: null,
        eviction: "lru",
        ttl_s: null,
        renew_on_hit: false,
        coalesce: false,
        entry_kb: null,
      },
    ]);
  });
});

describe("parseScenario", () => {
  const cases: readonly AskedNodeCase[] = [
    {
      name: "refuses a look-up without steps that fetch",
      steps: "{ cache: pages }",
      problem: "cache must stand with on_miss: current keys are cache",
    },
    {
      name: "refuses to look up in a server",
      steps: `${LOOK_UP}, { cache: prices, on_miss: [] }`,
      problem: 'steps[1].cache: must be a cache: current value is "prices"',
    },
    {
      name: "refuses to call a cache",
      steps: `${LOOK_UP}, { call: pages }`,
      problem: 'steps[1].call: must be a server, an external service or a load balancer: current value is "pages"',
    },
    {
      name: "refuses a look-up over no edge",
      changes: [["source: app, target: pages", "source: prices, target: pages"]],
      problem: "steps[0].cache: must have an edge: add one from app to pages",
    },
    {
      name: "refuses an edge that no look-up uses",
      changes: [["source: app, target: pages", "source: prices, target: pages"]],
      problem: 'target: must be asked by a step cache of the source: current value is "pages"',
    },
    {
      name: "refuses an edge that leaves a cache",
      changes: [["sim_settings:", "    - { id: odd, source: pages, target: browser, latency: 0 }\nsim_settings:"]],
      problem: 'source: must not be a cache, which only answers: current value is "pages"',
    },
    {
      name: "refuses a look-up in the same cache while a key is fetched",
      steps: `{ cache: pages, on_miss: [{ repeat: { times: 2, steps: [${LOOK_UP}] } }] }`,
      problem: "must not stand in on_miss of the same cache: current value is pages",
    },
    {
      name: "refuses contents beside a share of hits",
      keys: "hit_ratio: 0.5, capacity: 3",
      problem: "hit_ratio must stand without keys of contents: current keys are id, hit_s, hit_ratio, capacity",
    },
    {
      name: "refuses a cache of nothing",
      keys: "capacity: 3",
      problem: "must have exactly one of keys, hit_ratio: current keys are id, hit_s, capacity",
    },
    {
      name: "refuses to renew what lives for ever",
      keys: `renew_on_hit: true, ${KEYS}`,
      problem: "renew_on_hit must stand with ttl_s",
    },
    {
      name: "refuses a share of hits that is none",
      keys: "hit_ratio: often",
      problem: 'must be a number from 0 to 1 or a mapping of cold, warm, half_life_s: current value is "often"',
    },
    {
      name: "refuses a shift by all keys",
      keys: "keys: { count: 3, shift: { every_s: 1, keys: 3 } }",
      problem: "must be < count (3), or nothing changes: current value is 3",
    },
    {
      name: "refuses to empty what cannot be empty",
      keys: "hit_ratio: 0.5",
      changes: [FLUSH],
      problem: "must be a cache with keys, or one that warms up: hit_ratio of pages never changes",
    },
    {
      name: "refuses to empty what is no cache",
      changes: [FLUSH, ["target_id: pages", "target_id: page"]],
      problem: 'must be the id of a cache for cache_flush: current value is "page": did you mean pages?',
    },
    {
      name: "refuses a flush that ends",
      changes: [FLUSH, ["t_start: 30 }", "t_start: 30 }, end: { kind: recover, t_end: 40 }"]],
      problem: "end: must be left out for cache_flush, which is over at once",
    },
    {
      name: "refuses a flush after the run",
      changes: [FLUSH, ["t_start: 30", "t_start: 60"]],
      problem: "must be < total_simulation_time (60): current value is 60",
    },
    {
      name: "refuses a flush that lasts or costs",
      changes: [FLUSH, ["t_start: 30", "t_start: 30, factor: 2"]],
      problem: "factor: must be left out for cache_flush: current value is 2",
    },
    {
      name: "refuses another event without an end",
      changes: [FLUSH, ["cache_flush", "server_down"]],
      problem: "missing key end",
    },
    {
      name: "refuses zipf without an exponent",
      keys: "keys: { count: 3, popularity: { distribution: zipf } }",
      problem: "missing key exponent",
    },
    {
      name: "refuses an exponent of uniform",
      keys: "keys: { count: 3, popularity: { distribution: uniform, exponent: 1 } }",
      problem: "exponent must not stand with uniform",
    },
  ];
  test.each(cases)("parseScenario $name", ({ steps = LOOK_UP, keys = CONTENTS, changes = [], problem }) => {
    expect(problemsOf(withCache(steps, keys, ...changes)).join("\n")).toContain(problem);
  });

  test("parseScenario accepts a cache that is down, and what is spawned while a key is fetched", () => {
    const event =
      "events: [{ event_id: e, target_id: pages, start: { kind: server_down, t_start: 1 }, end: { kind: server_up, t_end: 2 } }]\nsim_settings:";
    const steps = `{ cache: pages, on_miss: [{ spawn: [${LOOK_UP}] }] }`;
    expect(problemsOf(withCache(steps, CONTENTS, ["sim_settings:", event]))).toEqual([]);
  });
});

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder builds caches", () => {
    const built = scenario("shop")
      .generator("people", { arrival_rate_per_s: 10 })
      .client("browser")
      .cache("pages", { hit_ratio: { cold: 0, warm: 0.9, half_life_s: 10 } })
      .flush("pages", { at_s: 100 })
      .server("app", {}, (server) => server.endpoint("/", [{ cache: "pages", on_miss: [{ io_s: 0.1 }] }]))
      .link("people", "browser", 0)
      .link("browser", "app", 0.01)
      .link("app", "pages", 0.001)
      .build();
    expect(built.topology_graph.nodes.caches).toEqual([
      { id: "pages", hit_ratio: { cold: 0, warm: 0.9, half_life_s: 10 } },
    ]);
    expect(compile(built).flushes).toEqual([{ cache: "pages", at_s: 100 }]);
  });
});
