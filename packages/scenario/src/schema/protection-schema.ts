import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { ConcurrencyLimit, ControlledDelay, LoadShedding, Queue } from "../model/protection.js";
import { showValue } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { addMisplaced, type KeysOf } from "./misplaced-keys.js";
import { refuseMisplacedQueueKeys, waitingKeys } from "./queue-keys.js";
import { rateLimitSchema } from "./rate-limit-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** Keeps the times of events within the range of numbers. */
const LARGEST_S = 1e12;
const positive_s = z.number().positive().max(LARGEST_S);
const places = z.int().min(1).max(1_000_000_000);

const LIMIT_KEYS: KeysOf<keyof ConcurrencyLimit> = {
  timeout_s: ["aimd"],
  backoff_ratio: ["aimd"],
  tolerance_ratio: ["gradient"],
  smoothing_ratio: ["gradient"],
  growth: ["gradient"],
};
const SHEDDING_KEYS: KeysOf<keyof LoadShedding> = { above_ratio: ["utilization"], above_s: ["latency"] };

const adaptiveLimitSchema: z.ZodType<ConcurrencyLimit> = annotate(
  strictMapping({
    kind: annotate(z.enum(["aimd", "gradient"]), {
      description:
        "aimd: one more after a request that ends well, a share less after one that is too slow or lost. gradient: falls when requests take " +
        "longer than on average, rises when they do not. As AIMDLimit and Gradient2Limit of Netflix's concurrency-limits.",
    }),
    min: optional(places, "It does not fall below this.", DEFAULTS.limit_min),
    max: optional(places, "It does not rise above this.", DEFAULTS.limit_max),
    initial: optional(places, "Where it begins; by default 20, or the end of [min, max] next to that."),
    timeout_s: optional(
      positive_s,
      "Of aimd: a request that takes longer counts as lost [s].",
      DEFAULTS.limit_timeout_s,
    ),
    backoff_ratio: optional(
      z.number().positive().lt(1),
      "Of aimd: what a lost request leaves of the limit.",
      DEFAULTS.limit_backoff_ratio,
    ),
    tolerance_ratio: optional(
      z.number().min(1).max(1000),
      "Of gradient: the limit falls when a request takes this many times as long as the average.",
      DEFAULTS.limit_tolerance_ratio,
    ),
    smoothing_ratio: optional(
      z.number().positive().max(1),
      "Of gradient: the weight of what is new.",
      DEFAULTS.limit_smoothing_ratio,
    ),
    growth: optional(
      z.number().positive().max(1_000_000),
      "Of gradient: by how much it may grow, which is how many requests it lets queue; it does not fall below twice that.",
      DEFAULTS.limit_growth,
    ),
  }).superRefine((limit, context) => {
    addMisplaced(limit, LIMIT_KEYS, { name: "kind", value: limit.kind }, context);
    const { min = DEFAULTS.limit_min, max = DEFAULTS.limit_max, initial = min } = limit;
    if (min <= initial && initial <= max) return;
    const message = `must have min <= initial <= max: current values are ${[min, initial, max].map(showValue).join(", ")}`;
    context.addIssue({ code: "custom", message, input: limit });
  }),
  { id: "ConcurrencyLimit", description: "A limit that follows how requests fare." },
);

const limitSchema: z.ZodType<number | ConcurrencyLimit> = z.union([places, adaptiveLimitSchema], {
  error: ({ input }) =>
    `must be a whole number or a mapping with kind aimd or gradient: current value is ${showValue(input)}`,
});

const controlledDelaySchema: z.ZodType<ControlledDelay> = annotate(
  strictMapping({
    kind: annotate(z.literal("codel"), { description: "CoDel as servers have it (Maurer 2015)." }),
    target_s: optional(
      positive_s,
      "How long a request waits at most when the queue has not been empty for interval_s [s].",
      DEFAULTS.codel_target_s,
    ),
    interval_s: optional(positive_s, "How long it waits at most otherwise [s].", DEFAULTS.codel_interval_s),
  }).superRefine((delay, context) => {
    const { target_s = DEFAULTS.codel_target_s, interval_s = DEFAULTS.codel_interval_s } = delay;
    if (target_s <= interval_s) return;
    const message = `must have target_s <= interval_s: current values are ${showValue(target_s)}, ${showValue(interval_s)}`;
    context.addIssue({ code: "custom", message, input: delay });
  }),
  {
    id: "ControlledDelay",
    description: "Turns away who waits too long, as rejected: sooner when the queue does not get empty.",
  },
);

