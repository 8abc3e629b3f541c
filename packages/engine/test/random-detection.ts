import fc from "fast-check";
import type { DetectorPlan, DetectorThrottlePlan, InjectorPlan, LoadThrottlePlan, Plan } from "../src/index.js";
import { anyDistribution } from "./random-plans.js";

/** Detectors, injectors and throttles of a plan. */
export interface RandomDetection {
  readonly detectors: readonly Omit<DetectorPlan, "id" | "buffer">[];
  readonly capacity: number;
  readonly injector: Omit<InjectorPlan, "capacity">;
  readonly throttle: Omit<DetectorThrottlePlan, "detector"> | Omit<LoadThrottlePlan, "servers">;
}

/** A look every few milliseconds, at times that nothing else happens at. */
const anyDetector: fc.Arbitrary<Omit<DetectorPlan, "id" | "buffer">> = fc.record({
  interval_s: fc.constantFrom(0.0371, 0.1013, 0.3007),
  trend_intervals: fc.integer({ min: 1, max: 5 }),
  window: fc.integer({ min: 1, max: 12 }),
  degraded_ratio: fc.constantFrom(0.1, 0.4),
  collapsed_ratio: fc.constantFrom(0.4, 0.85),
  latency_growth_ratio: fc.constantFrom(0.5, 1, 4),
  failed_ratio: fc.constantFrom(0.1, 0.5),
});

export const anyDetection: fc.Arbitrary<RandomDetection> = fc.record({
  detectors: fc.array(anyDetector, { minLength: 1, maxLength: 2 }),
  capacity: fc.constantFrom(2, 6, 20),
  injector: fc.record({
    drop_ratio: fc.constantFrom(0, 0.1),
    pressure_drop_ratio: fc.constantFrom(0, 0.5, 3),
    latency_ratio: fc.constantFrom(0, 0.2),
    latency_s: anyDistribution,
    error_ratio: fc.constantFrom(0, 0.1),
  }),
  throttle: fc.oneof(
    fc.record({ degraded_delay_s: fc.constantFrom(0, 0.02), collapsed_delay_s: fc.constantFrom(0, 0.1) }),
    fc.record({
      queue_above: fc.constantFrom(0, 3, Infinity),
      latency_above_s: fc.constantFrom(0.005, 0.1, Infinity),
      window: fc.integer({ min: 1, max: 12 }),
      delay_s: fc.constantFrom(0, 0.03),
    }),
  ),
});

/** The plan with detectors that watch all servers or the first, injectors at all of them, and throttles of all generators. */
export function withDetection(plan: Plan, { detectors, capacity, injector, throttle }: RandomDetection): Plan {
  const servers = plan.servers.map(({ id }) => id);
  return {
    ...watched(plan, detectors, { servers, capacity }),
    servers: plan.servers.map((server) => ({ ...server, injector: { ...injector, capacity } })),
    generators: plan.generators.map((generator) => ({
      ...generator,
      throttle: "delay_s" in throttle ? { ...throttle, servers } : { ...throttle, detector: "detector-0" },
    })),
  };
}

/** The plan with detectors, the second of which watches the first server only. */
export function watched(plan: Plan, detectors: RandomDetection["detectors"], buffer: DetectorPlan["buffer"]): Plan {
  return {
    ...plan,
    detectors: detectors.map((detector, index) => ({
      ...detector,
      id: `detector-${index}`,
      buffer: index === 0 ? buffer : { ...buffer, servers: buffer.servers.slice(0, 1) },
    })),
  };
}
