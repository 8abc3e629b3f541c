import { z } from "zod";
import type { Crowding } from "../model/crowding.js";
import { DEFAULTS } from "../model/defaults.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

const ratio = z.number().nonnegative().max(1e6);

/** The key `crowding` of servers and databases. */
export const crowdingSchema: z.ZodType<Crowding> = annotate(
  strictMapping({
    contention_ratio: optional(
      ratio,
      "How much longer CPU and I/O steps take for each other request at work, as a share of what they take alone: 0.01 is 1 % for each.",
      DEFAULTS.contention_ratio,
    ),
    coherency_ratio: optional(
      ratio,
      "The same for each pair of requests, where every one has to agree with every other one.",
      DEFAULTS.coherency_ratio,
    ),
  }).superRefine((crowding, context) => {
    if (crowding.contention_ratio !== undefined || crowding.coherency_ratio !== undefined) return;
    const message = "must have at least one of contention_ratio, coherency_ratio";
    context.addIssue({ code: "custom", message, input: crowding });
  }),
  {
    id: "Crowding",
    description:
      "How requests get in each other's way, as in Gunther's universal scalability law: with n requests at work a step takes 1 + contention_ratio " +
      "(n - 1) + coherency_ratio n (n - 1) times as long, by the n when it asks for a core or begins to wait.",
  },
);
