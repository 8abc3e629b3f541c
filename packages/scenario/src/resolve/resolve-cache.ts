import type { Distribution } from "@loadstar/engine";
import type { Cache, Popularity } from "../model/cache.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedCache } from "../model/resolved-scenario.js";
import { resolveDuration } from "./resolve-distribution.js";

/** Makes the defaults of a cache explicit and decides its distributions. */
export function resolveCache(cache: Cache, dialect: Dialect): ResolvedCache {
  const { id, hit_s } = cache;
  const common = { id, hit_s: hit_s === undefined ? null : resolveDuration(hit_s, dialect) };
  if ("hit_ratio" in cache) return { ...common, hit_ratio: cache.hit_ratio };
  const { keys, capacity, eviction, ttl_s, renew_on_hit, coalesce } = cache;
  return {
    ...common,
    keys: { count: keys.count, popularity: resolvePopularity(keys.count, keys.popularity) },
    capacity: capacity ?? null,
    eviction: eviction ?? DEFAULTS.eviction,
    ttl_s: ttl_s ?? null,
    renew_on_hit: renew_on_hit ?? DEFAULTS.renew_on_hit,
    coalesce: coalesce ?? DEFAULTS.coalesce,
  };
}

/** What keys are drawn from, numbered from 1. */
export function resolvePopularity(count: number, popularity: Popularity | undefined): Distribution {
  return popularity?.distribution === "zipf"
    ? { kind: "zipf", count, exponent: popularity.exponent }
    : { kind: "uniform", min: 1, max: count + 1 };
}
