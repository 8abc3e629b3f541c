import { DEFAULTS } from "../model/defaults.js";
import { DETECTOR_ID, TREND_INTERVALS, type Detector, type Injector, type Throttle } from "../model/detector.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedDetector, ResolvedInjector, ResolvedThrottle } from "../model/resolved-detector.js";
import type { Scenario } from "../model/scenario.js";
import { resolveDuration } from "./resolve-distribution.js";

/** All detectors of a scenario, with every default explicit. */
export function resolveDetectors({ detector, detectors }: Scenario): readonly ResolvedDetector[] {
  const one = detector === undefined ? [] : [{ ...detector, id: detector.id ?? DETECTOR_ID }];
  return [...one, ...(detectors ?? [])].map(resolveDetector);
}

function resolveDetector(detector: Detector): ResolvedDetector {
  const interval_s = detector.interval_s ?? DEFAULTS.detector_interval_s;
  return {
    id: detector.id,
    nodes: [detector.node],
    capacity: detector.capacity ?? null,
    interval_s,
    trend_s: detector.trend_s ?? TREND_INTERVALS * interval_s,
    window: detector.window ?? DEFAULTS.window,
    degraded_ratio: detector.degraded_ratio ?? DEFAULTS.degraded_ratio,
    collapsed_ratio: detector.collapsed_ratio ?? DEFAULTS.collapsed_ratio,
    latency_growth_ratio: detector.latency_growth_ratio ?? DEFAULTS.latency_growth_ratio,
    failed_ratio: detector.failed_ratio ?? DEFAULTS.failed_ratio,
  };
}

export function resolveThrottle(throttle: Throttle): ResolvedThrottle {
  if (throttle.detector !== undefined) {
    const { detector, degraded_delay_s, collapsed_delay_s } = throttle;
    return {
      detector,
      degraded_delay_s: degraded_delay_s ?? DEFAULTS.degraded_delay_s,
      collapsed_delay_s: collapsed_delay_s ?? DEFAULTS.collapsed_delay_s,
    };
  }
  return {
    nodes: [throttle.node ?? ""],
    queue_above: throttle.queue_above ?? null,
    latency_above_s: throttle.latency_above_s ?? null,
    window: throttle.window ?? DEFAULTS.window,
    delay_s: throttle.delay_s ?? DEFAULTS.throttle_delay_s,
  };
}

export function resolveInjector(injector: Injector, dialect: Dialect): ResolvedInjector {
  return {
    drop_ratio: injector.drop_ratio ?? DEFAULTS.injected_ratio,
    pressure_drop_ratio: injector.pressure_drop_ratio ?? DEFAULTS.injected_ratio,
    capacity: injector.capacity ?? null,
    latency_ratio: injector.latency_ratio ?? DEFAULTS.injected_ratio,
    latency_s: resolveDuration(injector.latency_s ?? 0, dialect),
    error_ratio: injector.error_ratio ?? DEFAULTS.injected_ratio,
  };
}
