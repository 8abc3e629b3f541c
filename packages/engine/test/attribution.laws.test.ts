import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay, run, runPrepared, type Plan, type RunResult } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { NumberWriter } from "../src/platform/number-writer.js";
import { Attribution, CATEGORIES, CATEGORY_OTHER } from "../src/record/attribution.js";
import type { Frame } from "../src/kernel/frame.js";
import { Trace } from "../src/record/trace.js";
import { simulationOf } from "../src/simulation.js";
import { sharesIn } from "./attribution-shares.js";
import { lawCases } from "./law-cases.js";
import { measured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyMessaging } from "./random-brokers.js";
import { anyCalls } from "./random-calls.js";
import { anyCpuPlan } from "./random-cpus.js";
import { anyDetection, withDetection } from "./random-detection.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyGated } from "./random-gates.js";
import { anyLlms } from "./random-llms.js";
import { anyNetworkCalls } from "./random-networks.js";

const runs = lawCases(20);
const seeds = fc.nat(1_000_000);
/** Calls, some of them through entrances or with injected faults, or gates, servers that schedule their CPU, networks and messages. */
const anySystem = fc.oneof(
  anyCalls(),
  fc.tuple(anyCalls(), anyEntrance).map(([plan, entrance]) => withEntrance(plan, entrance)),
  anyGated(anyCalls()),
  fc.tuple(anyCalls(), anyDetection).map(([plan, detection]) => withDetection(plan, detection)),
  anyCpuPlan(),
  anyLlms(),
  anyNetworkCalls(),
  anyMessaging(),
);
const attributed = anySystem.map((plan): Plan => ({ ...plan, attribution: true, series_cell_s: 0.3 }));

/** A trace that attributes, and can be asked. */
class AskedTrace extends Trace {
  readonly asked = new Attribution();

  override reset(warm_up_s: number, cells: number): void {
    this.asked.reset(warm_up_s, cells);
  }

  override record<Place>(kind: number, frame: Frame, _place: Place, now: number): void {
    this.asked.hear(kind, frame, now);
  }

  /** Requests that completed, and their time by category [s]. */
  sums(): { readonly count: number; readonly sums_s: Float64Array } {
    const writer = new NumberWriter();
    this.asked.save(writer);
    const reader = new NumberReader(writer.values);
    const sums_s = new Float64Array(CATEGORIES);
    let count = 0;
    while (reader.int() >= 0) {
      count += reader.number();
      for (const [category, part_s] of reader.numbers(CATEGORIES).entries()) sums_s[category]! += part_s;
    }
    return { count, sums_s };
  }
}

describe("Attribution", () => {
  it("Attribution has every second of every latency, and knows what each was", () => {
    const law = fc.property(anySystem, seeds, fc.constantFrom(0, 0.7), (plan, seed, warm_up_s) => {
      const warm = { ...plan, warm_up_s };
      const trace = new AskedTrace();
      const result = runPrepared(simulationOf(warm, openJavaScriptKernel(warm, { trace })), seed, 0);
      const value = measured(warm, result);
      const { count, sums_s } = trace.sums();
      expect(count).toBe(value("requests_completed"));
      expect(sums_s[CATEGORY_OTHER]).toBe(0);
      if (count === 0) return;
      const sum_s = sums_s.reduce((sum, part_s) => sum + part_s, 0);
      expect(Math.abs(sum_s - count * value("latency_s_mean"))).toBeLessThanOrEqual(1e-9 * (1 + sum_s));
      expect(sums_s.every((part_s) => part_s >= -1e-12)).toBe(true);
    });
    fc.assert(law, runs);
  });
});

describe("run with attribution", () => {
  it("run with attribution gives the bits of the kernel in JavaScript, of a replay, and after any other run", () => {
    const law = fc.property(attributed, seeds, (plan, seed) => {
      const whole = run(plan, seed, 1);
      const simulation = simulationOf(plan, openJavaScriptKernel(plan, { pending: naivePendingEvents() }));
      runPrepared(simulation, seed + 1, 0);
      expect(runPrepared(simulation, seed, 1)).toEqual(whole);
      expect(resultOf(plan, seed)).toEqual(whole);
    });
    fc.assert(law, runs);
  });

  it("run with attribution changes nothing else", () => {
    const law = fc.property(attributed, seeds, (plan, seed) => {
      const plainPlan = { ...plan, attribution: false };
      const [plain, full] = [run(plainPlan, seed, 1), run(plan, seed, 1)];
      expect({ ...full, metrics: undefined }).toEqual({ ...plain, metrics: undefined });
      const value = measured(plan, full);
      for (const statistic of ["mean", "p50", "p95", "p99"]) {
        const sum = sharesIn(plan, value, statistic).reduce((total, [, share]) => total + share, 0);
        if (value("latency_s_max") > 0 && !Number.isNaN(sum)) expect(sum).toBeCloseTo(1, 9);
      }
    });
    fc.assert(law, runs);
  });
});

function resultOf(plan: Plan, seed: number): RunResult {
  const pieces = replay(plan, seed, 1);
  for (let piece = pieces.next(); ; piece = pieces.next()) if (piece.done === true) return piece.value;
}
