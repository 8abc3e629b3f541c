import { z } from "zod";
import type { Autoscaler, ScalingPolicy, ScheduledBounds } from "../model/autoscaler.js";
import { DEFAULTS } from "../model/defaults.js";
import { MAX_REPLICAS } from "../model/replica-set.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { strictMapping } from "./strict-mapping.js";

const replicas = z.int().min(1).max(MAX_REPLICAS);
const time_s = z.number().nonnegative().max(1e12);

const policySchema: z.ZodType<ScalingPolicy> = annotate(
  strictMapping({
    replicas: optional(replicas, "Replicas that may come or go in a period."),
    percent: optional(
      z.number().positive().max(1e6),
      "The same in percent of the replicas at the beginning of the period.",
    ),
    period_s: optional(z.number().positive().max(1e12), "Length of the period [s].", DEFAULTS.scaling_period_s),
  }).superRefine((policy, context) => {
    const given = (["replicas", "percent"] as const).filter((key) => policy[key] !== undefined);
    if (given.length === 1) return;
    const current = given.length === 0 ? "there is none" : "current keys are replicas, percent";
    context.addIssue({ code: "custom", message: `must have one of replicas, percent: ${current}`, input: policy });
  }),
  { id: "ScalingPolicy", description: "How many replicas may come or go in a period." },
);

const scheduleSchema: z.ZodType<ScheduledBounds> = annotate(
  strictMapping({
    at_s: annotate(z.number().positive().max(1e12), { description: "From when on they hold [s]." }),
    min: optional(replicas, "Least number of replicas; by default it stays as it was."),
    max: optional(replicas, "Greatest number of replicas; by default it stays as it was."),
  }),
  { id: "ScheduledBounds", description: "Other bounds of the number of replicas from a time on." },
);

/** The key `autoscaler` of a server. */
export const autoscalerSchema: z.ZodType<Autoscaler> = annotate(
  strictMapping({
    metric: annotate(z.enum(["cpu_utilization_ratio", "concurrency", "queue_length", "latency_s"]), {
      description:
        "What it looks at, an average over the replicas that are ready: cores in use, requests there, those that wait for a core or memory; or how long requests stay.",
    }),
    target: annotate(z.number().positive().max(1e12), {
      description: "What the metric is to be: the replicas become their number x metric / target, rounded up.",
    }),
    min: optional(replicas, "Least number of replicas.", DEFAULTS.min_replicas),
    max: annotate(replicas, { description: "Greatest number of replicas; so many servers are in the set." }),
    tolerance_ratio: optional(
      z.number().nonnegative().max(1e6),
      "Nothing happens while metric and target differ by no more than this share of the target.",
      DEFAULTS.tolerance_ratio,
    ),
    interval_s: optional(
      z.number().positive().max(1e12),
      "Time between two decisions; the metric is averaged over it [s].",
      DEFAULTS.scaling_interval_s,
    ),
    metric_lag_s: optional(
      time_s,
      "How old a metric is at least when it is used, in whole intervals [s].",
      DEFAULTS.metric_lag_s,
    ),
    startup_s: optional(durationSchema, "Time from a decision until a new replica gets requests [s]; by default 0."),
    warm_up_s: optional(
      time_s,
      "How long a new replica that gets requests counts as one that starts up and is not measured, because it is slow at first [s]; by default 0.",
    ),
    scale_up_stabilization_s: optional(
      time_s,
      "More replicas: the least recommendation of this time counts [s].",
      DEFAULTS.scale_up_stabilization_s,
    ),
    scale_down_stabilization_s: optional(
      time_s,
      "Fewer replicas: the greatest recommendation of this time counts [s].",
      DEFAULTS.scale_down_stabilization_s,
    ),
    scale_up: optional(
      z.array(policySchema),
      "How fast replicas may come, the fastest of these policies; [] for no limit. By default 4, or 100 percent, in 15 s.",
    ),
    scale_down: optional(
      z.array(policySchema),
      "How fast replicas may go, the fastest of these policies; [] for no limit. By default 100 percent in 15 s.",
    ),
    schedule: optional(z.array(scheduleSchema), "Other bounds later on, in ascending order of time.", []),
    usd_per_replica_hour: optional(
      z.number().nonnegative().max(1e9),
      "Price of a replica that runs, start-up and draining included [USD/h].",
      DEFAULTS.usd_per_replica_hour,
    ),
  }),
  {
    id: "Autoscaler",
    description:
      "Decides how many replicas of the set run, by the rule of the Kubernetes horizontal pod autoscaler; replicas is the number at the beginning.",
  },
);
