import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Batching, Llm } from "../model/llm.js";
import { showNames } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const positive = z.number().positive();
const count = z.int().min(1).max(1_000_000_000);

const batchingSchema: z.ZodType<Batching> = annotate(
  strictMapping({
    step_base_s: annotate(positive, { description: "Time of a step, besides what each request adds [s]." }),
    step_per_request_s: optional(
      z.number().nonnegative(),
      "What each request in the batch adds to the time of a step [s].",
      DEFAULTS.step_per_request_s,
    ),
    prefill_tokens_per_s: optional(
      positive,
      "Tokens of prompts that are read in a second. The step after requests have joined lasts longer by that; by default not at all.",
    ),
    max_batch: optional(count, "Requests in the batch at most; by default without a limit."),
    kv_tokens: optional(
      count,
      "Tokens that fit into memory. A request has room for its prompt and its whole answer from when it joins, and waits for " +
        "that; one that needs more than there is is rejected. By default without a limit.",
    ),
  }),
  {
    id: "Batching",
    description:
      "Continuous batching: each step gives every request of the batch one token; requests join between steps, in turn.",
  },
);

/** Limits of a provider. */
const LIMITS = [
  "requests_per_minute",
  "tokens_per_minute",
  "input_tokens_per_minute",
  "output_tokens_per_minute",
] as const;

/** The keys of a provider. */
const PROVIDER = [
  "concurrency",
  ...LIMITS,
  "burst_s",
  "retry_after",
  "time_to_first_token_s",
  "tokens_per_s",
  "error_ratio",
];

const looseLlm = strictMapping({
  id: identifierSchema("Id of the model."),
  queue_capacity: optional(
    z.int().min(0).max(1_000_000_000),
    "Requests that wait at most, the others are rejected; by default without a limit.",
  ),
  queue_timeout_s: optional(
    durationSchema,
    "Who has waited this long for the model fails, as timed out [s]: a number or a distribution, drawn for each wait. By default nobody.",
  ),
  usd_per_million_input_tokens: optional(
    z.number().nonnegative(),
    "Price of a million tokens of prompts [USD].",
    DEFAULTS.usd_per_million_tokens,
  ),
  usd_per_million_output_tokens: optional(
    z.number().nonnegative(),
    "Price of a million tokens of answers [USD].",
    DEFAULTS.usd_per_million_tokens,
  ),
  concurrency: optional(count, "Requests that a provider works on at once, the others wait in turn; by default all."),
  requests_per_minute: optional(
    positive,
    "Who is over it is rejected. A bucket that fills continuously, full at first; by default without a limit.",
  ),
  tokens_per_minute: optional(
    positive,
    "The same for tokens: a request takes those of its prompt and of its answer when it comes.",
  ),
  input_tokens_per_minute: optional(positive, "A limit of its own for the tokens of prompts, besides the others."),
  output_tokens_per_minute: optional(positive, "A limit of its own for the tokens of answers, besides the others."),
  burst_s: optional(positive, "The buckets hold what comes in this time [s].", DEFAULTS.burst_s),
  retry_after: optional(
    z.boolean(),
    "Whether who is over a limit hears how long to wait, and does not try again before.",
    DEFAULTS.retry_after,
  ),
  time_to_first_token_s: optional(
    durationSchema,
    "Of a provider: time from when it begins with a request to the first token [s]: a number or a distribution.",
  ),
  tokens_per_s: optional(positive, "Of a provider: speed of one answer after its first token."),
  error_ratio: optional(
    z.number().min(0).max(1),
    "Probability that there is an error instead of the first token, range [0, 1]. It costs nothing.",
    DEFAULTS.error_ratio,
  ),
  batching: optional(batchingSchema, "How a model of one's own serves, instead of the keys of a provider."),
}).superRefine((llm, context) => {
  const keys = Object.keys(llm);
  const reject = (message: string): void => {
    context.addIssue({ code: "custom", message: `${message}: current keys are ${showNames(keys)}`, input: llm });
  };
  const isProvider = llm.time_to_first_token_s !== undefined && llm.tokens_per_s !== undefined;
  if (llm.batching !== undefined && PROVIDER.some((key) => keys.includes(key))) {
    reject("batching must stand without keys of a provider");
  } else if (llm.batching === undefined && !isProvider) {
    reject("must have (time_to_first_token_s and tokens_per_s) or (batching)");
  } else if (llm.batching !== undefined && llm.queue_capacity === 0) {
    reject("queue_capacity must be >= 1 with batching: requests wait until the next step");
  } else if (llm.burst_s !== undefined && LIMITS.every((key) => llm[key] === undefined)) {
    reject(`burst_s must stand with one of ${LIMITS.join(", ")}`);
  } else if (
    llm.requests_per_minute !== undefined &&
    llm.requests_per_minute * (llm.burst_s ?? DEFAULTS.burst_s) < 60
  ) {
    reject("requests_per_minute must make one request in burst_s");
  }
});

/** One item of the key `llms`. */
export const llmSchema: z.ZodType<Llm> = annotate(looseLlm as unknown as z.ZodType<Llm>, {
  id: "Llm",
  description: "A language model, which steps ask: a provider's, or one's own that serves in batches.",
});
