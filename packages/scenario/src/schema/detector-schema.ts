import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import { DETECTOR_ID, type Detector, type Injector, type Throttle } from "../model/detector.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const positive = z.number().positive().max(1e12);
const ratio = z.number().min(0).max(1);
const idSchema = identifierSchema("Id of the detector; metrics and the series of its state are named after it.");

const keys = {
  node: annotate(z.string().min(1), {
    description:
      "Id of a server, a replica set, the replicas of a zone (<id>@<zone>) or a database, whose queue it watches.",
  }),
  capacity: optional(
    positive,
    "Waiting requests that are a full queue; by default the backlogs (beside max_connections) and the capacities of the queues of its servers.",
  ),
  interval_s: optional(positive, "It looks at the multiples of this time [s].", DEFAULTS.detector_interval_s),
  trend_s: optional(positive, "Time over which dQ/dt is taken [s], in whole intervals; by default five of them."),
  window: optional(
    z.int().min(1).max(10_000),
    "Completions that a 95th percentile of latency is of; it is compared with that of as many before them.",
    DEFAULTS.window,
  ),
  degraded_ratio: optional(
    positive,
    "From this fill on, waiting requests over capacity, the system is degraded.",
    DEFAULTS.degraded_ratio,
  ),
  collapsed_ratio: optional(
    positive,
    "Over this fill the system collapses while dQ/dt is positive, and is collapsed until the fill is lower.",
    DEFAULTS.collapsed_ratio,
  ),
  latency_growth_ratio: optional(
    positive,
    "The system is collapsed while the percentile has grown by more than this share of it within a window.",
    DEFAULTS.latency_growth_ratio,
  ),
  failed_ratio: optional(
    ratio,
    "A collapse is laid to failures if this share of what left the server within trend_s had failed.",
    DEFAULTS.failed_ratio,
  ),
};

const description = "Tells whether a system is stable, degraded or collapsed; its state is a series, 0 to 2.";

/** One item of the key `detectors`. */
export const detectorSchema: z.ZodType<Detector> = annotate(strictMapping({ id: idSchema, ...keys }), {
  id: "Detector",
  description,
});

/** The key `detector`. */
export const onlyDetectorSchema: z.ZodType<Omit<Detector, "id"> & { readonly id?: string }> = annotate(
  strictMapping({ id: optional(idSchema, "Id of the detector.", DETECTOR_ID), ...keys }),
  { id: "OnlyDetector", description },
);

const delay = z.number().nonnegative().max(1e12);

/** The key `throttle` of a generator. */
export const throttleSchema: z.ZodType<Throttle> = annotate(
  strictMapping({
    detector: optional(z.string().min(1), "Id of the detector whose state it goes by; this or node."),
    degraded_delay_s: optional(
      delay,
      "Wait before each request while the state is degraded [s].",
      DEFAULTS.degraded_delay_s,
    ),
    collapsed_delay_s: optional(
      delay,
      "Wait before each request while the state is collapsed [s].",
      DEFAULTS.collapsed_delay_s,
    ),
    node: optional(
      z.string().min(1),
      "Id of a server, a replica set, the replicas of a zone (<id>@<zone>) or a database whose load it goes by; this or detector. Needs queue_above, latency_above_s or both.",
    ),
    queue_above: optional(
      z.int().nonnegative(),
      "There is a wait before each request while more requests than these wait at the node, for whatever it is.",
    ),
    latency_above_s: optional(
      positive,
      "There is a wait before each request while the 95th percentile of the last times at the node is longer [s].",
    ),
    window: optional(
      z.int().min(1).max(10_000),
      "Requests that did not fail and that the percentile is of.",
      DEFAULTS.window,
    ),
    delay_s: optional(delay, "Wait before each request meanwhile [s].", DEFAULTS.throttle_delay_s),
  }),
  {
    id: "Throttle",
    description:
      "Holds a generator back (backpressure): its users wait that much longer before each request; without users, gaps between requests are that much longer.",
  },
);

/** The key `injector` of a server. */
export const injectorSchema: z.ZodType<Injector> = annotate(
  strictMapping({
    drop_ratio: optional(ratio, "Probability that a request fails on arrival.", DEFAULTS.injected_ratio),
    pressure_drop_ratio: optional(
      z.number().nonnegative().max(1e6),
      "Added to that, times the square of the fill of the server's queue: its waiting requests over capacity.",
      DEFAULTS.injected_ratio,
    ),
    capacity: optional(
      positive,
      "Waiting requests that are a full queue, for pressure_drop_ratio; by default the backlog (beside max_connections) and the capacity of its queue.",
    ),
    latency_ratio: optional(
      ratio,
      "Probability that a request waits for latency_s before its steps, without a core.",
      DEFAULTS.injected_ratio,
    ),
    latency_s: optional(durationSchema, "How long that takes [s]: a number or a distribution. Needs latency_ratio."),
    error_ratio: optional(
      ratio,
      "Probability that a request fails before its steps, after that wait.",
      DEFAULTS.injected_ratio,
    ),
  }).superRefine((injector, context) => {
    const reject = (message: string, path: readonly string[] = []): void =>
      context.addIssue({ code: "custom", message, path: [...path], input: injector });
    if (injector.latency_ratio !== undefined && injector.latency_s === undefined) reject("missing key latency_s");
    if (injector.latency_s !== undefined && injector.latency_ratio === undefined) reject("missing key latency_ratio");
    if (injector.capacity !== undefined && injector.pressure_drop_ratio === undefined) {
      reject("must stand beside pressure_drop_ratio: nothing else depends on it", ["capacity"]);
    }
  }),
  { id: "Injector", description: "Faults that befall requests at the server by chance, whatever its steps say." },
);
