import { EVICT_FIFO, EVICT_LFU, EVICT_LRU, EVICT_RANDOM, EVICT_SIEVE } from "../kernel/caching/read-contents.js";
import { OP_FLUSH } from "../kernel/operations/data.js";
import { OP_SLEEP } from "../kernel/operations/processing.js";
import { RANK_DISRUPTION } from "../kernel/pending-events.js";
import type { CachePlan, HitCurvePlan } from "../cache-plan.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import type { StreamSet } from "./stream-set.js";
import { NONE } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

const EVICTIONS = {
  lru: EVICT_LRU,
  fifo: EVICT_FIFO,
  sieve: EVICT_SIEVE,
  lfu: EVICT_LFU,
  random: EVICT_RANDOM,
} as const;

/** Encodes the caches with contents, whose number comes first, then those with curves. */
export function encodeCaches({ plan, streams }: Encoding): readonly number[] {
  const { caches = [], hit_curves = [] } = plan;
  return [...list(caches, (cache) => encodeCache(cache, streams)), ...hit_curves.flatMap(encodeHitCurve)];
}

/** In the order in which `Cache` reads it. */
function encodeCache(cache: CachePlan, streams: StreamSet): readonly number[] {
  const { id, keys, capacity, eviction, ttl_s, renews, coalesces } = cache;
  const isDrawn = typeof ttl_s !== "number";
  return [
    keys.count,
    streams.add(id, "keys", keys.draws),
    ...(keys.shift === undefined ? [0, 0] : [keys.shift.every_s, keys.shift.keys]),
    ...(isDrawn ? [0, streams.add(id, "time_to_live", ttl_s)] : [ttl_s, NONE]),
    renews ? 1 : 0,
    coalesces ? 1 : 0,
    EVICTIONS[eviction],
    Math.min(capacity, keys.count),
    eviction === "random" ? streams.add(id, "eviction", UNIT_UNIFORM) : NONE,
  ];
}

/** In the order in which `HitCurve` reads it. */
function encodeHitCurve({ cold_ratio, warm_ratio, half_life_s }: HitCurvePlan): readonly number[] {
  return [cold_ratio, warm_ratio, half_life_s];
}

/** Caches are emptied at known times: where the program of each begins that does so. */
export function encodeFlushes({ plan, program, streams, caches, curves }: Encoding): readonly number[] {
  return (plan.flushes ?? []).map(({ cache: id, at_s }, position) => {
    const cache = caches.get(id)?.index;
    const curve = curves.get(id);
    if (cache === undefined && curve === undefined) {
      throw new RangeError(`Cannot resolve flush of "${id}": there is no such cache`);
    }
    const flush = program.add({ op: OP_FLUSH, ...(cache === undefined ? { curve: curve! } : { cache }) });
    const stream = streams.add(id, `flush:${position}`, { kind: "constant", value: at_s });
    return program.add({ op: OP_SLEEP, stream, index: RANK_DISRUPTION, next: flush });
  });
}
