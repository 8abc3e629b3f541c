import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, runPrepared, type Plan } from "../src/index.js";
import { NOT_VISITING } from "../src/kernel/frame-extras.js";
import type { Frame } from "../src/kernel/frame.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { expectSubset } from "./expect-subset.js";
import { lawCases } from "./law-cases.js";
import { measured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyCalls } from "./random-calls.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyTroubles, withTroubles } from "./random-faults.js";
import { anyGated } from "./random-gates.js";
import { anyPlan, seedThatDrains } from "./random-plans.js";
import { replayed } from "./replayed.js";

const runs = lawCases(15);
const seeds = fc.nat(1_000_000);
const ENDS = ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => `requests_${end}`);
const CLASSES = ["gold", "silver"];

/** A plan in which every request has one of two classes. */
function classified(plan: Plan): Plan {
  const mix = CLASSES.map((name, k) => ({ weight: 1 + k, endpoint: `endpoint-${k}`, class: name }));
  return { ...plan, generators: plan.generators.map((generator) => ({ ...generator, mix })) };
}

const anyKind = fc
  .tuple(
    fc.oneof(anyPlan(), anyCalls(), anyHastyCalls(), anyGated(anyHastyCalls())),
    fc.option(anyEntrance),
    fc.option(anyTroubles),
  )
  .map(([plan, entrance, troubles]) => {
    const entered = entrance === null ? plan : withEntrance(plan, entrance);
    return classified(troubles === null ? entered : withTroubles(entered, troubles));
  });

describe("run with endpoint metrics", () => {
  it("run with endpoint metrics changes nothing else", () => {
    const law = fc.property(anyKind, seeds, (plan, seed) => {
      const without = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4 };
      const detailed = { ...without, endpoint_metrics: true };
      const [one, other] = [run(without, seed, 1), run(detailed, seed, 1)];
      expectSubset([without, one], [detailed, other]);
    });
    fc.assert(law, runs);
  });

  it("run with endpoint metrics gives the bits of the kernel in JavaScript with a naive queue of pending events", () => {
    const law = fc.property(anyKind, seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4, endpoint_metrics: true, detailed_series: true };
      const naive = simulationOf(detailed, openJavaScriptKernel(detailed, { pending: naivePendingEvents() }));
      expect(run(detailed, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run with endpoint metrics counts every visit once: those of all classes are those that a replay sees come, when all have left", () => {
    const draining = fc.tuple(anyCalls({ drains: true }), fc.option(anyEntrance)).map(([plan, entrance]) => {
      const named = { ...classified(plan), disruptions: [], endpoint_metrics: true };
      return entrance === null ? named : withEntrance(named, entrance);
    });
    let visits = 0;
    const law = fc.property(draining, (plan) => {
      const pending = naivePendingEvents();
      const kernel = openJavaScriptKernel(plan, { pending });
      const seed = seedThatDrains(plan);
      const value = measured(plan, runPrepared(simulationOf(plan, kernel), seed, 0));
      fc.pre(pending.nextTime() === Number.POSITIVE_INFINITY);
      const { frames } = kernel.frames as unknown as { readonly frames: readonly Frame[] };
      expect(frames.every(({ extras: { visit } }) => visit === NOT_VISITING)).toBe(true);
      const { log } = replayed(plan, seed);
      for (const { id } of plan.servers) {
        const came = log.filter(({ kind, component }) => kind === "entered" && component === id).length;
        const ended = CLASSES.flatMap((name) => ENDS.map((end) => value(`${id}.${name}.${end}`)));
        expect(ended.reduce((sum, count) => sum + count, 0)).toBe(came);
        visits += came;
      }
    });
    fc.assert(law, runs);
    expect(visits).toBeGreaterThan(1000);
  });

  it("run with endpoint metrics has all visits of a server that fails nobody in one endpoint: counts and times add up", () => {
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      const endpointsOf = ({ endpoints }: Plan["servers"][number]): Plan["servers"][number]["endpoints"] =>
        endpoints.map((it, k) => ({ ...it, name: `/${k}` }));
      const servers = plan.servers.map((server) => ({ ...server, endpoints: endpointsOf(server) }));
      const detailed = { ...plan, servers, disruptions: [], endpoint_metrics: true };
      const value = measured(detailed, run(detailed, seed, 0));
      for (const { id, endpoints } of servers) {
        const counts = endpoints.map(({ name }) => value(`${id}${name}.requests_completed`));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(value(`${id}.requests_completed`));
        const time_s = endpoints.reduce(
          (sum, { name }, k) => sum + (counts[k] === 0 ? 0 : counts[k]! * value(`${id}${name}.latency_s_mean`)),
          0,
        );
        const all = value(`${id}.requests_completed`);
        if (all > 0) expect(time_s / all).toBeCloseTo(value(`${id}.residence_s_mean`), 10);
      }
    });
    fc.assert(law, runs);
  });
});
