import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Step } from "../model/step.js";
import { showNames, showNumber, showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { distributionMappingSchema, durationSchema, tokensSchema } from "./duration-schema.js";
import { sizeKeys } from "./edge-network-schema.js";
import { rowLockSchema, rowReadSchema } from "./database-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { brokenPolicyKeys, policyKeys } from "./policy-schema.js";
import { brokenStepKeys, STEP_WAYS } from "./step-words.js";
import { strictMapping } from "./strict-mapping.js";

/** AsyncFlow's kinds of a step, and the one key that the operation of each holds. */
export const STEP_KINDS: Readonly<Record<string, "cpu_time" | "io_waiting_time" | "necessary_ram">> = {
  initial_parsing: "cpu_time",
  cpu_bound_operation: "cpu_time",
  cpu: "cpu_time",
  io_task_spawn: "io_waiting_time",
  io_llm: "io_waiting_time",
  io_wait: "io_waiting_time",
  io_db: "io_waiting_time",
  io_cache: "io_waiting_time",
  ram: "necessary_ram",
};

/** Most times that something is repeated. */
export const MAX_REPETITIONS = 1_000_000;

const megabytes = z.number().positive();

const operation = strictMapping({
  cpu_time: optional(durationSchema, "Time on a core [s]."),
  io_waiting_time: optional(durationSchema, "Time waited without a core [s]."),
  necessary_ram: optional(megabytes, "Memory [MB]."),
});

const nestedSteps: z.ZodType<readonly Step[]> = z.lazy(() => stepsSchema);

const way = strictMapping({
  class: optional(identifierSchema("Class of requests."), "Goes this way with requests of this class."),
  probability: optional(z.number().min(0).max(1), "Goes this way with this probability; at most 1 over all ways."),
  steps: optional(nestedSteps, "The steps of this way; with class or probability."),
  otherwise: optional(nestedSteps, "The steps when no other way is gone; without other keys, as the last way."),
}).superRefine((value, context) => {
  const keys = Object.keys(value).toSorted().join(" and ");
  if (["class and steps", "probability and steps", "otherwise"].includes(keys)) return;
  const rule = "must have exactly one of (class and steps), (probability and steps), (otherwise)";
  const message = `${rule}: current keys are ${showNames(Object.keys(value))}`;
  context.addIssue({ code: "custom", message, input: value });
});

const waySchema = annotate(way, {
  id: "Way",
  description: "One way of a branch.",
  anyOf: waysJsonSchema(
    [["class", "steps"], ["probability", "steps"], ["otherwise"]].map((keys) => ({ keys, allowed: [] })),
  ),
});

const waysSchema = z
  .array(waySchema)
  .min(1)
  .superRefine((ways, context) => {
    const sum = ways.reduce((total, { probability }) => total + (probability ?? 0), 0);
    const message = `probabilities must add up to at most 1: current sum is ${showNumber(sum)}`;
    if (sum > 1 + 1e-9) context.addIssue({ code: "custom", message, input: ways });
    for (const [index, { otherwise }] of ways.entries()) {
      if (otherwise === undefined || index === ways.length - 1) continue;
      const rule = `otherwise must be the last way: current position is ${index + 1} of ${ways.length}`;
      context.addIssue({ code: "custom", message: rule, path: [index], input: ways });
    }
  });

const joinError = ({ input }: { readonly input?: unknown }): string =>
  `must be all, any or a number of branches: current value is ${showValue(input)}`;

const joinSchema = z.union([z.enum(["all", "any"], { error: joinError }), z.int().min(1)], { error: joinError });

const parallelSchema = annotate(
  strictMapping({
    join: optional(joinSchema, "How many branches must come to their end well: all, any or a number.", DEFAULTS.join),
    on_error: optional(
      z.enum(["fail_fast", "collect"]),
      "fail_fast: fails as soon as too many branches have failed. collect: when all have ended.",
      DEFAULTS.on_error,
    ),
    branches: annotate(z.array(nestedSteps).min(1), { description: "The steps of each branch." }),
  }).superRefine(({ join, branches }, context) => {
    if (typeof join !== "number" || join <= branches.length) return;
    const message = `must be <= the number of branches (${branches.length}): current value is ${join}`;
    context.addIssue({ code: "custom", message, path: ["join"], input: join });
  }),
  { id: "Parallel", description: "Branches that begin together. Those that nobody waits for any more run on." },
);

const repeatSchema = annotate(
  strictMapping({
    times: annotate(
      z.union([z.int().min(0).max(MAX_REPETITIONS), distributionMappingSchema], {
        error: ({ input }) => `must be a whole number or a distribution: current value is ${showValue(input)}`,
      }),
      { description: "How often: a number, or a distribution whose draws are rounded." },
    ),
    steps: annotate(nestedSteps, { description: "What is repeated." }),
  }),
  { id: "Repeat", description: "Steps that are done several times, one after the other." },
);

const lockSchema = z.union([identifierSchema("Name of a lock."), rowLockSchema], {
  error: ({ input }) => `must be a name, or the row that a query locks: current value is ${showValue(input)}`,
});

const looseStep = strictMapping({
  cpu_s: optional(durationSchema, "Holds a core for this long [s]. Consecutive CPU steps keep the core."),
  io_s: optional(durationSchema, "Gives the core back and waits this long [s]."),
  ram_mb: optional(
    megabytes,
    "Memory that the request needs [MB]. The sum over all steps is reserved on arrival, steps inside others included.",
  ),
  release_ram_mb: optional(megabytes, "Memory given back before the request leaves [MB]; otherwise all is then."),
  call: optional(
    identifierSchema("Id of a server, an external service or a load balancer."),
    "Sends a request there, over the edge from this server, and waits for the answer without a core.",
  ),
  endpoint: optional(identifierSchema("Name of an endpoint."), "What to call; by default the called server chooses."),
  query: optional(
    identifierSchema("Id of a database."),
    "Asks it, over the edge from this server, and waits for the answer without a core. Holds a connection meanwhile.",
  ),
  name: optional(identifierSchema("Name of a query."), "Which of the queries of the database; with query."),
  transaction: optional(
    identifierSchema("Id of a database."),
    "Holds one connection to it during its steps; queries of the same database in it use that one.",
  ),
  cache: optional(
    identifierSchema("Id of a cache."),
    "Looks a key up there, over the edge from this server, and waits for the answer without a core.",
  ),
  on_miss: optional(nestedSteps, "What fetches the key when the cache does not have it; with cache."),
  llm: optional(
    identifierSchema("Id of a language model."),
    "Asks it, over the edge from this server, and waits for the whole answer without a core.",
  ),
  input_tokens: optional(
    tokensSchema(0),
    "Tokens of the prompt: a number, or a distribution that is rounded up; with llm.",
  ),
  output_tokens: optional(tokensSchema(1), "Tokens of the answer, 1 at least; with llm."),
  stream: optional(
    z.boolean(),
    "Whether the step is over, and its time limit met, with the first token; the others are generated meanwhile, and paid for. With llm.",
    DEFAULTS.stream,
  ),
  ...sizeKeys,
  publish: optional(
    identifierSchema("Id of a broker."),
    "Publishes a message, over the edge from this server, and waits for its acknowledgement without a core.",
  ),
  topic: optional(identifierSchema("Name of a topic."), "Which of the topics of the broker; with publish."),
  ...policyKeys,
  branch: optional(waysSchema, "Goes one of several ways, or none: the first whose class fits, or else one by chance."),
  parallel: optional(parallelSchema, "Goes several ways at once."),
  repeat: optional(repeatSchema, "Does steps several times."),
  spawn: optional(nestedSteps, "Starts steps that nobody waits for; they may go on after the answer."),
  lock: optional(
    lockSchema,
    "A name: holds this lock of the server during its steps. With query, a mapping: the row of the database that it locks.",
  ),
  row: optional(rowReadSchema, "The row that a query reads, for the metrics of stale reads; with query."),
  semaphore: optional(
    identifierSchema("Name of a semaphore."),
    "Holds a unit of this semaphore of the server during its steps.",
  ),
  offload: optional(z.literal("thread_pool"), "Holds a thread of the server while it computes or does its steps."),
  steps: optional(nestedSteps, "What is done meanwhile; with transaction, lock, semaphore or offload."),
  fail: optional(z.literal(true), "Fails: the request answers with an error, unless a step around it has on_error."),
  on_error: optional(nestedSteps, "When the step fails: these steps instead of what was left of it."),
  fallback: optional(
    nestedSteps,
    "When there is no answer for good: these steps instead, and the edge counts them; with call, query, cache or llm, without on_error.",
  ),
  label: optional(identifierSchema("Label."), "For readers; has no effect."),
  kind: optional(z.enum(Object.keys(STEP_KINDS)), "AsyncFlow's spelling: the kind, with step_operation."),
  step_operation: optional(
    annotate(operation, { id: "StepOperation", description: "Exactly one of the keys, the one that the kind needs." }),
    "AsyncFlow's spelling: what the step needs.",
  ),
}).superRefine((step, context) => {
  const broken = brokenStepKeys(Object.keys(step));
  if (broken !== undefined) {
    context.addIssue({ code: "custom", message: broken, input: step });
    return;
  }
  if (step.lock !== undefined && (typeof step.lock === "string") !== (step.query === undefined)) {
    const rule = step.query === undefined ? "must be a name" : "must be a mapping with query, the row that it locks";
    context.addIssue({
      code: "custom",
      message: `${rule}: current value is ${showValue(step.lock)}`,
      path: ["lock"],
      input: step.lock,
    });
  }
  if (step.fallback !== undefined && step.on_error !== undefined) {
    const message = "must have at most one of on_error, fallback: current keys are on_error, fallback";
    context.addIssue({ code: "custom", message, input: step });
  }
  const brokenPolicy = brokenPolicyKeys(step);
  if (brokenPolicy !== undefined) context.addIssue({ code: "custom", message: brokenPolicy, input: step });
  if (step.kind === undefined) return;
  const wanted = STEP_KINDS[step.kind];
  const given = Object.keys(step.step_operation ?? {});
  if (given.length === 1 && given[0] === wanted) return;
  const message = `must hold exactly ${wanted} for kind ${step.kind}: current keys are ${showNames(given)}`;
  context.addIssue({ code: "custom", message, path: ["step_operation"], input: step.step_operation });
});

/** One step of an endpoint. One mapping of optional keys for good messages; the refinement makes it the union. */
const stepSchema: z.ZodType<Step> = annotate(looseStep as unknown as z.ZodType<Step>, {
  id: "Step",
  description: "One step of an endpoint. A label may stand beside; on_error beside what can fail.",
  anyOf: waysJsonSchema(STEP_WAYS),
});

/** A list of steps. */
export const stepsSchema: z.ZodType<readonly Step[]> = z.array(stepSchema);

/** In JSON Schema terms: exactly these keys, and perhaps some others. */
function waysJsonSchema(
  ways: readonly { readonly keys: readonly string[]; readonly allowed: readonly string[] }[],
): readonly object[] {
  return ways.map(({ keys, allowed }) => ({
    type: "object",
    properties: Object.fromEntries([...keys, ...allowed].map((key) => [key, true])),
    required: keys,
    additionalProperties: false,
  }));
}
