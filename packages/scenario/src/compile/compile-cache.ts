import type { CachePlan, ServerPlan, StepPlan } from "@loadstar/engine";
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
  const { id, keys, capacity, eviction, ttl_s, renew_on_hit, coalesce } = cache;
  return [
    {
      id,
      // Draws begin at 1, and their whole parts are the keys.
      keys: { count: keys.count + 1, draws: keys.popularity },
      capacity: capacity ?? keys.count,
      eviction,
      ttl_s: ttl_s ?? Number.POSITIVE_INFINITY,
      renews: renew_on_hit,
      coalesces: coalesce,
    },
  ];
}

/** Compiles what follows when a cache has answered. */
export function compileLookUp(cache: ResolvedCache | undefined, on_miss: readonly StepPlan[]): StepPlan {
  if (cache !== undefined && "hit_ratio" in cache) {
    return { kind: "branch", ways: [{ when: { probability: 1 - cache.hit_ratio }, steps: on_miss }] };
  }
  return { kind: "look_up", cache: cache?.id ?? "", on_miss };
}
