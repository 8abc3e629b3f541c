import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { SimulationSettings } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { strictMapping } from "./strict-mapping.js";

/** The key `sim_settings`. */
export const settingsSchema: z.ZodType<SimulationSettings> = annotate(
  strictMapping({
    total_simulation_time: optional(z.number().positive(), "Length of the run [s].", DEFAULTS.total_simulation_time),
    warm_up_s: optional(
      z.number().nonnegative(),
      "Requests generated before this time are simulated and not counted [s].",
      DEFAULTS.warm_up_s,
    ),
    max_events: optional(z.int().min(1), "A run ends as truncated after this many events.", DEFAULTS.max_events),
    max_live_requests: optional(
      z.int().min(1),
      "A run ends as truncated when this many requests are alive at once.",
      DEFAULTS.max_live_requests,
    ),
    attribution: optional(
      z.boolean(),
      "Whether to say where the time of requests goes: metrics attribution_*. A run takes about a third longer.",
      DEFAULTS.attribution,
    ),
    endpoint_metrics: optional(
      z.boolean(),
      "Whether to measure latency, rates and errors by reason of each endpoint at each server, and of each class there: app/browse.latency_s_p99. A run takes about a fifth longer, and 50 kB of memory for each of them.",
      DEFAULTS.endpoint_metrics,
    ),
    detailed_series: optional(
      z.boolean(),
      "Whether waits, service times, loop lag, stops, losses, time limits, bytes and the attribution have time series, too, and not only metrics.",
      DEFAULTS.detailed_series,
    ),
    sample_period_s: optional(
      z.number().positive(),
      "Distance of AsyncFlow's samples, which run --samples gives [s]. No average depends on it: those are exact.",
      DEFAULTS.sample_period_s,
    ),
    enabled_sample_metrics: optional(
      z.array(z.enum(["ready_queue_len", "event_loop_io_sleep", "ram_in_use", "edge_concurrent_connection"])),
      "Which sampled metrics run --samples gives; all by default.",
    ),
    enabled_event_metrics: optional(
      z.array(z.enum(["rqs_clock", "llm_cost"])),
      "Read for the sake of AsyncFlow files: latencies are always measured.",
    ),
  }),
  { id: "SimulationSettings", description: "How long to simulate, what to count, and when to give up." },
);
