import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { QueueDiscipline } from "../model/protection.js";
import { optional } from "./annotate.js";
import { addMisplaced, type KeysOf } from "./misplaced-keys.js";

const waiting = z.int().min(0).max(1_000_000_000);
const share = z.number().positive().min(1e-6).max(1e6);

/** Keys that not all disciplines have, and those that do. */
const KEYS_OF_DISCIPLINES: KeysOf<"lifo_above" | "weights" | "costs"> = {
  lifo_above: ["adaptive_lifo"],
  weights: ["weighted_fair"],
  costs: ["weighted_fair"],
};

/** The keys of every queue. */
export const waitingKeys: {
  readonly capacity: z.ZodExactOptional<z.ZodInt>;
  readonly discipline: z.ZodExactOptional<z.ZodType<QueueDiscipline>>;
  readonly lifo_above: z.ZodExactOptional<z.ZodInt>;
  readonly weights: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodNumber>>;
  readonly costs: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodNumber>>;
} = {
  capacity: optional(waiting, "Requests that may wait; by default there is no limit."),
  discipline: optional(
    z.enum(["fifo", "lifo", "adaptive_lifo", "priority", "weighted_fair", "earliest_deadline"]),
    "Who is next: adaptive_lifo takes the newest while more than lifo_above wait; priority the lowest number; weighted_fair shares by " +
      "class; earliest_deadline goes by the deadline_s that came with the request.",
    DEFAULTS.queue_discipline,
  ),
  lifo_above: optional(
    waiting,
    "Of adaptive_lifo: the oldest goes first while no more than these wait.",
    DEFAULTS.queue_lifo_above,
  ),
  weights: optional(
    z.record(z.string().min(1), share),
    "Of weighted_fair: the share of each class; 1 for those that are not named.",
    {},
  ),
  costs: optional(
    z.record(z.string().min(1), share),
    "Of weighted_fair: what a request takes of that share, by endpoint, or by query of a database: its seconds of CPU, say. 1 for those that are not " +
      "named, so that without costs classes share the number of requests.",
    {},
  ),
};

/** Adds an issue for each key that does not stand with the discipline there is. */
export function refuseMisplacedQueueKeys(
  queue: { readonly discipline?: QueueDiscipline } & Readonly<
    Partial<Record<"lifo_above" | "weights" | "costs", unknown>>
  >,
  context: z.RefinementCtx,
): void {
  const discipline = queue.discipline ?? DEFAULTS.queue_discipline;
  addMisplaced(queue, KEYS_OF_DISCIPLINES, { name: "discipline", value: discipline }, context);
}
