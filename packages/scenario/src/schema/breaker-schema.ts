import { z } from "zod";
import type { BreakerKeys } from "../model/call-policy.js";
import { DEFAULTS } from "../model/defaults.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

/** Keeps the times of events within the range of numbers. */
const LARGEST_S = 1e12;
const positive_s = z.number().positive().max(LARGEST_S);
const count = z.int().min(1).max(1e9);

const KEYS_OF_KINDS = ["failures", "slower_than_s", "window_s", "threshold_ratio", "min_requests"] as const;
const WINDOWED = ["error_rate", "slow_calls"];

/** The kinds that have a key which not all have. */
const KINDS_WITH: Readonly<Record<(typeof KEYS_OF_KINDS)[number], readonly string[]>> = {
  failures: ["consecutive"],
  slower_than_s: ["slow_calls"],
  window_s: WINDOWED,
  threshold_ratio: WINDOWED,
  min_requests: WINDOWED,
};

/** The key `breaker` of a policy. */
export const breakerSchema: z.ZodType<BreakerKeys> = annotate(
  strictMapping({
    kind: annotate(z.enum(["consecutive", "error_rate", "slow_calls"]), {
      description: "What opens it: failures in a row, a share of failures, a share of slow attempts.",
    }),
    failures: optional(count, "Failures in a row that open it; with consecutive.", DEFAULTS.failures),
    slower_than_s: optional(
      positive_s,
      "An attempt that lasts longer is bad, however it ends [s]; slow_calls needs it.",
    ),
    window_s: optional(
      positive_s,
      "How far back attempts count [s]; with error_rate and slow_calls. It slides in ten parts.",
      DEFAULTS.window_s,
    ),
    threshold_ratio: optional(
      z.number().positive().max(1),
      "The share of bad attempts that opens it; with error_rate and slow_calls.",
      DEFAULTS.threshold_ratio,
    ),
    min_requests: optional(
      count,
      "Attempts in the window before it may open; with error_rate and slow_calls.",
      DEFAULTS.min_requests,
    ),
    open_s: optional(positive_s, "How long it turns all attempts away [s].", DEFAULTS.open_s),
    half_open_probes: optional(
      count,
      "Attempts that it lets through after that: a bad one opens it again, when all are good it closes.",
      DEFAULTS.half_open_probes,
    ),
  }).superRefine((breaker, context) => {
    for (const key of KEYS_OF_KINDS) {
      const kinds = KINDS_WITH[key];
      if (breaker[key] === undefined || kinds.includes(breaker.kind)) continue;
      const message = `must stand with kind ${kinds.join(" or ")}: current kind is ${breaker.kind}`;
      context.addIssue({ code: "custom", message, path: [key], input: breaker[key] });
    }
    if (breaker.kind !== "slow_calls" || breaker.slower_than_s !== undefined) return;
    context.addIssue({ code: "custom", message: "missing key slower_than_s", input: breaker });
  }),
  {
    id: "Breaker",
    description:
      "Turns attempts away at once, as rejected, after too many went wrong. Each server has one for each edge that it calls over.",
  },
);