const queueSchema: z.ZodType<Queue> = annotate(
  strictMapping({
    ...waitingKeys,
    when_full: optional(
      z.enum(["reject_newest", "drop_oldest", "drop_lowest_priority"]),
      "Who goes without; drop_lowest_priority, the newest of them, stands with discipline priority.",
      DEFAULTS.queue_when_full,
    ),
    shed: optional(controlledDelaySchema, "Turns away who waits too long; by default nobody does."),
  }).superRefine((queue, context) => {
    refuseMisplacedQueueKeys(queue, context);
    const discipline = queue.discipline ?? DEFAULTS.queue_discipline;
    if (queue.when_full !== "drop_lowest_priority" || discipline === "priority") return;
    const message = `must stand with discipline priority: current discipline is ${discipline}`;
    context.addIssue({ code: "custom", message, path: ["when_full"], input: queue.when_full });
  }),
  { id: "Queue", description: "Requests that wait until there is a place for them among those at work." },
);

const sheddingSchema: z.ZodType<LoadShedding> = annotate(
  strictMapping({
    kind: annotate(z.enum(["utilization", "latency"]), {
      description: "What it looks at: the share of the cores in use, or the time that requests spend at the server.",
    }),
    above_ratio: optional(z.number().positive().lt(1), "Sheds above this share of the cores; utilization needs it."),
    above_s: optional(positive_s, "Sheds above this mean time at the server [s]; latency needs it."),
    window_s: optional(positive_s, "Time constant of the exponential average [s].", DEFAULTS.shedding_window_s),
    spare_priority: optional(
      z.int().min(0).max(1_000_000),
      "Requests with a priority of at most this are let in all the same; by default none are.",
    ),
  }).superRefine((shedding, context) => {
    addMisplaced(shedding, SHEDDING_KEYS, { name: "kind", value: shedding.kind }, context);
    const needed = shedding.kind === "utilization" ? "above_ratio" : "above_s";
    if (shedding[needed] !== undefined) return;
    context.addIssue({ code: "custom", message: `missing key ${needed}`, input: shedding });
  }),
  { id: "LoadShedding", description: "Turns requests away, as rejected, while the server has too much to do." },
);

/** The keys of servers, endpoints and databases that say what they begin to work on, and when. */
const concurrencyKeys: {
  readonly concurrency_limit: z.ZodExactOptional<z.ZodType<number | ConcurrencyLimit>>;
  readonly queue: z.ZodExactOptional<z.ZodType<Queue>>;
} = {
  concurrency_limit: optional(
    limitSchema,
    "Requests that it works on at once: a number, or a limit that follows how they fare. By default there is none.",
  ),
  queue: optional(
    queueSchema,
    "Where the others wait; by default nobody does, and who finds no place is rejected. Needs concurrency_limit.",
  ),
};

/** The keys that do, and those that say when requests are turned away because of the load, or come too fast. */
export const protectionKeys: Readonly<Record<string, z.ZodType>> = {
  ...concurrencyKeys,
  load_shedding: optional(sheddingSchema, "When requests are turned away because of the load; by default never."),
  rate_limits: optional(z.array(rateLimitSchema), "What every request passes on its way in, in this order.", []),
};

/** The keys of servers and endpoints: those, and a deadline. */
export const entranceKeys: Readonly<Record<string, z.ZodType>> = {
  ...protectionKeys,
  deadline_s: optional(
    positive_s,
    "A request begins no step later than this after its arrival, nor does what it calls, and fails as timed out [s]; by default there is no limit. At an " +
      "endpoint it takes the place of the server's.",
  ),
};
