import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, PATIENT, run, runPrepared, type Plan } from "../src/index.js";
import { SortedWindow } from "../src/kernel/detection/sorted-window.js";
import { RollingLatency } from "../src/kernel/detection/rolling-latency.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { measured, runMeasured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyCalls } from "./random-calls.js";
import { anyDetection, watched, withDetection } from "./random-detection.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyPlan } from "./random-plans.js";
import { replayed } from "./replayed.js";

const runs = lawCases(12);
const seeds = fc.nat(1_000_000);
/** Equal ones among them. */
const latencies = fc.array(fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 10, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});

/** Type 7 of Hyndman and Fan (1996), from the definition. */
function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = 0.95 * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  return below + 1 < sorted.length ? low + (position - below) * (sorted[below + 1]! - low) : low;
}

describe("SortedWindow", () => {
  it("SortedWindow gives the 95th percentile of the values that are in it", () => {
    const law = fc.property(latencies, fc.integer({ min: 1, max: 20 }), (values, length) => {
      const window = new SortedWindow(length);
      for (const [k, value] of values.entries()) {
        if (k < length) window.add(value);
        else window.replace(values[k - length]!, value);
        expect(window.p95()).toBe(p95(values.slice(Math.max(0, k + 1 - length), k + 1)));
      }
    });
    fc.assert(law, lawCases(200));
  });
});

describe("RollingLatency", () => {
  it("RollingLatency compares a window with the one before it, and says nothing before there are two", () => {
    const growths = fc.constantFrom(0.1, 1, 3);
    const law = fc.property(latencies, fc.integer({ min: 1, max: 12 }), growths, (values, window, ratio) => {
      const rolling = new RollingLatency(window);
      for (const [k, value] of values.entries()) {
        rolling.add(value);
        const recent = values.slice(Math.max(0, k + 1 - window), k + 1);
        const before = values.slice(Math.max(0, k + 1 - 2 * window), Math.max(0, k + 1 - window));
        const isWhole = before.length === window;
        expect(rolling.hasGrown(ratio)).toBe(isWhole && p95(recent) > p95(before) * (1 + ratio));
      }
    });
    fc.assert(law, lawCases(200));
  });
});

/** What both plans measure, of the first one's names. */
function commonMetrics(plan: Plan, changed: Plan, seed: number): readonly (readonly number[])[] {
  const value = runMeasured(changed, seed);
  const names = metricsOf(plan).map(({ name }) => name);
  return [[...run(plan, seed, 0).metrics], names.map((name) => value(name))];
}

