import { z } from "zod";
import type { Popularity } from "../model/cache.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

/** Most keys of one cache, or of one table: each costs memory, and time at the start of every replication. */
export const MAX_KEYS = 1_000_000;

/** How often each of several keys is asked for. */
export const popularitySchema: z.ZodType<Popularity> = annotate(
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
