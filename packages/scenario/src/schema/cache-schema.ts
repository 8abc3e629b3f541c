import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Cache, CacheContents } from "../model/cache.js";
import { didYouMeanNumber } from "../wording/meant-number.js";
import { showNames, showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { MAX_KEYS, popularitySchema } from "./popularity-schema.js";
import { strictMapping } from "./strict-mapping.js";

const shiftSchema = annotate(
  strictMapping({
    every_s: annotate(z.number().positive(), { description: "Time between two shifts [s]." }),
    keys: annotate(z.int().min(1), { description: "How many of the most popular keys become the least popular ones." }),
  }),
  { id: "PopularityShift", description: "Which keys are popular changes: some fall from the top, all others rise." },
);

const keysSchema: z.ZodType<CacheContents["keys"]> = annotate(
  strictMapping({
    count: annotate(z.int().min(1).max(MAX_KEYS), { description: "Number of keys that are asked for." }),
    popularity: optional(popularitySchema, "How often each of them is; by default all alike."),
    shift: optional(shiftSchema, "How their popularity changes; by default never."),
  }).superRefine(({ count, shift }, context) => {
    if (shift === undefined || shift.keys < count) return;
    const message = `must be < count (${count}), or nothing changes: current value is ${shift.keys}`;
    context.addIssue({ code: "custom", message, path: ["shift", "keys"], input: shift.keys });
  }),
  { id: "CacheKeys", description: "What is asked for, each time by chance." },
);

const ratio = z.number().min(0).max(1);

const warmUpSchema = annotate(
  strictMapping({
    cold: annotate(ratio, { description: "Share of hits when it is empty: at the beginning, and after a flush." }),
    warm: annotate(ratio, { description: "Share of hits in the long run." }),
    half_life_s: annotate(z.number().positive(), { description: "In this time it goes half of the way there [s]." }),
  }),
  { id: "WarmUp", description: "A share of hits that changes while a cache fills." },
);

const hitRatioSchema = z.union([ratio, warmUpSchema], {
  error: ({ input }) =>
    `must be a number from 0 to 1 or a mapping of cold, warm, half_life_s: current value is ${showValue(input)}${didYouMeanNumber(input, "hit_ratio")}`,
});

/** The keys of a cache with contents. */
const CONTENTS = ["capacity", "eviction", "ttl_s", "renew_on_hit", "coalesce", "entry_kb"];

const looseCache = strictMapping({
  id: identifierSchema("Id of the cache."),
  hit_s: optional(durationSchema, "Time of a look-up, whether it finds its key or not [s]; by default none."),
  keys: optional(keysSchema, "The keys: their number and popularity. This or hit_ratio."),
  hit_ratio: optional(
    hitRatioSchema,
    "Share of the look-ups that find their key, instead of contents: a number, or how it warms up.",
  ),
  capacity: optional(z.int().min(1), "Keys that it holds at most; by default all."),
  eviction: optional(
    z.enum(["lru", "fifo", "lfu", "sieve", "random"]),
    "Which key goes when there is no room: the one not found for longest, the oldest, the one asked for least often in the whole run, " +
      "the oldest not found since it was passed over, any.",
    DEFAULTS.eviction,
  ),
  ttl_s: optional(
    durationSchema,
    "How long a key is good [s]: a number, or a distribution for jitter, drawn whenever the time begins anew; by default for ever.",
  ),
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
  entry_kb: optional(
    z.number().positive(),
    "Memory of each key that it holds [kB], 1000 kB to the MB, for metrics used_mb_mean and used_mb_max.",
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
