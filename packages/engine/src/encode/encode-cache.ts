import { EVICT_FIFO, EVICT_LFU, EVICT_LRU, EVICT_RANDOM, EVICT_SIEVE } from "../kernel/caching/read-contents.js";
import type { CachePlan } from "../plan.js";
import { UNIT_UNIFORM } from "./encode-call.js";
import type { StreamSet } from "./stream-set.js";
import { NONE } from "./topology.js";

const EVICTIONS = {
  lru: EVICT_LRU,
  fifo: EVICT_FIFO,
  sieve: EVICT_SIEVE,
  lfu: EVICT_LFU,
  random: EVICT_RANDOM,
} as const;

/** Encodes a cache in the order in which `Cache` reads it. */
export function encodeCache(cache: CachePlan, streams: StreamSet): readonly number[] {
  const { id, keys, capacity, eviction, ttl_s, renews, coalesces } = cache;
  return [
    keys.count,
    streams.add(id, "keys", keys.draws),
    ttl_s,
    renews ? 1 : 0,
    coalesces ? 1 : 0,
    EVICTIONS[eviction],
    Math.min(capacity, keys.count),
    eviction === "random" ? streams.add(id, "eviction", UNIT_UNIFORM) : NONE,
  ];
}
