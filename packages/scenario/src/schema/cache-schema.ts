import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Cache, CacheContents, Popularity } from "../model/cache.js";
import { showNames } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** Most keys of one cache: each costs memory, and time at the start of every replication. */
const MAX_KEYS = 1_000_000;

const popularitySchema = annotate(
  strictMapping({
    distribution: annotate(z.enum(["uniform", "zipf"]), { description: "Name of the distribution." }),
    exponent: optional(
      z.number().positive().max(10),
      "Of zipf: the k-th most popular key is asked for in proportion to k^-exponent.",
    ),
  }).superRefine(({ distribution, exponent }, context) => {
    if ((distribution === "zipf") === (exponent !== undefined)) return;
    const message = distribution === "zipf" ? "missing key exponent" : "exponent must not stand with uniform";
    context.addIssue({ code: "custom", message, input: exponent });
  }) as unknown as z.ZodType<Popularity>,
  { id: "Popularity", description: "How often each key is asked for." },
);

/** What is asked for, or what messages are about. */
export const keysSchema: z.ZodType<CacheContents["keys"]> = annotate(
  strictMapping({
    count: annotate(z.int().min(1).max(MAX_KEYS), { description: "Number of keys that are asked for." }),
    popularity: optional(popularitySchema, "How often each of them is; by default all alike."),
  }),
  { id: "CacheKeys", description: "What is asked for, each time by chance." },
);

/** The keys of a cache with contents. */
const CONTENTS = ["capacity", "eviction", "ttl_s", "renew_on_hit", "coalesce"];

const looseCache = strictMapping({
  id: identifierSchema("Id of the cache."),
  hit_s: optional(durationSchema, "Time of a look-up, whether it finds its key or not [s]; by default none."),
  keys: optional(keysSchema, "The keys: their number and popularity. This or hit_ratio."),
  hit_ratio: optional(z.number().min(0).max(1), "Share of the look-ups that find their key, instead of contents."),
  capacity: optional(z.int().min(1), "Keys that it holds at most; by default all."),
  eviction: optional(
    z.enum(["lru", "fifo", "lfu", "sieve", "random"]),
    "Which key goes when there is no room: the one not found for longest, the oldest, the one asked for least often in the whole run, " +
      "the oldest not found since it was passed over, any.",
    DEFAULTS.eviction,
  ),
  ttl_s: optional(z.number().positive(), "How long a key is good [s]; by default for ever."),
  renew_on_hit: optional(
    z.boolean(),
    "Whether the time to live counts from when a key was last found, and not from when it was fetched.",
    DEFAULTS.renew_on_hit,
  ),
  coalesce: optional(
    z.boolean(),
    "Whether who misses a key that another one is fetching waits for that, and fails if it fails.",
    DEFAULTS.coalesce,
  ),
}).superRefine((cache, context) => {
  const keys = Object.keys(cache);
  const reject = (message: string): void => {
    context.addIssue({ code: "custom", message: `${message}: current keys are ${showNames(keys)}`, input: cache });
  };
  if ((cache.keys === undefined) === (cache.hit_ratio === undefined))
    reject("must have exactly one of keys, hit_ratio");
  else if (cache.hit_ratio !== undefined && CONTENTS.some((key) => keys.includes(key))) {
    reject("hit_ratio must stand without keys of contents");
  } else if (cache.renew_on_hit !== undefined && cache.ttl_s === undefined)
    reject("renew_on_hit must stand with ttl_s");
});

/** One item of the key `caches`. */
export const cacheSchema: z.ZodType<Cache> = annotate(looseCache as unknown as z.ZodType<Cache>, {
  id: "Cache",
  description: "A cache, which steps look keys up in: with contents, empty at first, or with a known share of hits.",
});
