import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { RateLimit } from "../model/rate-limit.js";
import { annotate, optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const count = z.int().min(1).max(1_000_000);

const OF_KINDS = ["rate_per_s", "burst", "refill", "queue", "limit", "window_s"] as const;
const WINDOWS = ["fixed_window", "sliding_window"];

/** The kinds that have a key which not all have. */
const KINDS_WITH: Readonly<Record<(typeof OF_KINDS)[number], readonly string[]>> = {
  rate_per_s: ["token_bucket", "leaky_bucket"],
  burst: ["token_bucket"],
  refill: ["token_bucket"],
  queue: ["leaky_bucket"],
  limit: WINDOWS,
  window_s: WINDOWS,
};

const NEEDED = ["rate_per_s", "limit", "window_s"] as const;

/** One item of the key `rate_limits` of a server. */
export const rateLimitSchema: z.ZodType<RateLimit> = annotate(
  strictMapping({
    kind: annotate(z.enum(["token_bucket", "leaky_bucket", "fixed_window", "sliding_window"]), {
      description: "leaky_bucket makes requests wait; the others let them through at once or turn them away.",
    }),
    rate_per_s: optional(z.number().positive().max(1e12), "Requests for each second [1/s]; the buckets need it."),
    burst: optional(count, "Tokens that a token_bucket holds at most.", DEFAULTS.burst),
    refill: optional(
      z.enum(["continuous", "discrete"]),
      "Of a token_bucket: all the time, or one token every 1 / rate_per_s seconds.",
      DEFAULTS.refill,
    ),
    queue: optional(
      z.int().min(0).max(1_000_000),
      "Of a leaky_bucket: requests that may wait; others are turned away.",
      DEFAULTS.queue,
    ),
    limit: optional(count, "Requests in each window; the windows need it."),
    window_s: optional(
      z.number().positive().max(1e12),
      "Length of a window [s]; the windows need it. A fixed_window begins at each multiple of it, a sliding_window at each moment.",
    ),
    class: optional(
      identifierSchema("Name of a class."),
      "It is for requests of this class; by default for all together.",
    ),
    per: optional(z.literal("class"), "class: one such limit for each class, and one for requests without a class."),
  }).superRefine((limit, context) => {
    for (const key of OF_KINDS) {
      const kinds = KINDS_WITH[key];
      if (limit[key] === undefined || kinds.includes(limit.kind)) continue;
      const message = `must stand with kind ${kinds.join(" or ")}: current kind is ${limit.kind}`;
      context.addIssue({ code: "custom", message, path: [key], input: limit[key] });
    }
    for (const key of NEEDED) {
      if (limit[key] !== undefined || !KINDS_WITH[key].includes(limit.kind)) continue;
      context.addIssue({ code: "custom", message: `missing key ${key}`, input: limit });
    }
    if (limit.class === undefined || limit.per === undefined) return;
    const message = "must have at most one of class, per: current keys are class, per";
    context.addIssue({ code: "custom", message, input: limit });
  }),
  { id: "RateLimit", description: "Turns requests away, as rejected, that come to a server faster than this." },
);
