import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { ActiveUsers, RequestRate, RqsInput } from "../model/scenario.js";
import { showNames } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const SPREAD_KEYS = ["variance", "std", "cv"] as const;

/** Keeps every product of two of these numbers within the range of numbers. */
const LARGEST = 1e12;

const nonNegative = z.number().nonnegative().max(LARGEST);
const positive = z.number().positive().max(LARGEST);

const activeUsers = strictMapping({
  mean: annotate(nonNegative, { description: "Mean number of active users." }),
  distribution: optional(
    z.enum(["poisson", "normal", "gaussian"]),
    "Distribution of the number; gaussian is another name of normal. Negative draws become 0.",
    "poisson",
  ),
  variance: optional(nonNegative.nullable(), "Variance of a normal; the mean by default."),
  std: optional(nonNegative, "Standard deviation of a normal."),
  cv: optional(nonNegative, "Coefficient of variation of a normal, std / mean."),
}).superRefine((users, context) => {
  const given = SPREAD_KEYS.filter((key) => users[key] !== undefined && users[key] !== null);
  const isPoisson = users.distribution === undefined || users.distribution === "poisson";
  const rule = isPoisson
    ? "must have no variance, std or cv for poisson: its variance is its mean"
    : "must have at most one of variance, std, cv";
  if (given.length <= (isPoisson ? 0 : 1)) return;
  context.addIssue({ code: "custom", message: `${rule}: current keys are ${showNames(given)}`, input: users });
});

const activeUsersSchema: z.ZodType<ActiveUsers> = annotate(activeUsers, {
  id: "ActiveUsers",
  description: "The number of users active at a time, drawn anew for every sampling window.",
});

const requestRateSchema: z.ZodType<RequestRate> = annotate(
  strictMapping({
    mean: annotate(positive, { description: "Mean number of requests of one user in a minute [1/min]." }),
    distribution: optional(z.literal("poisson"), "Requests of a user are Poisson.", "poisson"),
  }),
  { id: "RequestRate", description: "How often one active user sends a request." },
);

/** The key `rqs_input`. */
export const rqsInputSchema: z.ZodType<RqsInput> = annotate(
  strictMapping({
    id: identifierSchema("Id of the generator."),
    type: optional(z.literal("generator"), "Kind of the node.", "generator"),
    avg_active_users: activeUsersSchema,
    avg_request_per_minute_per_user: requestRateSchema,
    user_sampling_window: optional(
      positive,
      "The number of active users is drawn anew this often [s].",
      DEFAULTS.user_sampling_window,
    ),
  }),
  { id: "RqsInput", description: "The generator of requests: users, and how often each of them asks." },
);
