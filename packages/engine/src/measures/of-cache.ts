import type { CachePlan } from "../plan.js";
import { measure, type Measure } from "./measure.js";
import type { Recorded, RecordedCache } from "./recorded.js";

/** What is measured of a cache. */
export function ofCache({ ttl_s, coalesces }: CachePlan, cache: number): readonly Measure[] {
  const of = (read: (record: RecordedCache) => number) => (r: Recorded) => read(r.caches[cache]!);
  return [
    measure(
      "hit_ratio",
      "ratio",
      "Share of the look-ups that found their key",
      of(({ hits, misses, coalesced }) => hits / (hits + misses + coalesced)),
    ),
    measure(
      "hits",
      "1",
      "Look-ups that found their key",
      of(({ hits }) => hits),
    ),
    measure(
      "misses",
      "1",
      "Look-ups that fetched their key",
      of(({ misses }) => misses),
    ),
    measure(
      "evictions",
      "1",
      "Keys that went to make room",
      of(({ evictions }) => evictions),
    ),
    ...(ttl_s === Number.POSITIVE_INFINITY
      ? []
      : [
          measure(
            "expirations",
            "1",
            "Look-ups that found their key too old",
            of(({ expirations }) => expirations),
          ),
        ]),
    ...(coalesces
      ? [
          measure(
            "coalesced",
            "1",
            "Look-ups that waited for a key that another one fetched",
            of(({ coalesced }) => coalesced),
          ),
        ]
      : []),
  ];
}
