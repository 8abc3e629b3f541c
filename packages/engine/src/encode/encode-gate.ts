import { LIMIT_AIMD, LIMIT_FIXED, LIMIT_GRADIENT } from "../kernel/protection/concurrency-limit.js";
import {
  FULL_DROPS_LOWEST_PRIORITY,
  FULL_DROPS_OLDEST,
  FULL_REJECTS_NEWEST,
  QUEUE_ADAPTIVE_LIFO,
  QUEUE_EARLIEST_DEADLINE,
  QUEUE_FIFO,
  QUEUE_LIFO,
  QUEUE_PRIORITY,
  QUEUE_WEIGHTED_FAIR,
} from "../kernel/protection/request-queue.js";
import { OP_BEGIN, OP_FINISH, OP_PASS_LIMIT } from "../kernel/operations/protection.js";
import { SHED_BY_LATENCY, SHED_BY_UTILIZATION, SHED_NEVER } from "../kernel/protection/shedding.js";
import type { ConcurrencyLimitPlan, QueueDisciplinePlan, QueuePlan, SheddingPlan } from "../gate-plan.js";
import { placedGates, type PlacedGate } from "../measures/placed-gates.js";
import type { Plan } from "../plan.js";
import { classOf, placedLimits } from "./encode-rate-limits.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import type { Names } from "./names.js";
import type { Draft, Program } from "./program.js";

/** Where nothing is limited. */
const UNLIMITED = 2_147_483_647;

const DISCIPLINES = {
  fifo: QUEUE_FIFO,
  lifo: QUEUE_LIFO,
  adaptive_lifo: QUEUE_ADAPTIVE_LIFO,
  priority: QUEUE_PRIORITY,
  weighted_fair: QUEUE_WEIGHTED_FAIR,
  earliest_deadline: QUEUE_EARLIEST_DEADLINE,
} as const;

const WHEN_FULL = {
  reject_newest: FULL_REJECTS_NEWEST,
  drop_oldest: FULL_DROPS_OLDEST,
  drop_lowest_priority: FULL_DROPS_LOWEST_PRIORITY,
} as const;

/** Encodes the gates, in the order in which they are recorded. */
export function encodeGates({ plan, classes }: Encoding): readonly number[] {
  return placedGates(plan).flatMap(({ gate, server, endpoint, component }) => {
    const { limit, queue, shedding } = gate;
    if (queue.when_full === "drop_lowest_priority" && queue.discipline.kind !== "priority") {
      const what = endpoint === undefined ? "server" : "endpoint";
      throw new RangeError(
        `Cannot resolve ${what} "${component}": the discipline of a queue that drops the lowest priority must be "priority": it is "${queue.discipline.kind}"`,
      );
    }
    const { cpu_cores } = plan.servers[server]!;
    const isOuter = endpoint === undefined ? 0 : 1;
    return [
      server,
      isOuter,
      ...limitOf(limit),
      ...encodeQueue(queue, plan, classes),
      ...delayOf(queue),
      ...sheddingOf(shedding, cpu_cores),
    ];
  });
}

/** The way out of a server for requests before a gate: all of it, and where those leave that are turned away. */
export interface GateExits {
  readonly out: number;
  readonly turnedAway: number;
}

/** The way out for requests that have come through a gate: it gives their places back, on the way to the exits before it. */
export function encodeFinish(placed: PlacedGate | undefined, exits: GateExits, program: Program): GateExits {
  if (placed === undefined) return exits;
  const finish = (next: number): number => program.addExit({ op: OP_FINISH, gate: placed.index, next });
  return { out: finish(exits.out), turnedAway: finish(exits.turnedAway) };
}

/** What a request for an endpoint goes through at a gate before it goes on at `next`; `exits` are those before the gate. */
export function encodeBegin(
  placed: PlacedGate | undefined,
  { next, endpoint, exits }: { readonly next: number; readonly endpoint: string; readonly exits: GateExits },
  program: Program,
): number {
  if (placed === undefined) return next;
  const amount = costOf(placed.gate.queue.discipline, endpoint);
  return program.add({ op: OP_BEGIN, gate: placed.index, amount, next, ...waysBefore(exits) });
}

