import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, metricsOf, run, runPrepared, seriesOf, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { measured } from "./measured.js";
import { expectDrained } from "./expect-drained.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyTroubles, withTroubles } from "./random-faults.js";
import { anyGated } from "./random-gates.js";
import { anyPlaces } from "./random-places.js";
import { anyPlan, type PlanLimits } from "./random-plans.js";
import { replayed, stories } from "./replayed.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);

/** Callers that give up, CPUs of every kind, gates of servers and endpoints, queues before pools, and perhaps entrances before them. */
function anySystem(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  const calls = anyHastyCalls({ ...limits, undisturbed: limits.drains === true });
  return fc
    .tuple(anyPlaces(anyGated(calls)), fc.option(anyEntrance))
    .map(([plan, entrance]) => (entrance === null ? plan : withEntrance(plan, entrance)));
}

describe("run of servers with policies of their endpoints and pools", () => {
  it("run loses no request, and each that is turned away is counted where that was", () => {
    const law = fc.property(anyPlaces(anyGated(anyPlan())), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      const value = measured(plan, result);
      expect(result).toEqual(run(plan, seed, 0));
      const told = (kind: string): number => log.filter((happening) => happening.kind === kind).length;
      for (const kind of ["generated", "completed", "dropped", "rejected"]) {
        expect(told(kind)).toBe(value(`requests_${kind}`));
      }
      expect(told("failed")).toBe(value("requests_failed") + value("requests_timed_out"));
      const reasons = /\.(shed|queue_rejected|queue_dropped|rate_limited)$/;
      const turnedAway = metricsOf(plan).reduce(
        (sum, { name }, k) => sum + (reasons.test(name) ? result.metrics[k]! : 0),
        0,
      );
      expect(value("requests_rejected")).toBe(turnedAway);
    });
    fc.assert(law, lawCases(26));
  });

  it("run loses no request at any server: those that came have left, were turned away for a reason that is counted, or are there", () => {
    const law = fc.property(anyPlaces(anyGated(anyPlan())), seeds, (plan, seed) => {
      const whole = { ...plan, series_cell_s: plan.horizon_s };
      const { result, log } = replayed(whole, seed);
      const value = measured(whole, result);
      const waiting = [...stories(log).values()].flatMap((story) => {
        const { kind, component } = story.at(-1)!;
        return kind === "waits_for_limit" ? [component] : [];
      });
      for (const { id, cpu_cores } of plan.servers) {
        const came = log.filter(({ kind, component }) => kind === "entered" && component === id).length;
        const isOwn = (name: string): boolean => name.startsWith(`${id}.`) || name.startsWith(`${id}/`);
        const turnedAway = metricsOf(whole).reduce((sum, { name }, k) => {
          const isReason = isOwn(name) && /\.(shed|queue_rejected|queue_dropped|rate_limited)$/.test(name);
          return isReason ? sum + result.metrics[k]! : sum;
        }, 0);
        const there = seriesOf(whole).reduce(
          (sum, { name }, row) => {
            if (!isOwn(name)) return sum;
            if (/\.(ready_queue_mean|io_queue_mean|ram_queue_mean|request_queue_mean)$/.test(name))
              return sum + result.samples[row]!;
            return name.endsWith(".cpu_utilization_ratio") ? sum + result.samples[row]! * cpu_cores : sum;
          },
          waiting.filter((component) => component === id).length,
        );
        expect(came).toBeCloseTo(value(`${id}.requests_completed`) + turnedAway + there, 9);
      }
    });
    fc.assert(law, lawCases(26));
  });

  it("run gives the bits of a naive queue of events, after any other run, where callers give up and cancel and servers crash", () => {
    const plans = fc.tuple(anySystem(), fc.option(anyTroubles)).map(([plan, troubles]): Plan => {
      const detailed = { ...plan, series_cell_s: 0.1, warm_up_s: 0.4 };
      return troubles === null ? detailed : withTroubles(detailed, troubles);
    });
    const law = fc.property(plans, seeds, (plan, seed) => {
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 0);
      expect(runPrepared(simulation, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run leaves nothing behind when it drains: no frame, no place, nobody in a queue", () => {
    const law = fc.property(anySystem({ drains: true }), (plan) => void expectDrained(plan));
    fc.assert(law, runs);
  });

  it("run meets every reason to be turned away in the plans of these laws", () => {
    const found = new Map<string, number>();
    for (const plan of fc.sample(anySystem(), { ...runs, numRuns: 80 })) {
      const { metrics } = run(plan, 1, 0);
      for (const [k, { name }] of metricsOf(plan).entries()) {
        const reason = /\/.*\.(queue_rejected|queue_dropped|shed|rate_limited)$|\.\w+(_rejected)$/.exec(name);
        const kind = reason?.[1] ?? reason?.[2];
        if (kind !== undefined) found.set(kind, (found.get(kind) ?? 0) + metrics[k]!);
      }
    }
    expect([...found].filter(([, count]) => count <= 5)).toEqual([]);
    expect(found.size).toBe(5);
  });
});
