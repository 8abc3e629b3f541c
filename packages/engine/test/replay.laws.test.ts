import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, type Plan, type ReplayKind } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { measured } from "./measured.js";
import { anyPlan } from "./random-plans.js";
import { replayed, stories, type Happening } from "./replayed.js";

const runs = lawCases(60);
const seeds = fc.nat(1_000_000);
const budgets = fc.constantFrom(
  { events: 1e12, live_requests: 1e9 },
  { events: 1e12, live_requests: 1e9 },
  { events: 150, live_requests: 1e9 },
  { events: 1e12, live_requests: 6 },
);
const ENDS: ReadonlySet<ReplayKind> = new Set(["completed", "dropped", "failed"]);

/** Time that requests spend after a happening of one of `kinds` at `component`, each until the next that happens to it [s]. */
function timeAfter(
  log: readonly Happening[],
  {
    kinds,
    component,
    horizon_s,
  }: { readonly kinds: readonly ReplayKind[]; readonly component: string; readonly horizon_s: number },
): number {
  let sum = 0;
  for (const story of stories(log).values()) {
    for (const [position, { kind, component: place, t_s }] of story.entries()) {
      if (kinds.includes(kind) && place === component) sum += (story[position + 1]?.t_s ?? horizon_s) - t_s;
    }
  }
  return sum;
}

function near(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
}

function count(log: readonly Happening[], kind: ReplayKind, component?: string): number {
  return log.filter((it) => it.kind === kind && (component === undefined || it.component === component)).length;
}

describe("replay", () => {
  it("replay gives the bits of run, whatever the plan, and however the run ends", () => {
    const law = fc.property(anyPlan(), budgets, seeds, fc.nat(100), (plan, budget, seed, replication) => {
      const detailed: Plan = { ...plan, budget, series_cell_s: 0.1, warm_up_s: 0.5 };
      expect(replayed(detailed, seed, replication).result).toEqual(run(detailed, seed, replication));
    });
    fc.assert(law, runs);
  });

  it("replay tells stories: in order of time, each begun by its generation, none going on after its end", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const { log } = replayed(plan, seed);
      expect(log.every(({ t_s }, row) => row === 0 || t_s >= log[row - 1]!.t_s)).toBe(true);
      expect(log.filter(({ kind }) => kind === "generated").map(({ request }) => request)).toEqual([
        ...stories(log).keys(),
      ]);
      for (const [request, story] of stories(log)) {
        expect(story[0]).toMatchObject({ request, kind: "generated" });
        expect(story.filter(({ kind }) => kind === "generated").length).toBe(1);
        expect(story.slice(0, -1).some(({ kind }) => ENDS.has(kind))).toBe(false);
      }
    });
    fc.assert(law, runs);
  });

  it("replay tells what the metrics count: requests, losses and visits, and latencies to the last bit", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      for (const kind of ["generated", "completed", "failed", "dropped"] as const) {
        expect(count(log, kind)).toBe(value(`requests_${kind}`));
      }
      for (const { id } of plan.edges) expect(count(log, "dropped", id)).toBe(value(`${id}.dropped`));
      for (const { id } of plan.servers) expect(count(log, "left", id)).toBe(value(`${id}.requests_completed`));
      const ended = [...stories(log).values()].filter((story) => story.at(-1)!.kind === "completed");
      const latencies = ended.map((story) => story.at(-1)!.t_s - story[0]!.t_s);
      if (latencies.length === 0) return;
      expect(Math.max(...latencies)).toBe(value("latency_s_max"));
      expect(Math.min(...latencies)).toBe(value("latency_s_min"));
    });
    fc.assert(law, runs);
  });

  it("replay tells where time goes: its waits and steps make up the means of all queues, cores and edges", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      const { horizon_s } = plan;
      const time = (component: string, ...kinds: readonly ReplayKind[]): number =>
        timeAfter(log, { kinds, component, horizon_s });
      for (const { id, cpu_cores } of plan.servers) {
        near(time(id, "waits_for_core"), value(`${id}.ready_queue_mean`) * horizon_s);
        near(time(id, "waits_for_ram"), value(`${id}.ram_queue_mean`) * horizon_s);
        near(time(id, "io_started"), value(`${id}.io_queue_mean`) * horizon_s);
        near(time(id, "cpu_started"), value(`${id}.cpu_utilization_ratio`) * cpu_cores * horizon_s);
        // What does not last: whatever comes next comes at once.
        expect(time(id, "entered", "ram_reserved", "core_taken", "core_released", "left")).toBe(0);
      }
      for (const { id } of plan.edges) near(time(id, "sent"), value(`${id}.connections_mean`) * horizon_s);
    });
    fc.assert(law, runs);
  });

  it("replay tells of cores that are taken and released in turns, never more than there are", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const { log } = replayed(plan, seed);
      for (const { id, cpu_cores } of plan.servers) {
        let taken = 0;
        for (const { kind, component } of log) {
          if (component !== id) continue;
          if (kind === "core_taken") taken++;
          if (kind === "core_released") taken--;
          expect(taken >= 0 && taken <= cpu_cores).toBe(true);
        }
      }
    });
    fc.assert(law, runs);
  });
});
