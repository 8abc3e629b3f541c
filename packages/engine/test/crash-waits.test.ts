import { describe, expect, it } from "vitest";
import { run, runPrepared, seriesOf, type CachePlan, type Plan, type ReplayKind, type StepPlan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { gateOf, oneAtATime } from "./gated.js";
import { liveFrames } from "./live-frames.js";
import { asking, batchingOf, generating, llmOf, providerOf } from "./llms.js";
import { measured, rowOf } from "./measured.js";
import { messaging } from "./messaging.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { call, calling, constant, cpu, cpuOf, edge, endpoint, generatorOf, io, parallel, server } from "./plans.js";
import { replayed, stories } from "./replayed.js";
import { STAYS_WHEN_DRAINED } from "./stays-when-drained.js";

/** Requests 0.1 s apart, most of them before the crash and some in it and after it. */
const TIMES_S = Array.from({ length: 60 }, (_, k) => 0.05 + 0.1 * k);
const CRASH_S = 3;
const UP_S = 4;

/** A plan whose requests come then, with a crash of a server and time to drain. */
function crashing(plan: Plan, target: string): Plan {
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(TIMES_S), requests: new Int32Array(0) };
  const [first] = plan.generators;
  return {
    ...plan,
    horizon_s: 400,
    series_cell_s: 400,
    generators: [generatorOf(arrivals, { policy: first!.policy })],
    disruptions: [{ kind: "crash", target, start_s: CRASH_S, end_s: UP_S }],
  };
}

type Parts = Partial<Parameters<typeof calling>[0]>;

const steps = (list: readonly StepPlan[], parts: Parts = {}): Plan => calling({ rate_per_s: 1, steps: list, ...parts });
const locked: StepPlan = { kind: "hold", pool: "lock", steps: [io(0.5)] };
const slow = server("db", [endpoint([io(0.5)], { name: "write" })], {
  cpu_cores: 10,
  tables: [{ name: "stock", rows: 1 }],
});
const onRow = { ...call("app-db", "write"), lock: { table: "stock", draws: constant(0) } } as StepPlan;
const transaction: StepPlan = { kind: "transaction", servers: ["db"], steps: [onRow, io(0.2)] };
const cache: CachePlan = {
  id: "cache",
  keys: { count: 2, draws: constant(1) },
  capacity: Infinity,
  eviction: "lru",
  ttl_s: 0.01,
  renews: false,
  coalesces: true,
};
const lookUp: StepPlan = { kind: "look_up", cache: "cache", on_miss: [io(0.7)] };
const paused = { every_s: constant(2.5), length_s: constant(5) };
const backoff = { kind: "fixed", base_s: 0.4, max_s: 1, jitter: "none" } as const;
const retry = { attempts: 5, on: ["failed"], backoff, budget_ratio: 0, budget_burst: 0 } as const;
const llm = (serving: Parameters<typeof llmOf>[0]): Plan => generating([1], asking(10, 20), [llmOf(serving)]);

