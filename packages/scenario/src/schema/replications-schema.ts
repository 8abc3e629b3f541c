import { z } from "zod";
import { ADAPTIVE_DEFAULTS } from "../model/sweep-defaults.js";
import type { AdaptiveReplications, PrecisionTarget } from "../model/sweep.js";
import { didYouMeanNumber } from "../wording/meant-number.js";
import { showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

const targetSchema: z.ZodType<PrecisionTarget> = annotate(
  strictMapping({
    metric: annotate(z.string().min(1), {
      description: "Name of a metric; * stands for any text, and each metric it matches must be known so well.",
    }),
    half_width: optional(
      z.number().gt(0),
      "Half the length of the interval, in the unit of the estimate. Either this or relative_half_width.",
    ),
    relative_half_width: optional(z.number().gt(0), "Half the length of the interval as a share of the estimate."),
    confidence: optional(z.number().gt(0).lt(1), "Nominal coverage of the interval. By default that of the sweep."),
    below: optional(z.number(), "A limit to stay below: then the probability to break it is what must be known."),
    above: optional(z.number(), "A limit to stay above."),
    min_events: optional(
      z.int().min(1),
      "With a limit: runs that must be seen on either side of it.",
      ADAPTIVE_DEFAULTS.min_events,
    ),
  }),
  {
    id: "PrecisionTarget",
    description: "How well the mean of a metric, or the probability to break a limit, must be known.",
  },
);

const adaptiveSchema: z.ZodType<AdaptiveReplications> = annotate(
  strictMapping({
    min: optional(z.int().min(ADAPTIVE_DEFAULTS.min), "Runs before the first look.", ADAPTIVE_DEFAULTS.min),
    max: optional(z.int().min(ADAPTIVE_DEFAULTS.min), "Most runs of a point, at least min.", ADAPTIVE_DEFAULTS.max),
    target: optional(
      z.union([targetSchema, z.array(targetSchema).min(1)]),
      "What must be known how well: one target, or a list of them that must all be reached.",
    ),
    until_decided: optional(z.boolean(), "Whether every objective must be proven met or broken.", false),
  }),
  { id: "AdaptiveReplications", description: "As many runs of each point as its targets and objectives need." },
);

/** The key `replications` of a sweep. */
export const replicationsSchema: z.ZodType<number | AdaptiveReplications> = z.union([z.int().min(1), adaptiveSchema], {
  error: ({ input }) =>
    `must be a whole number or a mapping with target or until_decided: current value is ${showValue(input)}${didYouMeanNumber(input, "count")}`,
});
