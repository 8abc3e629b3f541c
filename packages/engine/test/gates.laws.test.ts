import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, metricsOf, run, runPrepared, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { measured, runMeasured } from "./measured.js";
import { expectDrained } from "./expect-drained.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { withPolicies } from "./random-breakers.js";
import { anyGated, neutral, withGates } from "./random-gates.js";
import { anyPlan, type PlanLimits } from "./random-plans.js";
import { replayed, stories } from "./replayed.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);

/** Callers that give up, CPUs of every kind, gates, and perhaps entrances before them. */
function anySystem(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  return fc
    .tuple(anyGated(anyHastyCalls({ ...limits, undisturbed: limits.drains === true })), fc.option(anyEntrance))
    .map(([plan, entrance]) => (entrance === null ? plan : withEntrance(plan, entrance)));
}

/** Requests of `anyPlan` that are given up soon, which servers know. */
const anyHastyPlan = anyGated(anyPlan()).map((plan) =>
  withPolicies(plan, (policy) => ({ ...policy, timeout_s: 0.005, propagates: true })),
);

describe("run of servers with gates", () => {
  it("run changes no bit for gates that let everybody in", () => {
    const law = fc.property(fc.oneof(anyGated(anyPlan()), anySystem()), seeds, (plan, seed) => {
      const plain = withGates(plan, () => undefined);
      const open = withGates(plan, ({ gate }) => (gate === undefined ? undefined : neutral(gate)));
      const value = runMeasured(open, seed);
      const names = metricsOf(plain).map(({ name }) => name);
      const result = run(plain, seed, 0);
      expect(names.map((name) => value(name))).toEqual([...result.metrics]);
      expect(run(open, seed, 0).events).toBe(result.events);
    });
    fc.assert(law, runs);
  });

  it("run loses no request: all that were generated completed, ended for a reason that is counted, or are in flight", () => {
    const law = fc.property(anyGated(anyPlan()), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      expect(result).toEqual(run(plan, seed, 0));
      for (const kind of ["generated", "completed", "failed", "dropped", "rejected"] as const) {
        expect(log.filter((happening) => happening.kind === kind).length).toBe(value(`requests_${kind}`));
      }
      let turnedAway = 0;
      for (const { id, gate } of plan.servers) {
        if (gate === undefined) continue;
        turnedAway += value(`${id}.shed`);
        if (gate.limit === null) continue;
        turnedAway += value(`${id}.queue_rejected`) + value(`${id}.queue_dropped`);
        const most = gate.limit.kind === "fixed" ? gate.limit.limit : gate.limit.max;
        expect(value(`${id}.concurrency_max`)).toBeLessThanOrEqual(most);
        expect(value(`${id}.concurrency_limit_mean`)).toBeLessThanOrEqual(most + 1e-9);
        expect(value(`${id}.request_queue_max`)).toBeLessThanOrEqual(gate.queue.capacity);
      }
      expect(value("requests_rejected")).toBe(turnedAway);
    });
    fc.assert(law, lawCases(26));
  });

  it("run obeys Little's law behind the gate: the area of those at work is that of memory queue, ready queue and steps", () => {
    const law = fc.property(anyGated(anyPlan()), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      for (const { id, cpu_cores, gate } of plan.servers) {
        if (gate === undefined) continue;
        const queues = value(`${id}.ready_queue_mean`) + value(`${id}.ram_queue_mean`);
        const busy = value(`${id}.io_queue_mean`) + value(`${id}.cpu_utilization_ratio`) * cpu_cores;
        expect(Math.abs(queues + busy - value(`${id}.concurrency_mean`))).toBeLessThan(1e-9);
      }
    });
    fc.assert(law, runs);
  });

  it("run has waits in its queues as long as the log says, wherever who waits goes from there", () => {
    const law = fc.property(anySystem(), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      const waited_s = new Map<string, number>();
      for (const story of stories(log).values()) {
        for (const [position, { kind, component, t_s }] of story.entries()) {
          if (kind !== "waits_in_queue") continue;
          const until_s = story[position + 1]?.t_s ?? plan.horizon_s;
          waited_s.set(component, (waited_s.get(component) ?? 0) + until_s - t_s);
        }
      }
      for (const { id, gate } of plan.servers) {
        if (gate === undefined || gate.limit === null) continue;
        const area = value(`${id}.request_queue_mean`) * plan.horizon_s;
        expect(Math.abs(area - (waited_s.get(id) ?? 0))).toBeLessThanOrEqual(1e-9 * (1 + area));
      }
    });
    fc.assert(law, runs);
  });

  it("run gives the bits of a naive queue of events, after any other run, where callers give up and cancel", () => {
    const detailed = anySystem().map((plan): Plan => ({ ...plan, series_cell_s: 0.1, warm_up_s: 0.4 }));
    const law = fc.property(detailed, seeds, (plan, seed) => {
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 0);
      expect(runPrepared(simulation, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run leaves nothing behind when it drains: no frame, no place, nobody in the queue", () => {
    const law = fc.property(anySystem({ drains: true }), (plan) => void expectDrained(plan));
    fc.assert(law, runs);
  });

  it("run meets every reason to be turned away in the plans of these laws, and callers that give up in queues", () => {
    const found = new Map<string, number>();
    for (const plan of fc.sample(fc.oneof(anySystem(), anyHastyPlan), { ...runs, numRuns: 150 })) {
      const { metrics } = run(plan, 1, 0);
      for (const [k, { name }] of metricsOf(plan).entries()) {
        const reason = /\.(queue_rejected|queue_dropped|shed|queue_expired|request_queue_max)$/.exec(name)?.[1];
        if (reason !== undefined) found.set(reason, (found.get(reason) ?? 0) + metrics[k]!);
      }
    }
    expect([...found].filter(([, count]) => count <= 5)).toEqual([]);
    expect(found.size).toBe(5);
  });
});
