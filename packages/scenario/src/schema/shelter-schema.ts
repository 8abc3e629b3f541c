import { z } from "zod";
import type { BulkheadKeys, HedgeKeys } from "../model/call-policy.js";
import { DEFAULTS } from "../model/defaults.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

/** Keeps the times of events within the range of numbers. */
const LARGEST_S = 1e12;
const positive_s = z.number().positive().max(LARGEST_S);

/** Hedges of one attempt. */
const MAX_HEDGES = 100;

/** The key `hedge_after_s` of a policy. */
export const hedgeAfterSchema: z.ZodNumber = positive_s;

/** The key `hedge` of a policy. */
export const hedgeSchema: z.ZodType<HedgeKeys> = annotate(
  strictMapping({
    after_s: annotate(positive_s, {
      description: "After this time without an answer the call is sent once more [s], and so on.",
    }),
    most: optional(z.int().min(1).max(MAX_HEDGES), "At most so many besides the first.", DEFAULTS.most),
    cancel: optional(
      z.boolean(),
      "The others end at once, wherever they are, when one is answered; otherwise they go on and nobody waits for them.",
      DEFAULTS.cancel_hedges,
    ),
  }),
  {
    id: "Hedge",
    description:
      "A call that is not answered soon is sent once more, and the first good answer counts. All of that is one attempt.",
  },
);

/** The key `bulkhead` of a policy. */
export const bulkheadSchema: z.ZodType<BulkheadKeys> = annotate(
  strictMapping({
    limit: annotate(z.int().min(1).max(1_000_000), { description: "Attempts at once." }),
    queue: optional(
      z.int().min(0).max(1e9),
      "Attempts that wait for a place, in turn; who finds as many is turned away, as rejected.",
      DEFAULTS.queue,
    ),
    max_wait_s: optional(
      positive_s,
      "Who has waited this long for a place fails, as timed out [s]; with queue. By default nobody.",
    ),
  }).superRefine(({ queue, max_wait_s }, context) => {
    if (max_wait_s === undefined || (queue ?? DEFAULTS.queue) > 0) return;
    const message = "must stand with a queue of 1 at least: nobody waits without";
    context.addIssue({ code: "custom", message, path: ["max_wait_s"], input: max_wait_s });
  }),
  {
    id: "Bulkhead",
    description: "How many attempts there may be at once. Each server has one for each edge that it calls over.",
  },
);
