import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createSimulation,
  metricsOf,
  run,
  runPrepared,
  seriesOf,
  type GeneratorPlan,
  type NetworkPlan,
  type Plan,
} from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { liveFrames } from "./live-frames.js";
import { measured, runMeasured, type Measured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { constant } from "./plans.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyNetworkCalls, withSizes } from "./random-networks.js";
import { anyPlan, seedThatDrains } from "./random-plans.js";
import { replayed, stories } from "./replayed.js";
import { levelsLeft } from "./stays-when-drained.js";

const runs = lawCases(25);
const seeds = fc.nat(1_000_000);
const detailed = (plan: Plan): Plan => ({ ...plan, series_cell_s: 0.3, warm_up_s: 0.4 });
const anySystem = fc.oneof(anyPlan(), anyHastyCalls()).map(detailed);

/** The plan with this network at every edge. */
function withNetwork(plan: Plan, network: NetworkPlan): Plan {
  return { ...plan, edges: plan.edges.map((edge) => ({ ...edge, network })) };
}

/** Traces have sizes of their own. */
function withoutSizes(generator: GeneratorPlan): GeneratorPlan {
  if (generator.arrivals.kind !== "trace") return generator;
  const { kind, times_s, requests } = generator.arrivals;
  return { ...generator, arrivals: { kind, times_s, requests } };
}

/** What a run gives, of the metrics and series that `plain` has, too. */
function resultAmong(plan: Plan, plain: Plan, seed: number): unknown {
  const { metrics, series, samples, ...rest } = run(plan, seed, 0);
  const positions = metricsOf(plan).map(({ name }) => name);
  const rows = seriesOf(plan).map(({ name }) => name);
  const cells = series.length / rows.length;
  const rowsOf = (table: Float64Array): unknown =>
    seriesOf(plain).map(({ name }) => table.subarray(rows.indexOf(name) * cells, (rows.indexOf(name) + 1) * cells));
  return {
    ...rest,
    metrics: metricsOf(plain).map(({ name }) => metrics[positions.indexOf(name)]),
    series: rowsOf(series),
    samples: rowsOf(samples),
  };
}

const slow_start = { initial_window_segments: 1e6, mss_bytes: 1460 };
const retransmission = { timeout_s: 0.1, limit: 3 };

describe("run of networks", () => {
  it("run with bandwidth without a limit, windows that nothing exceeds and no retransmission changes no bit, whatever the sizes", () => {
    const law = fc.property(anySystem, seeds, (plain, seed) => {
      const sizes = [{ payload_kb: constant(5), response_kb: constant(900) }, {}];
      for (const network of [
        { bandwidth_mbps: Infinity },
        { slow_start, retransmission: { ...retransmission, limit: 0 } },
      ]) {
        const plan = withNetwork(withSizes(plain, sizes), network);
        expect(resultAmong(plan, plain, seed)).toEqual(resultAmong(plain, plain, seed));
      }
    });
    fc.assert(law, runs);
  });

  it("run with retransmission and no loss changes no bit, nor does a bandwidth for messages without a size", () => {
    const law = fc.property(anySystem, seeds, (lossy, seed) => {
      const edges = lossy.edges.map((edge) => ({ ...edge, dropout_ratio: 0 }));
      const plain = { ...lossy, edges, generators: lossy.generators.map(withoutSizes) };
      const plan = withNetwork(plain, { bandwidth_mbps: 0.001, slow_start, retransmission });
      expect(resultAmong(plan, plain, seed)).toEqual(resultAmong(plain, plain, seed));
    });
    fc.assert(law, runs);
  });

  it("run of networks gives the bits of the kernel in JavaScript with a naive queue of events, after any other run and in slices", () => {
    const law = fc.property(anyNetworkCalls().map(detailed), seeds, (plan, seed) => {
      const naive = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 0);
      simulation.reset(seed, 1);
      while (simulation.step(7));
      expect(simulation.result()).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of networks loses no request, and leaves nothing behind when it drains: no frame, no message, no transfer", () => {
    const law = fc.property(anyNetworkCalls({ drains: true, undisturbed: true }), (plan) => {
      const whole = { ...plan, series_cell_s: plan.horizon_s };
      const pending = naivePendingEvents();
      const kernel = openJavaScriptKernel(whole, { pending });
      const result = runPrepared(simulationOf(whole, kernel), seedThatDrains(plan), 0);
      const value = measured(whole, result);
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out", "in_flight"];
      const ended = ends.reduce((sum, end) => sum + value(`requests_${end}`), 0);
      expect(ended).toBe(value("requests_generated"));
      fc.pre(pending.nextTime() === Number.POSITIVE_INFINITY);
      expect(value("requests_in_flight")).toBe(0);
      expect(liveFrames(kernel.frames)).toBe(0);
      expect(levelsLeft(whole, result.samples)).toEqual([]);
    });
    fc.assert(law, runs);
  });

  it("run of networks conserves bytes, and takes the time for them that the bandwidth gives", () => {
    const KB = 3;
    const MBPS = 8;
    const law = fc.property(anyPlan({ drains: true }), (plain) => {
      const plan = withNetwork(withSizes(plain, [{ payload_kb: constant(KB), response_kb: constant(KB) }]), {
        bandwidth_mbps: MBPS,
        retransmission: { timeout_s: 0.001, limit: 30 },
      });
      const { log, result } = replayed(plan, seedThatDrains(plan));
      const value = measured(plan, result);
      fc.pre(value("requests_in_flight") === 0);
      for (const { id } of plan.edges) {
        const sent = log.filter(({ kind, component }) => kind === "sent" && component === id).length;
        const sum = (name: string): number =>
          metricsOf(plan)
            .filter((metric) => metric.name === `${id}.${name}` || metric.name === `${id}.response_${name}`)
            .reduce((total, metric) => total + value(metric.name), 0);
        expect(sum("transferred_mb")).toBeCloseTo((sent * KB) / 1000, 9);
        expect((sum("utilization_ratio") * plan.horizon_s * MBPS) / 8).toBeCloseTo((sent * KB) / 1000, 9);
      }
    });
    fc.assert(law, runs);
  });

  it("replay of networks gives the bits of run, and obeys Little's law of edges, waits for retransmissions included", () => {
    const law = fc.property(anyNetworkCalls(), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      expect(result).toEqual(run(plan, seed, 0));
      const value = measured(plan, result);
      const spent_s = new Map(plan.edges.map(({ id }) => [id, 0]));
      for (const story of stories(log).values()) {
        for (const [k, { kind, component, t_s }] of story.entries()) {
          if (kind !== "sent" && kind !== "retransmits") continue;
          spent_s.set(component, spent_s.get(component)! + (story[k + 1]?.t_s ?? plan.horizon_s) - t_s);
        }
      }
      for (const { id } of plan.edges) {
        expect(value(`${id}.connections_mean`) * plan.horizon_s).toBeCloseTo(spent_s.get(id)!, 9);
      }
    });
    fc.assert(law, runs);
  });

  it("run of networks meets all that can happen in the plans of these laws", () => {
    const plans = fc.sample(anyNetworkCalls(), { ...runs, numRuns: 80 });
    const values = plans.map((plan) => runMeasured(plan));
    const share = (happens: (plan: Plan, value: Measured) => boolean): number =>
      plans.filter((plan, k) => happens(plan, values[k]!)).length / plans.length;
    const anywhere = (ending: string, least: number): number =>
      share((plan, value) => metricsOf(plan).some(({ name }) => name.endsWith(ending) && value(name) > least));
    expect(anywhere(".retransmissions", 3)).toBeGreaterThan(0.2);
    expect(anywhere(".slow_start_s_mean", 0)).toBeGreaterThan(0.3);
    expect(anywhere(".transfers_max", 2)).toBeGreaterThan(0.3);
    expect(anywhere(".response_transfers_max", 1)).toBeGreaterThan(0.1);
    expect(share((_plan, value) => value("requests_dropped") > 0)).toBeGreaterThan(0.2);
    expect(share((_plan, value) => value("requests_timed_out") > 0)).toBeGreaterThan(0.1);
    expect(share((_plan, value) => value("requests_completed") > 10)).toBeGreaterThan(0.3);
    const cancels = plans.map((plan) => {
      const { log } = replayed(plan, 1);
      return [...stories(log).values()].some((story) =>
        story.some(({ kind }, k) => kind === "cancelled" && ["sent", "retransmits"].includes(story[k - 1]?.kind ?? "")),
      );
    });
    expect(cancels.filter(Boolean).length).toBeGreaterThan(2);
  });
});
