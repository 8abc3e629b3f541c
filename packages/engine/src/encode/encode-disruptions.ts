import {
  EFFECT_CRASH,
  EFFECT_DEGRADATION,
  EFFECT_DOWN,
  EFFECT_ERRORS,
  EFFECT_EXHAUSTION,
  EFFECT_FLUSH,
  EFFECT_LEAK,
  EFFECT_SLOW,
  EFFECT_SLOW_MODEL,
  EFFECT_SPIKE,
  EFFECT_STORM,
  EFFECT_SURGE,
} from "../kernel/disruptions/read-effect.js";
import { OP_DISRUPT, OP_LEAK, OP_RECOVER } from "../kernel/operations/disruptions.js";
import { troubledComponents } from "../measures/troubled-components.js";
import type { DisruptionPlan, FaultEffectPlan, FaultPlan } from "../plan.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import type { Program, Way } from "./program.js";
import { NONE } from "./topology.js";

/** Encodes what goes wrong at known times, and then by chance, in the order in which `System` reads it. */
export function encodeDisruptions(encoding: Encoding): readonly number[] {
  const { disruptions, faults = [] } = encoding.plan;
  const positions = new Map(troubledComponents(encoding.plan).map(({ id }, position) => [id, position]));
  const effectsOf = (effects: readonly FaultEffectPlan[]): readonly number[] =>
    list(effects, (effect) => encodeEffect(effect, positions.get(effect.target) ?? NONE, encoding));
  return list<DisruptionPlan | FaultPlan>([...disruptions, ...faults], (disruption) => {
    const { program, streams } = encoding;
    const begin = program.reserve();
    const end = program.add({ op: OP_RECOVER, next: begin });
    const ways = growersOf("effects" in disruption ? disruption.effects : [disruption], program);
    program.set(begin, { op: OP_DISRUPT, next: end, ways });
    if ("effects" in disruption) {
      const { id, time_to_failure_s, time_to_repair_s, effects } = disruption;
      const failures = streams.add(id, "time_to_failure", time_to_failure_s);
      const repairs = time_to_repair_s === undefined ? NONE : streams.add(id, "time_to_repair", time_to_repair_s);
      return [begin, failures, repairs, 0, 0, ...effectsOf(effects)];
    }
    const { target, start_s, end_s } = disruption;
    if (!(end_s > start_s)) {
      throw new RangeError(
        `Cannot resolve disruption of "${target}": it must end after ${start_s} s: it ends at ${end_s} s`,
      );
    }
    return [begin, NONE, NONE, start_s, end_s, ...effectsOf([disruption])];
  });
}

/** Where the frames begin that let leaks grow, in the order of the leaks that grow by themselves. */
function growersOf(effects: readonly FaultEffectPlan[], program: Program): readonly Way[] {
  return effects.flatMap((effect, index) => {
    const grows = effect.kind === "memory_leak" && effect.mb_per_s > 0;
    return grows ? [{ to: program.add({ op: OP_LEAK, index }), share: 1 }] : [];
  });
}

/** Steps in which a leak takes the whole memory of a server. */
const LEAK_STEPS = 1000;

/** Its kind, its target, its record, and three numbers that say how much. */
function encodeEffect(effect: FaultEffectPlan, record: number, encoding: Encoding): readonly number[] {
  const { plan } = encoding;
  switch (effect.kind) {
    case "server_down":
      return [EFFECT_DOWN, targetOf(effect, plan.servers), record, NONE, NONE, 0];
    case "crash":
      return [EFFECT_CRASH, targetOf(effect, plan.servers), record, ...cachesOf(effect, encoding), 0];
    case "slow_down": {
      const { factor, io_factor = factor } = effect;
      const llm = encoding.llms.get(effect.target);
      if (llm !== undefined) return [EFFECT_SLOW_MODEL, llm, record, factor, 0, 0];
      return [EFFECT_SLOW, targetOf(effect, plan.servers), record, factor, io_factor, 0];
    }
    case "error_spike":
      return [EFFECT_ERRORS, targetOf(effect, plan.servers), record, effect.error_ratio, 0, 0];
    case "gc_storm": {
      const server = targetOf(effect, plan.servers);
      if ((plan.servers[server]!.cpu?.pauses ?? null) === null) {
        throw new RangeError(`Cannot resolve disruption of "${effect.target}": it must have pauses: it has none`);
      }
      return [EFFECT_STORM, server, record, effect.factor, effect.length_factor ?? 1, 0];
    }
    case "pool_exhaustion": {
      targetOf(effect, plan.servers);
      const pool = encoding.pools.get(effect.target)!.get(effect.pool);
      if (pool === undefined) {
        throw new RangeError(`Cannot resolve disruption of "${effect.target}": there is no pool "${effect.pool}"`);
      }
      return [EFFECT_EXHAUSTION, pool.index, record, Math.min(effect.units, pool.size), 0, 0];
    }
    case "network_spike":
      return [EFFECT_SPIKE, targetOf(effect, plan.edges), record, effect.spike_s, 0, 0];
    case "network_degraded": {
      const { spike_s, loss_ratio, bandwidth_ratio } = effect;
      return [EFFECT_DEGRADATION, targetOf(effect, plan.edges), record, spike_s, loss_ratio, bandwidth_ratio];
    }
    case "network_partition":
      return [EFFECT_DEGRADATION, targetOf(effect, plan.edges), record, 0, 1, 1];
    case "memory_leak": {
      const server = targetOf(effect, plan.servers);
      const step_mb = plan.servers[server]!.ram_mb / LEAK_STEPS;
      const { mb_per_s, mb_per_request } = effect;
      return mb_per_s === 0
        ? [EFFECT_LEAK, server, record, 0, 0, mb_per_request]
        : [EFFECT_LEAK, server, record, step_mb / mb_per_s, step_mb, mb_per_request];
    }
    case "traffic_surge":
      return [EFFECT_SURGE, targetOf(effect, plan.generators), record, 0, 0, 0];
    case "cache_flush": {
      const [cache, curve] = cachesOf(effect, encoding);
      if (cache === NONE && curve === NONE) {
        throw new RangeError(`Cannot resolve disruption of "${effect.target}": there is no such cache`);
      }
      return [EFFECT_FLUSH, NONE, record, cache!, curve!, 0];
    }
  }
}

/** What a cache with the id of a target holds: the position of its contents, or else of its curve. */
function cachesOf({ target }: FaultEffectPlan, { caches, curves }: Encoding): readonly [number, number] {
  return [caches.get(target)?.index ?? NONE, curves.get(target) ?? NONE];
}

function targetOf({ target }: FaultEffectPlan, candidates: readonly { readonly id: string }[]): number {
  const index = candidates.findIndex(({ id }) => id === target);
  if (index < 0) throw new RangeError(`Cannot resolve disruption of "${target}": there is no such target`);
  return index;
}
