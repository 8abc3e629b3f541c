import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, type Plan, type ReplayKind } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { measured } from "./measured.js";
import { anyMessaging } from "./random-brokers.js";
import { anyCalls } from "./random-calls.js";
import { anyGated } from "./random-gates.js";
import { POOLS } from "./random-steps.js";
import { replayed, stories, type Happening } from "./replayed.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);
/** Calls, one time in three with messages, one time in three through gates. */
const anySystem = fc.oneof(anyCalls(), anyGated(anyCalls()), anyMessaging());
const BEGINS: ReadonlySet<ReplayKind> = new Set(["generated", "called", "hedged", "forked"]);
const budgets = fc.constantFrom(
  { events: 1e12, live_requests: 1e9 },
  { events: 1e12, live_requests: 1e9 },
  { events: 300, live_requests: 1e9 },
  { events: 1e12, live_requests: 9 },
);

function count(log: readonly Happening[], kind: ReplayKind, component?: string): number {
  return log.filter((it) => it.kind === kind && (component === undefined || it.component === component)).length;
}

/** Whether nothing comes after a happening: a request that is lost ends, a call that is lost has its end still before it. */
function ends({ kind }: Happening, story: readonly Happening[]): boolean {
  if (kind === "dropped") return story[0]!.kind === "generated";
  return kind === "completed" || kind === "failed" || kind === "rejected" || kind === "ended";
}

/** Time after happenings of a kind at a component, each until the next that happens to the same request [s]. */
function timeAfter(log: readonly Happening[], kind: ReplayKind, component: string, horizon_s: number): number {
  let sum = 0;
  for (const story of stories(log).values()) {
    for (const [position, it] of story.entries()) {
      if (it.kind === kind && it.component === component) sum += (story[position + 1]?.t_s ?? horizon_s) - it.t_s;
    }
  }
  return sum;
}

function near(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
}

describe("replay of calls", () => {
  it("replay of calls gives the bits of run, however the run ends", () => {
    const law = fc.property(anySystem, budgets, seeds, fc.nat(100), (plan, budget, seed, replication) => {
      const detailed: Plan = { ...plan, budget, series_cell_s: 0.1, warm_up_s: 0.5 };
      expect(replayed(detailed, seed, replication).result).toEqual(run(detailed, seed, replication));
    });
    fc.assert(law, runs);
  });

  it("replay of calls tells stories: each begins once, with a number of its own, and nothing comes after its end", () => {
    const law = fc.property(anySystem, seeds, (plan, seed) => {
      const { log } = replayed(plan, seed);
      expect(log.every(({ t_s }, row) => row === 0 || t_s >= log[row - 1]!.t_s)).toBe(true);
      const begun = log.filter(({ kind }) => BEGINS.has(kind)).map(({ request }) => request);
      expect(begun).toEqual(begun.map((_request, number) => number));
      for (const story of stories(log).values()) {
        expect(story.filter(({ kind }) => BEGINS.has(kind))).toEqual([story[0]]);
        expect(story.slice(0, -1).some((it) => ends(it, story))).toBe(false);
      }
    });
    fc.assert(law, runs);
  });

  it("replay of calls has callers that began before and wait: nobody is called by one that has ended", () => {
    const law = fc.property(anySystem, seeds, (plan, seed) => {
      const alive = new Set<number>();
      const wrong: Happening[] = [];
      for (const it of replayed(plan, seed).log) {
        const hasCaller = it.caller >= 0;
        const isRight = alive.has(it.caller) && it.caller < it.request && BEGINS.has(it.kind);
        if (hasCaller ? !isRight : it.kind === "called" || it.kind === "hedged") wrong.push(it);
        if (BEGINS.has(it.kind)) alive.add(it.request);
        if (it.kind === "ended" || it.kind === "completed" || it.kind === "failed" || it.kind === "rejected")
          alive.delete(it.request);
      }
      expect(wrong).toEqual([]);
    });
    fc.assert(law, runs);
  });

  it("replay of calls tells what the metrics count: requests by their end, losses, visits, latencies to the last bit", () => {
    const law = fc.property(anySystem, seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      const requests = [...stories(log).values()].filter((story) => story[0]!.kind === "generated");
      expect(requests.length).toBe(value("requests_generated"));
      expect(requests.filter((story) => !ends(story.at(-1)!, story)).length).toBe(value("requests_in_flight"));
      for (const { id } of plan.edges) expect(count(log, "dropped", id)).toBe(value(`${id}.dropped`));
      for (const { id } of plan.servers) expect(count(log, "left", id)).toBe(value(`${id}.requests_completed`));
      const completed = requests.filter((story) => story.at(-1)!.kind === "completed");
      expect(completed.length).toBe(value("requests_completed"));
      if (completed.length === 0) return;
      const latencies = completed.map((story) => story.at(-1)!.t_s - story[0]!.t_s);
      expect(Math.max(...latencies)).toBe(value("latency_s_max"));
      expect(Math.min(...latencies)).toBe(value("latency_s_min"));
    });
    fc.assert(law, runs);
  });

  it("replay of calls obeys the utilisation law and Little's law of edges, cores, memory, pools, rows and topics", () => {
    const law = fc.property(anySystem, seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      const { horizon_s } = plan;
      for (const { id } of plan.edges) {
        near(timeAfter(log, "sent", id, horizon_s), value(`${id}.connections_mean`) * horizon_s);
      }
      for (const { id, cpu_cores, pools, replica_of, tables } of plan.servers) {
        const time = (kind: ReplayKind): number => timeAfter(log, kind, id, horizon_s);
        near(time("cpu_started"), value(`${id}.cpu_utilization_ratio`) * cpu_cores * horizon_s);
        if (log.some(({ kind }) => kind === "cancelled")) continue;
        near(time("waits_for_core"), value(`${id}.ready_queue_mean`) * horizon_s);
        near(time("waits_for_ram"), value(`${id}.ram_queue_mean`) * horizon_s);
        const queues = pools.map(({ name }) => value(`${id}.${name}_queue_mean`));
        expect(pools.length).toBe(id.startsWith("app") ? POOLS.length : 0);
        near(time("waits_for_pool"), queues.reduce((sum, mean) => sum + mean, 0) * horizon_s);
        if (replica_of !== undefined || tables === undefined || tables.length === 0) continue;
        const sites = plan.servers.filter((other) => other.id === id || other.replica_of?.primary === id);
        const waits_s = sites.map((site) => timeAfter(log, "waits_for_row", site.id, horizon_s));
        near(
          waits_s.reduce((sum, wait_s) => sum + wait_s, 0),
          value(`${id}.row_queue_mean`) * horizon_s,
        );
      }
      for (const { id, topics } of plan.brokers ?? []) {
        const time = (kind: ReplayKind): number => timeAfter(log, kind, id, horizon_s);
        const backlogs = topics.flatMap(({ name, groups }) =>
          groups.map((group) => value(`${group.id}.${name}_backlog_mean`)),
        );
        near(time("waits_for_consumer") + time("backs_off"), backlogs.reduce((sum, mean) => sum + mean, 0) * horizon_s);
        if (topics[0]!.capacity === Infinity || topics[0]!.on_full !== "block") continue;
        if (log.some(({ kind }) => kind === "cancelled")) continue;
        near(time("waits_for_room"), value(`${id}.${topics[0]!.name}_blocked_mean`) * horizon_s);
      }
    });
    fc.assert(law, runs);
  });
});
