import { z } from "zod";
import type { Pool, PoolQueue } from "../model/pool.js";
import { showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { refuseMisplacedQueueKeys, waitingKeys } from "./queue-keys.js";
import { strictMapping } from "./strict-mapping.js";

/** Units of a pool. */
export const units: z.ZodInt = z.int().min(1).max(1_000_000);

/** The key `queue` of a pool. */
export const poolQueueSchema: z.ZodType<PoolQueue> = annotate(
  strictMapping(waitingKeys).superRefine(refuseMisplacedQueueKeys),
  { id: "PoolQueue", description: "Those who wait for a unit of a pool; who finds it full is rejected." },
);

const mappingSchema: z.ZodType<Pool> = annotate(
  strictMapping({
    size: annotate(units, { description: "Number of units." }),
    timeout_s: optional(
      durationSchema,
      "Who has waited this long for a unit fails, as timed out [s]: a number or a distribution. By default nobody.",
    ),
    queue: optional(poolQueueSchema, "Who wait, and who of them is next; by default all, first in, first out."),
  }),
  { id: "Pool", description: "Equal units that steps hold, and how one waits for them." },
);

/** A pool, or in short its size. */
export const poolSchema: z.ZodType<number | Pool> = z.union([units, mappingSchema], {
  error: ({ input }) => `must be a whole number or a mapping with size: current value is ${showValue(input)}`,
});
