import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { BackoffKeys, BreakerKeys, BulkheadKeys, HedgeKeys, PolicyKeys, RetryKeys } from "../model/call-policy.js";
import { showNumber } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { breakerSchema } from "./breaker-schema.js";
import { bulkheadSchema, hedgeAfterSchema, hedgeSchema } from "./shelter-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** Keeps the times of events within the range of numbers. */
const LARGEST_S = 1e12;
const seconds = z.number().nonnegative().max(LARGEST_S);
const positive_s = z.number().positive().max(LARGEST_S);

/** Attempts of one call. */
const MAX_ATTEMPTS = 100;

const FAILURES = ["failed", "dropped", "rejected", "timed_out"] as const;

const backoffSchema: z.ZodType<BackoffKeys> = annotate(
  strictMapping({
    kind: optional(
      z.enum(["fixed", "exponential", "decorrelated"]),
      "fixed: base_s. exponential: base_s, and twice as long each time. decorrelated: uniform between base_s and three times the wait before.",
      DEFAULTS.backoff,
    ),
    base_s: annotate(seconds, { description: "The shortest wait without jitter [s]." }),
    max_s: optional(seconds, "The longest wait [s]; by default 100 times base_s."),
    jitter: optional(
      z.enum(["none", "full", "equal"]),
      "Makes of a wait w: full, a uniform on [0, w); equal, w / 2 and a uniform on [0, w / 2).",
      DEFAULTS.jitter,
    ),
  }).superRefine(({ base_s, max_s }, context) => {
    if (max_s === undefined || max_s >= base_s) return;
    const message = `must be >= base_s (${showNumber(base_s)}): current value is ${showNumber(max_s)}`;
    context.addIssue({ code: "custom", message, path: ["max_s"], input: max_s });
  }),
  { id: "Backoff", description: "The wait before a retry." },
);

const retrySchema: z.ZodType<RetryKeys> = annotate(
  strictMapping({
    attempts: annotate(z.int().min(2).max(MAX_ATTEMPTS), { description: "Attempts in all, the first one counted." }),
    on: optional(
      z.array(z.enum(FAILURES)).min(1),
      "The ways of failing that are worth another attempt.",
      DEFAULTS.retry_on,
    ),
    backoff: optional(backoffSchema, "The wait before each retry; none by default."),
    budget_ratio: optional(
      z.number().positive().max(MAX_ATTEMPTS),
      "At most this many retries for each call, on average over the calls of this place; by default as many as attempts allows.",
    ),
    budget_burst: optional(
      z.number().min(1).max(1e9),
      "Retries that the budget may save up; with budget_ratio.",
      DEFAULTS.budget_burst,
    ),
  }).superRefine(({ budget_ratio, budget_burst }, context) => {
    if (budget_burst === undefined || budget_ratio !== undefined) return;
    context.addIssue({
      code: "custom",
      message: "must stand with budget_ratio",
      path: ["budget_burst"],
      input: budget_burst,
    });
  }),
  { id: "Retry", description: "How failed attempts are repeated." },
);

/** The keys of a policy, for a mapping that has others too. */
export const policyKeys: {
  readonly timeout_s: z.ZodExactOptional<z.ZodNumber>;
  readonly deadline_s: z.ZodExactOptional<z.ZodNumber>;
  readonly cancel: z.ZodExactOptional<z.ZodBoolean>;
  readonly retry: z.ZodExactOptional<z.ZodType<RetryKeys>>;
  readonly breaker: z.ZodExactOptional<z.ZodType<BreakerKeys>>;
  readonly hedge_after_s: z.ZodExactOptional<z.ZodNumber>;
  readonly hedge: z.ZodExactOptional<z.ZodType<HedgeKeys>>;
  readonly bulkhead: z.ZodExactOptional<z.ZodType<BulkheadKeys>>;
} = {
  timeout_s: optional(positive_s, "The caller gives up an attempt that is not answered by then [s]: it has timed out."),
  deadline_s: optional(
    positive_s,
    "As timeout_s, and all who work on the call, or on what it causes, know of it: they begin no step after it [s].",
  ),
  cancel: optional(
    z.boolean(),
    "What the caller has given up ends at once, wherever it is; otherwise it goes on and nobody waits for it. With timeout_s or deadline_s.",
    DEFAULTS.cancel,
  ),
  retry: optional(retrySchema, "Further attempts after one that failed."),
  breaker: optional(breakerSchema, "A circuit breaker, which keeps attempts from beginning while too many go wrong."),
  hedge_after_s: optional(hedgeAfterSchema, "In short for hedge with this after_s [s]."),
  hedge: optional(hedgeSchema, "Sends an attempt once more that is not answered soon."),
  bulkhead: optional(bulkheadSchema, "How many attempts there may be at once; by default as many as come."),
};

/** Says what is wrong with the keys of a policy taken together; undefined when nothing is. */
export function brokenPolicyKeys(policy: PolicyKeys): string | undefined {
  const { timeout_s, deadline_s, cancel, hedge_after_s, hedge } = policy;
  if (timeout_s !== undefined && deadline_s !== undefined) {
    return "must have at most one of timeout_s, deadline_s: current keys are timeout_s, deadline_s";
  }
  if (hedge_after_s !== undefined && hedge !== undefined) {
    return "must have at most one of hedge_after_s, hedge: current keys are hedge_after_s, hedge";
  }
  const isBounded = timeout_s !== undefined || deadline_s !== undefined;
  return cancel === true && !isBounded ? "cancel must stand with timeout_s or deadline_s" : undefined;
}