/** What frames at the server wait for when it crashes, as a replay calls it; the server; the plan. */
const CASES: readonly (readonly [what: string, last: ReplayKind, target: string, plan: Plan])[] = [
  ["a core", "waits_for_core", "app", steps([cpu(0.5)], { app: { cpu_cores: 1 } })],
  ["a step on a core", "cpu_started", "app", steps([cpu(0.5)])],
  [
    "a core that is shared",
    "cpu_started",
    "app",
    steps([cpu(0.05)], { app: { cpu_cores: 1, cpu: cpuOf({ scheduling: "processor_sharing" }) } }),
  ],
  [
    "a core by rank",
    "waits_for_core",
    "app",
    steps([cpu(0.5)], { app: { cpu_cores: 1, cpu: cpuOf({ scheduling: "shortest_remaining_time" }) } }),
  ],
  [
    "the end of a pause",
    "waits_for_core",
    "app",
    steps([cpu(0.01)], { app: { cpu: cpuOf({ pauses: paused, event_loops: { count: 1, accept: "shared" } }) } }),
  ],
  [
    "an event loop of its own",
    "waits_for_core",
    "app",
    steps([cpu(0.3)], { app: { cpu: cpuOf({ event_loops: { count: 2, accept: "kernel" } }) } }),
  ],
  ["an I/O step", "io_started", "app", steps([io(0.5)])],
  [
    "memory",
    "waits_for_ram",
    "app",
    { ...steps([]), servers: [server("app", [endpoint([io(0.5)], { ram_mb: 60 })], { ram_mb: 100 })] },
  ],
  ["a unit of a pool", "waits_for_pool", "app", steps([locked], { app: { pools: [{ name: "lock", size: 1 }] } })],
  [
    "a unit, for a time",
    "waits_for_pool",
    "app",
    steps([locked], { app: { pools: [{ name: "lock", size: 1, timeout_s: constant(1) }] } }),
  ],
  ["a thread", "waits_for_pool", "app", steps([io(0.5)], { app: { cpu: cpuOf({ threads: 2 }) } })],
  [
    "a place in a bulkhead",
    "waits_for_pool",
    "app",
    steps([call("app-db", "", { bulkhead: { limit: 1, queue: 50, max_wait_s: 30 } })], { callees: [slow] }),
  ],
  [
    "admission",
    "waits_in_backlog",
    "app",
    steps([io(0.5)], { app: { admission: { max_connections: 1, backlog: 50, ram_per_connection_mb: 0 } } }),
  ],
  ["a gate", "waits_in_queue", "app", steps([io(0.5)], { app: { gate: oneAtATime() } })],
  [
    "a gate, for a time",
    "waits_in_queue",
    "app",
    steps([io(0.5)], {
      app: { gate: gateOf({ limit: { kind: "fixed", limit: 1 }, queue: { codel: { target_s: 0.5, interval_s: 1 } } }) },
    }),
  ],
  [
    "a cold start",
    "waits_for_start",
    "app",
    steps([io(0.1)], { app: { cold_start: { start_s: constant(3.5), idle_s: 1 } } }),
  ],
  ["an answer", "awaits", "app", steps([call("app-db")], { callees: [slow] })],
  [
    "an answer, for a time",
    "awaits",
    "app",
    steps([call("app-db", "", { timeout_s: 0.3, cancels: true })], { callees: [slow] }),
  ],
  ["branches", "awaits", "app", steps([parallel([[io(0.5)], [call("app-db")]])], { callees: [slow] })],
  [
    "the next attempt",
    "backs_off",
    "app",
    steps([call("app-db", "", { retry })], { callees: [server("db", [endpoint([{ kind: "fail" }])])] }),
  ],
  [
    "a connection of its call",
    "awaits",
    "app",
    {
      ...steps([call("app-db")], { callees: [slow] }),
      edges: [
        edge("source", "client"),
        edge("client", "app"),
        edge("app", "db", {
          latency_s: constant(0.2),
          connection: { round_trips: 2, keep_alive_s: 0.05, max_idle: 0 },
        }),
      ],
    },
  ],
  ["the fetch of a key", "waits_for_fetch", "app", steps([lookUp], { more: { caches: [cache] } })],
  ["a row, at the database", "waits_for_row", "db", steps([onRow], { callees: [slow] })],
  ["a row, at who asks", "awaits", "app", steps([transaction], { callees: [slow] })],
  ["a language model", "waits_for_llm", "llm", llm(providerOf({ concurrency: 2 }))],
  ["tokens", "llm_started", "llm", llm(providerOf())],
  ["tokens of a batch", "llm_started", "llm", llm(batchingOf({ max_batch: 5 }))],
  [
    "room in a topic",
    "waits_for_room",
    "events",
    messaging({ rate_per_s: 1, steps: [io(0.5)], topic: { capacity: 2, on_full: "block" } }),
  ],
  ["a consumer's work", "io_started", "worker-1", messaging({ rate_per_s: 1, steps: [io(0.5)] })],
];

describe("crash", () => {
  it.each(CASES)(
    "crash while requests wait for %s loses no request and leaves nothing behind",
    (_what, last, target, quiet) => {
      const plan = crashing(quiet, target);
      const lost = [...stories(replayed(plan, 1).log).values()].filter((story) => {
        const at = story.findIndex(({ t_s }) => t_s >= CRASH_S);
        return at > 0 && story[at - 1]!.kind === last && story[at]!.t_s === CRASH_S;
      });
      expect(lost.length, "requests that wait for it at that moment").toBeGreaterThan(0);
      const pending = naivePendingEvents();
      const kernel = openJavaScriptKernel(plan, { pending });
      const result = runPrepared(simulationOf(plan, kernel), 1, 0);
      const value = measured(plan, result);
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => value(`requests_${end}`));
      expect(ends.reduce((sum, count) => sum + count, 0)).toBe(value("requests_generated"));
      expect(value("requests_generated")).toBe(TIMES_S.length);
      expect(liveFrames(kernel.frames)).toBe(0);
      for (const { occupants } of kernel.system.servers) expect(occupants?.count ?? 0).toBe(0);
      for (const { name } of seriesOf(plan)) {
        if (STAYS_WHEN_DRAINED.test(name)) continue;
        expect(Math.abs(rowOf(plan, result.samples, name)[0]!), name).toBeLessThan(1e-9);
      }
      expect(run(plan, 1, 0).metrics).toEqual(result.metrics);
    },
  );
});
