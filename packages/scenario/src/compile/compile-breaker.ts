import type { BreakerPlan } from "@loadstar/engine";
import type { BreakerKeys } from "../model/call-policy.js";
import { DEFAULTS } from "../model/defaults.js";

/** Compiles a circuit breaker; `slow_calls` without `slower_than_s` has been refused before. */
export function compileBreaker(breaker: BreakerKeys): BreakerPlan {
  const { kind, failures, slower_than_s, window_s, threshold_ratio, min_requests, open_s, half_open_probes } = breaker;
  const common = {
    open_s: open_s ?? DEFAULTS.open_s,
    half_open_probes: half_open_probes ?? DEFAULTS.half_open_probes,
  };
  if (kind === "consecutive") return { kind, failures: failures ?? DEFAULTS.failures, ...common };
  const window = {
    window_s: window_s ?? DEFAULTS.window_s,
    threshold_ratio: threshold_ratio ?? DEFAULTS.threshold_ratio,
    min_requests: min_requests ?? DEFAULTS.min_requests,
  };
  if (kind === "error_rate") return { kind, ...window, ...common };
  return { kind, slower_than_s: slower_than_s ?? 0, ...window, ...common };
}
