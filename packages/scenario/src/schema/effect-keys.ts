import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import { optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";

/** A schema for each key. */
interface EffectShape {
  readonly spike_s: z.ZodExactOptional<z.ZodNullable<z.ZodNumber>>;
  readonly factor: z.ZodExactOptional<z.ZodNumber>;
  readonly io_factor: z.ZodExactOptional<z.ZodNumber>;
  readonly length_factor: z.ZodExactOptional<z.ZodNumber>;
  readonly error_ratio: z.ZodExactOptional<z.ZodNumber>;
  readonly mb_per_s: z.ZodExactOptional<z.ZodNumber>;
  readonly mb_per_request: z.ZodExactOptional<z.ZodNumber>;
  readonly loss_ratio: z.ZodExactOptional<z.ZodNumber>;
  readonly bandwidth_ratio: z.ZodExactOptional<z.ZodNumber>;
  readonly pool: z.ZodExactOptional<ReturnType<typeof identifierSchema>>;
  readonly units: z.ZodExactOptional<z.ZodInt>;
}

/** The keys that say how bad an event or a fault is. Which of them a kind needs is checked besides. */
export const effectKeys: EffectShape = {
  spike_s: optional(
    z.number().positive().nullable(),
    "Added to the latency of every message sent meanwhile [s]; for spikes of the network and network_degraded.",
  ),
  factor: optional(
    z.number().positive(),
    "For slow_down and brown_out, how many times as long CPU and I/O steps take, those that run included; for traffic_surge, how many times as many requests come; for gc_storm, how many times as often pauses come.",
  ),
  io_factor: optional(
    z.number().positive(),
    "For slow_down and brown_out, how many times as long I/O steps take; by default factor.",
  ),
  length_factor: optional(
    z.number().positive(),
    "For gc_storm, how many times as long pauses are.",
    DEFAULTS.length_factor,
  ),
  error_ratio: optional(
    z.number().positive().max(1),
    "For error_spike and brown_out, the probability that a request fails when its work would begin.",
  ),
  mb_per_s: optional(
    z.number().positive().max(1e9),
    "For memory_leak, memory that is lost in a second, as long as some is free [MB/s].",
  ),
  mb_per_request: optional(
    z.number().positive().max(1e9),
    "For memory_leak, memory that every request leaves behind whose work has begun [MB].",
  ),
  loss_ratio: optional(
    z.number().min(0).max(1),
    "For network_degraded, the probability that a message is lost, besides those that are always lost.",
  ),
  bandwidth_ratio: optional(
    z.number().positive().max(1),
    "For network_degraded, the share of bandwidth_mbps that is left, also for what is being transferred.",
  ),
  pool: optional(
    identifierSchema("Name of a pool."),
    "For pool_exhaustion, what there is less of: a semaphore or a lock, thread_pool, <database>_pool at a server that asks it, or workers of a database.",
  ),
  units: optional(z.int().min(1), "For pool_exhaustion, units that are taken away; by default all."),
};
