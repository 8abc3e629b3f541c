import { z } from "zod";
import { POLICY_KEYS } from "../model/call-policy.js";
import { DEFAULTS } from "../model/defaults.js";
import { SIZE_KEYS } from "../model/edge-network.js";
import type { ActiveUsers, MixItem, RequestRate, RqsInput } from "../model/rqs-input.js";
import { showNames, showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { ARRIVAL_WAYS, brokenArrivalRules } from "./arrival-ways.js";
import { throttleSchema } from "./detector-schema.js";
import { countSchema } from "./duration-schema.js";
import { sizeKeys } from "./edge-network-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { intervalSchema } from "./interval-schema.js";
import { markovSchema } from "./markov-schema.js";
import { brokenPolicyKeys, policyKeys } from "./policy-schema.js";
import { profileFactorSchema } from "./profile-schema.js";
import { closedSchema, sessionSchema } from "./session-schema.js";
import { traceSchema } from "./trace-schema.js";
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

const mixItemSchema: z.ZodType<MixItem> = annotate(
  strictMapping({
    endpoint: optional(
      identifierSchema("Name of the endpoint."),
      "Name of the endpoint that it asks for; letters become lower case. By default the server chooses.",
    ),
    weight: optional(
      nonNegative,
      "A request is of this kind with probability weight / sum of the weights of the generator.",
      DEFAULTS.weight,
    ),
    class: optional(identifierSchema("Class of the request."), "Class of the request, for branches and policies."),
    priority: optional(
      z.int().min(0).max(1_000_000),
      "Who goes first at servers with scheduling priority or a queue by priority: 0, then 1, ...; it goes with every call that the request causes.",
      DEFAULTS.priority,
    ),
    ...sizeKeys,
  }),
  { id: "MixItem", description: "One kind of request of a generator." },
);

const looseGenerator = strictMapping({
  id: identifierSchema("Id of the generator."),
  type: optional(z.literal("generator"), "Kind of the node.", "generator"),
  avg_active_users: optional(activeUsersSchema, "The number of users active at a time."),
  avg_request_per_minute_per_user: optional(requestRateSchema, "How often one active user sends a request."),
  user_sampling_window: optional(
    positive,
    "The number of active users is drawn anew this often [s].",
    DEFAULTS.user_sampling_window,
  ),
  arrival_rate_per_s: optional(nonNegative, "Requests come at this rate [1/s]; Poisson without interarrival."),
  interarrival: optional(
    intervalSchema,
    "Distribution of the gaps between arrivals [s]; without its mean beside arrival_rate_per_s.",
  ),
  mmpp: optional(markovSchema, "Poisson with a rate that changes at random: the states, one after the other."),
  trace: optional(traceSchema, "Requests come at recorded times."),
  closed: optional(
    closedSchema,
    "Users who wait for their requests, and think in between; they are there all the time.",
  ),
  session: optional(sessionSchema, "What comes are users with several requests; by default it is requests."),
  batch_size: optional(
    countSchema,
    "Requests that come at a time: a number or a distribution, which is rounded.",
    DEFAULTS.batch_size,
  ),
  profile: optional(z.array(profileFactorSchema), "Factors of the rate over time; they multiply.", []),
  mix: optional(
    z
      .array(mixItemSchema)
      .min(1)
      .refine((items) => items.some(({ weight }) => (weight ?? DEFAULTS.weight) > 0), {
        error: () => "weights must have a sum > 0: current sum is 0",
      }),
    "What the requests ask for; by default the server that they come to chooses.",
  ),
  ...sizeKeys,
  throttle: optional(
    throttleSchema,
    "What holds it back while a detector says so, or while a node has too much to do; by default nothing.",
  ),
  ...policyKeys,
}).superRefine((generator, context) => {
  const brokenPolicy = brokenPolicyKeys(generator);
  if (brokenPolicy !== undefined) context.addIssue({ code: "custom", message: brokenPolicy, input: generator });
  for (const { key, message } of brokenArrivalRules(generator)) {
    context.addIssue({ code: "custom", message, path: key === undefined ? [] : key.split("."), input: generator });
  }
  if (generator.session?.steps !== undefined && generator.mix !== undefined) {
    const message = "must not stand beside the steps of a session: these are what it asks for";
    context.addIssue({ code: "custom", message, path: ["mix"], input: generator });
  }
});

const COMMON_KEYS = [
  "id",
  "type",
  "batch_size",
  "profile",
  "mix",
  "session",
  ...SIZE_KEYS,
  "throttle",
  ...POLICY_KEYS,
] as const;

const generatorSchema: z.ZodType<RqsInput> = annotate(looseGenerator as unknown as z.ZodType<RqsInput>, {
  id: "RqsInput",
  description: "A generator of requests.",
  anyOf: ARRIVAL_WAYS.map((way) => ({
    type: "object",
    properties: Object.fromEntries(
      [...COMMON_KEYS.filter((key) => way.excluded?.includes(key) !== true), ...way.required, ...way.optional].map(
        (key) => [key, true],
      ),
    ),
    required: way.required,
    additionalProperties: false,
  })),
});

/** The key `rqs_input`. */
export const rqsInputSchema: z.ZodType<RqsInput | readonly RqsInput[]> = z.union(
  [generatorSchema, z.array(generatorSchema).min(1)],
  { error: ({ input }) => `must be a mapping or a list of mappings: current value is ${showValue(input)}` },
);
