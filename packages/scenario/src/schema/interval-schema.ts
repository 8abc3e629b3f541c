import { z } from "zod";
import type { IntervalArrivals } from "../model/rqs-input.js";
import { completeInterval } from "../resolve/complete-interval.js";
import { showValue } from "../wording/show-value.js";
import { annotate } from "./annotate.js";
import { FAMILY_NAMES } from "./distribution-families.js";
import { brokenRules, type BrokenRule, type LooseMapping } from "./distribution-rules.js";
import { DISTRIBUTION_KEYS } from "./duration-schema.js";
import { strictMapping } from "./strict-mapping.js";

const nameSchema = annotate(z.enum(FAMILY_NAMES), { description: "Name of the distribution." });

/** The distribution of the gaps between arrivals, whose mean may be given by a rate beside it: `brokenIntervalRules` tells. */
export const intervalSchema: z.ZodType<IntervalArrivals["interarrival"]> = annotate(
  strictMapping({ ...DISTRIBUTION_KEYS, distribution: nameSchema }) as unknown as z.ZodType<
    IntervalArrivals["interarrival"]
  >,
  {
    id: "Interarrival",
    description:
      "The distribution of the gaps between arrivals, as a Distribution; without its mean where arrival_rate_per_s gives it.",
  },
);

const MEAN_KEYS = ["mean", "value"] as const;

/** Finds what is wrong with the distribution of the gaps, given the rate beside it [1/s]. */
export function brokenIntervalRules(
  interarrival: LooseMapping,
  arrival_rate_per_s: number | undefined,
): readonly BrokenRule[] {
  if (arrival_rate_per_s === undefined) return brokenRules(interarrival);
  const doubled = MEAN_KEYS.find((key) => interarrival[key] !== undefined);
  if (doubled !== undefined) {
    const current = showValue(interarrival[doubled]);
    return [{ key: doubled, message: `must be left out, arrival_rate_per_s gives it: current value is ${current}` }];
  }
  return brokenRules(completeInterval(interarrival, arrival_rate_per_s) as LooseMapping);
}
