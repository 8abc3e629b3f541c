import type { CachePlan, Distribution, HitCurvePlan, ServerPlan, StepPlan } from "@loadstar/engine";
import type { ResolvedCache } from "../model/resolved-scenario.js";

/** Compiles a cache to a server that nothing can be short of, which takes its time for every look-up. */
export function compileCacheServer({ id, hit_s }: ResolvedCache): ServerPlan {
  const steps: readonly StepPlan[] = hit_s === null ? [] : [{ kind: "io", duration_s: hit_s }];
  return {
    id,
    group: "",
    zone: "",
    cpu_cores: 1,
    ram_mb: 1,
    pools: [],
    endpoints: [{ name: "/", weight: 1, ram_mb: 0, steps }],
  };
}

/** Compiles the contents of a cache; none where only the share of hits is known. */
export function compileContents(cache: ResolvedCache): readonly CachePlan[] {
  if ("hit_ratio" in cache) return [];
  const { id, keys, capacity, eviction, ttl_s, renew_on_hit, coalesce, entry_kb } = cache;
  return [
    {
      id,
      // Draws begin at 1, and their whole parts are the keys.
      keys: { count: keys.count + 1, draws: keys.popularity, ...(keys.shift === null ? {} : { shift: keys.shift }) },
      capacity: capacity ?? keys.count,
      eviction,
      ttl_s: timeToLive(ttl_s),
      renews: renew_on_hit,
      coalesces: coalesce,
      ...(entry_kb === null ? {} : { entry_mb: entry_kb / KB_PER_MB }),
    },
  ];
}

/** Compiles how the share of hits of a cache changes; none where it does not, or is not known. */
export function compileHitCurve(cache: ResolvedCache): readonly HitCurvePlan[] {
  if (!("hit_ratio" in cache) || typeof cache.hit_ratio === "number") return [];
  const { cold, warm, half_life_s } = cache.hit_ratio;
  return [{ id: cache.id, cold_ratio: cold, warm_ratio: warm, half_life_s }];
}

/** Compiles what follows when a cache has answered. */
export function compileLookUp(cache: ResolvedCache | undefined, on_miss: readonly StepPlan[]): StepPlan {
  if (cache !== undefined && "hit_ratio" in cache && typeof cache.hit_ratio === "number") {
    return { kind: "branch", ways: [{ when: { probability: 1 - cache.hit_ratio }, steps: on_miss }] };
  }
  return { kind: "look_up", cache: cache?.id ?? "", on_miss };
}

const KB_PER_MB = 1000;

/** A number where nothing is drawn. */
function timeToLive(ttl_s: Distribution | null): number | Distribution {
  if (ttl_s === null) return Number.POSITIVE_INFINITY;
  return ttl_s.kind === "constant" ? ttl_s.value : ttl_s;
}
