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
import { OP_BEGIN, OP_FINISH, OP_TURN_BACK } from "../kernel/operations/protection.js";
import { SHED_BY_LATENCY, SHED_BY_UTILIZATION, SHED_NEVER } from "../kernel/protection/shedding.js";
import type { ConcurrencyLimitPlan, QueueDisciplinePlan, QueuePlan, SheddingPlan } from "../gate-plan.js";
import type { Plan } from "../plan.js";
import { encodeExit, type PlacedServer } from "./encode-entrance.js";
import { list, type Encoding } from "./encoding.js";
import type { Names } from "./names.js";
import type { Program } from "./program.js";

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

/** Encodes the gates, in the order of the servers that have one. */
export function encodeGates({ plan, classes }: Encoding): readonly (readonly number[])[] {
  return plan.servers.flatMap(({ id, gate, cpu_cores }, index) => {
    if (gate === undefined) return [];
    const { limit, queue, shedding } = gate;
    if (queue.when_full === "drop_lowest_priority" && queue.discipline.kind !== "priority") {
      throw new RangeError(
        `Cannot resolve server "${id}": the discipline of a queue that drops the lowest priority must be "priority": it is "${queue.discipline.kind}"`,
      );
    }
    return [[index, ...limitOf(limit), ...queueOf(queue, plan, classes), ...sheddingOf(shedding, cpu_cores)]];
  });
}

/** Gives back the place of a request, on its way out to `next`. */
export function encodeFinish({ server, index }: PlacedServer, next: number, program: Program): number {
  return server.gate === undefined ? next : program.addExit({ op: OP_FINISH, server: index, next });
}

/** What a request goes through before it begins at `next`; who does not begin leaves by `handler`. */
export function encodeBegin(
  placed: PlacedServer,
  { next, handler }: { readonly next: number; readonly handler: number },
  { program, exposure }: Pick<Encoding, "program" | "exposure">,
): number {
  const { server, index } = placed;
  if (server.gate === undefined) return next;
  const turnBack = program.addExit({ op: OP_TURN_BACK, server: index });
  const away = exposure.moveOut({ id: server.id, index }, turnBack);
  const ways = [{ to: encodeExit(placed, away, program).exit, share: 1 }];
  return program.add({ op: OP_BEGIN, server: index, next, handler, ways });
}

function limitOf(limit: ConcurrencyLimitPlan | null): readonly number[] {
  if (limit === null) return [LIMIT_FIXED, UNLIMITED, 0, 0, 0, 0, 0, 0, 0];
  if (limit.kind === "fixed") return [LIMIT_FIXED, Math.min(limit.limit, UNLIMITED), 0, 0, 0, 0, 0, 0, 0];
  const { initial, min, max } = limit;
  return limit.kind === "aimd"
    ? [LIMIT_AIMD, initial, min, max, limit.timeout_s, limit.backoff_ratio, 0, 0, 0]
    : [LIMIT_GRADIENT, initial, min, max, 0, 0, limit.tolerance_ratio, limit.smoothing_ratio, limit.growth];
}

function queueOf(queue: QueuePlan, plan: Plan, classes: Names): readonly number[] {
  const { capacity, discipline, when_full, codel } = queue;
  return [
    DISCIPLINES[discipline.kind],
    Math.min(capacity, UNLIMITED),
    WHEN_FULL[when_full],
    discipline.kind === "adaptive_lifo" ? discipline.lifo_above : 0,
    ...list(flowsOf(discipline, plan, classes), (flow) => flow),
    codel?.target_s ?? Infinity,
    codel?.interval_s ?? Infinity,
  ];
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
