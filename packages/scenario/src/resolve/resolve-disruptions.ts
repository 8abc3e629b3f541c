import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { Deploy, EffectKeys, Fault } from "../model/fault.js";
import { eventTargets, type ReplicaSet } from "../model/replica-set.js";
import type { ResolvedEffect, ResolvedEvent, ResolvedFault } from "../model/resolved-scenario.js";
import type { ScenarioEvent } from "../model/scenario.js";
import { resolveDuration } from "./resolve-distribution.js";

/** Makes the two halves of an event one; a flush is none. */
export function resolveEvent({ event_id, target_id, start, end }: ScenarioEvent): readonly ResolvedEvent[] {
  if (start.kind === "cache_flush" || end === undefined) return [];
  return [{ event_id, target_id, t_start: start.t_start, t_end: end.t_end, ...resolveEffect(start.kind, start) }];
}

/** Makes everything about a fault explicit. */
export function resolveFault(fault: Fault, dialect: Dialect): ResolvedFault {
  const { target_id, kind, mtbf_s, mttr_s } = fault;
  return {
    fault_id: fault.fault_id ?? `${target_id}-${kind}`,
    target_id,
    targets: [target_id],
    correlated: fault.correlated ?? DEFAULTS.correlated,
    mtbf_s: resolveDuration(mtbf_s, dialect),
    mttr_s: mttr_s === undefined ? null : resolveDuration(mttr_s, dialect),
    ...(kind === "cache_flush" ? { kind } : resolveEffect(kind, fault)),
  };
}

/** A deploy is an event for each of its servers. */
export function eventsOfDeploy(deploy: Deploy, servers: readonly ReplicaSet[]): readonly ResolvedEvent[] {
  const { deploy_id, target_id, start_s, down_s } = deploy;
  const { kind = DEFAULTS.deploy_kind, wave = DEFAULTS.wave, gap_s = DEFAULTS.gap_s } = deploy;
  return (eventTargets(target_id, servers) ?? []).map((server, index) => {
    const t_start = start_s + Math.floor(index / wave) * (down_s + gap_s);
    return { event_id: `${deploy_id}-${server}`, target_id: server, kind, t_start, t_end: t_start + down_s };
  });
}

function resolveEffect(
  kind: Exclude<ScenarioEvent["start"]["kind"] | Fault["kind"], "cache_flush">,
  keys: EffectKeys,
): ResolvedEffect {
  switch (kind) {
    case "server_down":
    case "crash":
      return { kind };
    case "slow_down": {
      const { factor = 1, io_factor } = keys;
      return { kind, factor, ...(io_factor === undefined ? {} : { io_factor }) };
    }
    case "error_spike":
      return { kind, error_ratio: keys.error_ratio ?? 0 };
    case "pool_exhaustion":
      return { kind, pool: keys.pool ?? "", units: keys.units ?? null };
    case "gc_storm":
      return { kind, factor: keys.factor ?? 1, length_factor: keys.length_factor ?? DEFAULTS.length_factor };
    case "traffic_surge":
      return { kind, factor: keys.factor ?? 1 };
    case "network_degraded": {
      const { loss_ratio = 0, bandwidth_ratio = 1, spike_s } = keys;
      return { kind, loss_ratio, bandwidth_ratio, spike_s: spike_s ?? 0 };
    }
    case "network_partition":
      return { kind };
    case "brown_out": {
      const { factor = 1, io_factor = factor, error_ratio = 0 } = keys;
      return { kind, factor, io_factor, error_ratio };
    }
    case "memory_leak":
      return { kind, mb_per_s: keys.mb_per_s ?? 0, mb_per_request: keys.mb_per_request ?? 0 };
    case "network_spike_start":
    case "network_spike":
      return { kind: "network_spike", spike_s: keys.spike_s ?? 0 };
  }
}