/** What a request goes through that comes to an endpoint with rate limits, before its gate. */
export function encodeLimits(
  placed: PlacedGate | undefined,
  { next, exits }: { readonly next: number; readonly exits: GateExits },
  { plan, program, classes }: Encoding,
): number {
  if (placed?.endpoint === undefined || !placed.isLimited) return next;
  return placedLimits(placed.server, plan).endpoints[placed.endpoint]!.reduceRight((then, { limit, index }) => {
    return program.add({
      op: OP_PASS_LIMIT,
      gate: placed.index,
      limit: index,
      index: classOf(limit, classes),
      next: then,
      ...waysBefore(exits),
    });
  }, next);
}

/** Where a request goes that is given up, and one that is turned away. */
function waysBefore({ out, turnedAway }: GateExits): Pick<Draft, "handler" | "ways"> {
  return { handler: out, ways: [{ to: turnedAway, share: 1 }] };
}

function limitOf(limit: ConcurrencyLimitPlan | null): readonly number[] {
  if (limit === null) return [LIMIT_FIXED, UNLIMITED, 0, 0, 0, 0, 0, 0, 0];
  if (limit.kind === "fixed") return [LIMIT_FIXED, Math.min(limit.limit, UNLIMITED), 0, 0, 0, 0, 0, 0, 0];
  const { initial, min, max } = limit;
  return limit.kind === "aimd"
    ? [LIMIT_AIMD, initial, min, max, limit.timeout_s, limit.backoff_ratio, 0, 0, 0]
    : [LIMIT_GRADIENT, initial, min, max, 0, 0, limit.tolerance_ratio, limit.smoothing_ratio, limit.growth];
}

/** Encodes who waits and who is next, as `RequestQueue` reads it. */
export function encodeQueue(
  { capacity, discipline, when_full }: Omit<QueuePlan, "codel">,
  plan: Plan,
  classes: Names,
): readonly number[] {
  return [
    DISCIPLINES[discipline.kind],
    Math.min(capacity, UNLIMITED),
    WHEN_FULL[when_full],
    discipline.kind === "adaptive_lifo" ? discipline.lifo_above : 0,
    ...list(flowsOf(discipline, plan, classes), (flow) => flow),
  ];
}

/** What a request for an endpoint takes of the share of its class. */
export function costOf(discipline: QueueDisciplinePlan, endpoint: string): number {
  return discipline.kind === "weighted_fair" ? (discipline.costs?.[endpoint] ?? 1) : 1;
}

function delayOf({ codel }: QueuePlan): readonly number[] {
  return [codel?.target_s ?? Infinity, codel?.interval_s ?? Infinity];
}

/** Key and weight of each flow: one for each priority there is, for each class, or one for all. */
function flowsOf(discipline: QueueDisciplinePlan, plan: Plan, classes: Names): readonly (readonly number[])[] {
  const requests = plan.generators.flatMap(({ mix }) => mix);
  if (discipline.kind === "priority") {
    const priorities = new Set([0, ...requests.map(({ priority = 0 }) => priority)]);
    return [...priorities].toSorted((a, b) => a - b).map((priority) => [priority, 1]);
  }
  if (discipline.kind !== "weighted_fair") return [[0, 1]];
  const names = new Set(["", ...requests.map((request) => request.class)]);
  return [...names].map((name) => [classes.find(name), discipline.weights[name] ?? 1]);
}

function sheddingOf(shedding: SheddingPlan | null, cpu_cores: number): readonly number[] {
  if (shedding === null) return [SHED_NEVER, 0, 0, 0, 0];
  const { kind, above, window_s, spare_priority } = shedding;
  return [kind === "utilization" ? SHED_BY_UTILIZATION : SHED_BY_LATENCY, above, window_s, spare_priority, cpu_cores];
}
