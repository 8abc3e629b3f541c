import type {
  ConcurrencyLimitPlan,
  CrowdingPlan,
  GatePlan,
  QueueDisciplinePlan,
  QueuePlan,
  SheddingPlan,
} from "@loadstar/engine";
import type { Crowding } from "../model/crowding.js";
import { DEFAULTS } from "../model/defaults.js";
import type { ConcurrencyLimit, LoadShedding, Protection, Queue } from "../model/protection.js";

/** Where nobody waits. */
const NO_QUEUE: Queue = { capacity: 0 };

/** Which requests a server begins to work on, with every default explicit; undefined when all of them at once. */
export function resolveProtection({ concurrency_limit, queue, load_shedding }: Protection): GatePlan | undefined {
  if (concurrency_limit === undefined && load_shedding === undefined) return undefined;
  return {
    limit: concurrency_limit === undefined ? null : resolveLimit(concurrency_limit),
    queue: resolveQueue(queue ?? NO_QUEUE),
    shedding: load_shedding === undefined ? null : resolveShedding(load_shedding),
  };
}

function resolveLimit(limit: number | ConcurrencyLimit): ConcurrencyLimitPlan {
  if (typeof limit === "number") return { kind: "fixed", limit };
  const { kind, min = DEFAULTS.limit_min, max = DEFAULTS.limit_max } = limit;
  const range = { min, max, initial: limit.initial ?? Math.max(min, Math.min(max, DEFAULTS.limit_initial)) };
  return kind === "aimd"
    ? {
        kind,
        ...range,
        timeout_s: limit.timeout_s ?? DEFAULTS.limit_timeout_s,
        backoff_ratio: limit.backoff_ratio ?? DEFAULTS.limit_backoff_ratio,
      }
    : {
        kind,
        ...range,
        tolerance_ratio: limit.tolerance_ratio ?? DEFAULTS.limit_tolerance_ratio,
        smoothing_ratio: limit.smoothing_ratio ?? DEFAULTS.limit_smoothing_ratio,
        growth: limit.growth ?? DEFAULTS.limit_growth,
      };
}

function resolveQueue(queue: Queue): QueuePlan {
  const { capacity = Infinity, when_full = DEFAULTS.queue_when_full, shed } = queue;
  return {
    capacity,
    discipline: resolveDiscipline(queue),
    when_full,
    codel:
      shed === undefined
        ? null
        : {
            target_s: shed.target_s ?? DEFAULTS.codel_target_s,
            interval_s: shed.interval_s ?? DEFAULTS.codel_interval_s,
          },
  };
}

/** Makes explicit who is next in a queue. */
export function resolveDiscipline({
  discipline: kind = DEFAULTS.queue_discipline,
  lifo_above,
  weights,
  costs,
}: Pick<Queue, "discipline" | "lifo_above" | "weights" | "costs">): QueueDisciplinePlan {
  switch (kind) {
    case "adaptive_lifo":
      return { kind, lifo_above: lifo_above ?? DEFAULTS.queue_lifo_above };
    case "weighted_fair":
      return { kind, weights: weights ?? {}, ...(costs === undefined ? {} : { costs: inLowerCase(costs) }) };
    default:
      return { kind };
  }
}

/** As names of endpoints are. */
function inLowerCase(costs: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name.toLowerCase(), cost]));
}

/** How requests are in each other's way, as a key that is left out where they are not. */
export function crowdingIn({ crowding }: { readonly crowding?: Crowding }): { readonly crowding?: CrowdingPlan } {
  if (crowding === undefined) return {};
  const { contention_ratio, coherency_ratio } = crowding;
  return {
    crowding: {
      contention_ratio: contention_ratio ?? DEFAULTS.contention_ratio,
      coherency_ratio: coherency_ratio ?? DEFAULTS.coherency_ratio,
    },
  };
}

/** The threshold that its kind needs has been asked for before. */
function resolveShedding({ kind, above_ratio, above_s, window_s, spare_priority }: LoadShedding): SheddingPlan {
  return {
    kind,
    above: (kind === "utilization" ? above_ratio : above_s) ?? 0,
    window_s: window_s ?? DEFAULTS.shedding_window_s,
    spare_priority: spare_priority ?? -1,
  };
}
