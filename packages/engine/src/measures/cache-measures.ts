import type { CachePlan } from "../cache-plan.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedCache } from "./recorded-stores.js";

/** What is measured of caches: of those with contents, then of those with curves, as they are recorded. */
export function cacheMeasures(plan: Plan): readonly Measure[] {
  const { caches = [], hit_curves = [] } = plan;
  return [
    ...caches.flatMap((cache, index) =>
      ofComponent(cache.id, [...ofCache(cache, index), ...ofUse(plan, cache, index)]),
    ),
    ...hit_curves.flatMap(({ id }, curve) => ofComponent(id, ofLookUps(caches.length + curve))),
  ];
}

/** What is said of the metric and of its series. */
export const HIT_RATIO = "Share of the look-ups that found their key";

type Reader = (read: (record: RecordedCache) => number) => (recorded: Recorded) => number;

function readerOf(cache: number): Reader {
  return (read) => (r) => read(r.caches[cache]!);
}

function ofLookUps(cache: number): readonly Measure[] {
  const of = readerOf(cache);
  return [
    measure(
      "hit_ratio",
      "ratio",
      HIT_RATIO,
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
  ];
}

function ofCache({ ttl_s, coalesces }: CachePlan, cache: number): readonly Measure[] {
  const of = readerOf(cache);
  return [
    ...ofLookUps(cache),
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

/** The memory that a cache uses, where it is known. */
function ofUse({ horizon_s, warm_up_s }: Plan, { entry_mb }: CachePlan, cache: number): readonly Measure[] {
  if (entry_mb === undefined) return [];
  const of = readerOf(cache);
  const counted_s = horizon_s - warm_up_s;
  return [
    measure(
      "used_mb_mean",
      "MB",
      "Memory of the keys that it holds, time average",
      of(({ entries }) => (entries.area / counted_s) * entry_mb),
    ),
    measure(
      "used_mb_max",
      "MB",
      "Most memory of the keys that it held at once",
      of(({ entries }) => entries.maximum * entry_mb),
    ),
  ];
}
