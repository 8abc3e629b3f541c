import type { DisruptionPlan, EffectPlan, FactorPlan, FaultEffectPlan, FaultPlan } from "@loadstar/engine";
import type { ResolvedEffect, ResolvedEvent, ResolvedFault } from "../model/resolved-scenario.js";

/** Compiles an event on a part of the system; nothing for a surge, which is a factor of a rate. */
export function compileEvent(event: ResolvedEvent): readonly DisruptionPlan[] {
  const { target_id, t_start, t_end } = event;
  return compileEffect(event, { target: target_id, start_s: t_start, end_s: t_end });
}

/** Compiles a fault whose targets fail together. */
export function compileFault(fault: ResolvedFault): FaultPlan {
  const { fault_id, targets, mtbf_s, mttr_s } = fault;
  const effects = targets.flatMap((target) => compileFaultEffect(fault, target));
  const repair = mttr_s === null ? {} : { time_to_repair_s: mttr_s };
  return { id: fault_id, time_to_failure_s: mtbf_s, ...repair, effects };
}

/** What happens by chance only in this way: surges are no factors of a known profile, and flushes no events. */
function compileFaultEffect(fault: ResolvedFault, target: string): readonly FaultEffectPlan[] {
  if (fault.kind === "traffic_surge") return [{ kind: fault.kind, target, factor: fault.factor }];
  if (fault.kind === "cache_flush") return [{ kind: fault.kind, target }];
  return compileEffect(fault, { target });
}

/** The surges of a generator, as factors of its rate. */
export function compileSurges(generator: string, events: readonly ResolvedEvent[]): readonly FactorPlan[] {
  return events.flatMap((event) => {
    if (event.kind !== "traffic_surge" || event.target_id !== generator) return [];
    const { factor, t_start, t_end } = event;
    const pieces = [
      { start_s: 0, from: 1, to: 1 },
      { start_s: t_start, from: factor, to: factor },
      { start_s: t_end, from: 1, to: 1 },
    ];
    // Two pieces that start at 0 would be one of no length.
    return [{ kind: "pieces", pieces: t_start === 0 ? pieces.slice(1) : pieces, period_s: 0, phase_s: 0 }];
  });
}

/** Where it happens; for an event, when it does as well. */
function compileEffect<Place extends { readonly target: string }>(
  effect: ResolvedEffect,
  place: Place,
): readonly (EffectPlan & Place)[] {
  switch (effect.kind) {
    case "server_down":
    case "crash":
      return [{ kind: effect.kind, ...place }];
    case "slow_down": {
      const { kind, factor, io_factor } = effect;
      return [{ kind, ...place, factor, ...(io_factor === undefined ? {} : { io_factor }) }];
    }
    case "error_spike":
      return [{ kind: effect.kind, ...place, error_ratio: effect.error_ratio }];
    case "pool_exhaustion":
      return [{ kind: effect.kind, ...place, pool: effect.pool, units: effect.units ?? Number.POSITIVE_INFINITY }];
    case "gc_storm": {
      const { kind, factor, length_factor } = effect;
      return [{ kind, ...place, factor, length_factor }];
    }
    case "network_spike":
      return [{ kind: effect.kind, ...place, spike_s: effect.spike_s }];
    case "network_degraded": {
      const { kind, loss_ratio, bandwidth_ratio, spike_s } = effect;
      return [{ kind, ...place, loss_ratio, bandwidth_ratio, spike_s }];
    }
    case "network_partition":
      return [{ kind: effect.kind, ...place }];
    case "brown_out": {
      const { factor, io_factor, error_ratio } = effect;
      const isSlow = factor !== 1 || io_factor !== 1;
      return [
        ...(isSlow ? [{ kind: "slow_down" as const, ...place, factor, io_factor }] : []),
        ...(error_ratio > 0 ? [{ kind: "error_spike" as const, ...place, error_ratio }] : []),
      ];
    }
    case "memory_leak": {
      const { kind, mb_per_s, mb_per_request } = effect;
      return [{ kind, ...place, mb_per_s, mb_per_request }];
    }
    case "traffic_surge":
      return [];
  }
}