describe("run with detectors", () => {
  it("run changes no bit for detectors, for throttles that do not delay and for injectors that never strike", () => {
    const law = fc.property(anyPlan(), anyEntrance, anyDetection, seeds, (plan, entrance, detection, seed) => {
      const idle = {
        ...detection,
        throttle: { degraded_delay_s: 0, collapsed_delay_s: 0 },
        injector: { ...detection.injector, drop_ratio: 0, pressure_drop_ratio: 0, latency_ratio: 0, error_ratio: 0 },
      };
      const entered = withEntrance(plan, entrance);
      const [plain, changed] = commonMetrics(entered, withDetection(entered, idle), seed);
      expect(changed).toEqual(plain);
      // Nor for what is always asked and never says yes.
      const never = {
        ...idle,
        injector: { ...idle.injector, latency_ratio: 1e-300, error_ratio: 1e-300, drop_ratio: 1e-300 },
      };
      expect(commonMetrics(entered, withDetection(entered, never), seed)[1]).toEqual(plain);
    });
    fc.assert(law, runs);
  });

  it("run gives what is drawn by an injector from streams of its own: arrivals do not change", () => {
    const law = fc.property(anyPlan(), anyDetection, seeds, (plan, detection, seed) => {
      const still = { ...detection, throttle: { degraded_delay_s: 0, collapsed_delay_s: 0 } };
      const value = runMeasured(withDetection(plan, still), seed);
      expect(value("requests_generated")).toBe(runMeasured(plan, seed)("requests_generated"));
    });
    fc.assert(law, runs);
  });

  it("run loses no request and no time: requests end once, states add up to the time, collapses to their causes", () => {
    const law = fc.property(anyPlan(), anyEntrance, anyDetection, seeds, (plan, entrance, detection, seed) => {
      const detected: Plan = { ...withDetection(withEntrance(plan, entrance), detection), warm_up_s: 0.4 };
      const { result, log } = replayed(detected, seed);
      expect(result).toEqual(run(detected, seed, 0));
      const value = measured({ ...detected, warm_up_s: 0 }, run({ ...detected, warm_up_s: 0 }, seed, 0));
      for (const kind of ["generated", "completed", "failed", "dropped", "rejected"] as const) {
        expect(log.filter((happening) => happening.kind === kind).length).toBe(value(`requests_${kind}`));
      }
      for (const { id } of detected.detectors ?? []) {
        const of = (name: string): number => measured(detected, result)(`${id}.${name}`);
        const counted_s = detected.horizon_s - detected.warm_up_s;
        expect(of("stable_s") + of("degraded_s") + of("collapsed_s")).toBeCloseTo(counted_s, 9);
        expect(of("state_mean") * counted_s).toBeCloseTo(of("degraded_s") + 2 * of("collapsed_s"), 9);
        const causes = ["worker_starvation", "fault_propagation", "queue_overflow", "congestion", "latency_cascade"];
        expect(causes.reduce((sum, cause) => sum + of(`cause_${cause}`), 0)).toBe(of("collapses"));
        expect(of("collapsed")).toBe(Number.isNaN(of("first_collapse_s")) ? 0 : 1);
        expect(of("degraded")).toBe(Number.isNaN(of("first_degraded_s")) ? 0 : 1);
        if (of("collapsed") === 1) expect(of("first_collapse_s")).toBeGreaterThanOrEqual(of("first_degraded_s"));
        expect(of("state_worst")).toBe(Math.max(of("degraded"), 2 * of("collapsed")));
        expect(of("state_last")).toBeLessThanOrEqual(of("state_worst"));
      }
    });
    fc.assert(law, runs);
  });

  it("run of calls whose callers give up gives the same bits in the other kernel, and leaves nobody behind", () => {
    const hasty = { ...PATIENT, timeout_s: 0.01, cancels: true };
    const policies = fc.constantFrom(PATIENT, hasty, { ...hasty, cancels: false });
    const law = fc.property(anyCalls(), anyEntrance, anyDetection, policies, (plan, entrance, detection, policy) => {
      const generators = plan.generators.map((generator) => ({ ...generator, policy }));
      const calls = {
        ...withDetection(withEntrance({ ...plan, generators }, entrance), detection),
        series_cell_s: 0.2,
      };
      const kernel = openJavaScriptKernel(calls, { pending: naivePendingEvents() });
      expect(runPrepared(simulationOf(calls, kernel), 5, 0)).toEqual(run(calls, 5, 0));
      const value = runMeasured(calls, 5);
      const ended = ["completed", "failed", "dropped", "rejected", "timed_out", "in_flight"];
      expect(ended.reduce((sum, way) => sum + value(`requests_${way}`), 0)).toBe(value("requests_generated"));
    });
    fc.assert(law, lawCases(12));
  });

  it("run of a detector beside another gives what each gives alone", () => {
    const law = fc.property(anyPlan(), anyDetection, seeds, (plan, { detectors, capacity }, seed) => {
      const buffer = { servers: plan.servers.map(({ id }) => id), capacity };
      const both = watched(plan, detectors, buffer);
      const alone = { ...both, detectors: both.detectors!.slice(-1) };
      const [plain, changed] = commonMetrics(alone, both, seed);
      expect(changed).toEqual(plain);
    });
    fc.assert(law, runs);
  });
});
