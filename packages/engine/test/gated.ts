import { PATIENT, type CallPolicy, type GatePlan, type Plan, type QueuePlan, type ServerPlan } from "../src/index.js";
import { measured, type Measured } from "./measured.js";
import { edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";
import { replayed, stories } from "./replayed.js";

/** A gate that lets everybody in at once, but for what is given. */
export function gateOf({
  queue = {},
  ...more
}: Partial<Omit<GatePlan, "queue">> & { queue?: Partial<QueuePlan> }): GatePlan {
  const unlimited: QueuePlan = {
    capacity: Infinity,
    discipline: { kind: "fifo" },
    when_full: "reject_newest",
    codel: null,
  };
  return { limit: null, shedding: null, ...more, queue: { ...unlimited, ...queue } };
}

/** A gate that lets one request in at a time. */
export function oneAtATime(queue: Partial<QueuePlan> = {}): GatePlan {
  return gateOf({ limit: { kind: "fixed", limit: 1 }, queue });
}

/** A request, when it comes [s], and how its caller waits. */
export interface Comer {
  readonly at_s: number;
  readonly class?: string;
  readonly priority?: number;
  readonly policy?: Partial<CallPolicy>;
}

/** These requests, each from a generator of its own, before a server that needs a second for each. */
export function comers(list: readonly Comer[], gate: GatePlan, more: Partial<ServerPlan> = {}): Plan {
  return planOf({
    horizon_s: 100,
    generators: list.map(({ at_s, class: name = "", priority = 0, policy = {} }, k) =>
      generatorOf(
        { kind: "trace", times_s: Float64Array.of(at_s), requests: new Int32Array(0) },
        {
          id: `source-${k}`,
          mix: [{ weight: 1, endpoint: "", class: name, priority }],
          policy: { ...PATIENT, ...policy },
        },
      ),
    ),
    servers: [server("app", [endpoint([io(1)])], { gate, ...more })],
    edges: list.map((_comer, k) => edge(`source-${k}`, "app")),
  });
}

/** How each of the requests ended, in the order in which they came: `completed 2` at 2 s; and what was measured. */
export function endsOf(plan: Plan): { readonly ends: readonly string[]; readonly value: Measured } {
  const { result, log } = replayed(plan, 1);
  const told = stories(log);
  const ends = log.flatMap(({ kind, request }) => {
    if (kind !== "generated") return [];
    const end = told.get(request)!.at(-1)!;
    return [`${end.kind} ${Math.round(1e6 * end.t_s) / 1e6}`];
  });
  return { ends, value: measured(plan, result) };
}
