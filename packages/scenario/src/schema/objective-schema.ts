import { z } from "zod";
import type { Objective } from "../model/objective.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

const fraction = z.number().gt(0).lt(1);

const objectiveSchema: z.ZodType<Objective> = annotate(
  strictMapping({
    metric: annotate(z.string().min(1), {
      description: "Name of a metric, such as latency_s_p95 or app-1.ready_queue_max.",
    }),
    below: optional(z.number(), "The limit it must stay below, in its own unit. Either below or above."),
    above: optional(z.number(), "The limit it must stay above, in its own unit."),
    quantile: optional(
      fraction,
      "Judges this quantile of the metric over replications; without quantile and probability, its mean.",
    ),
    probability: optional(fraction, "Judges single replications: at least this share of them must keep the limit."),
    confidence: optional(
      fraction,
      "How sure a verdict must be, one-sided, above 0.5. By default the confidence of the sweep.",
    ),
  }),
  { id: "Objective", description: "What is demanded of a metric. The verdict is pass, fail or inconclusive." },
);

/** The key `objectives` of a scenario or a sweep. */
export const objectivesSchema: z.ZodType<readonly Objective[]> = z.array(objectiveSchema);
