import { OP_ACQUIRE, OP_RELEASE } from "../kernel/operations/calls.js";
import { OP_UNLOCK } from "../kernel/operations/data.js";
import { OP_LEAVE, OP_RESERVE } from "../kernel/operations/core.js";
import { OP_ASSIGN, OP_OFFER } from "../kernel/operations/processing.js";
import {
  SCHEDULING_FIFO,
  SCHEDULING_LIFO,
  SCHEDULING_PRIORITY,
  SCHEDULING_PRIORITY_PREEMPTIVE,
  SCHEDULING_PROCESSOR_SHARING,
  SCHEDULING_SHORTEST_JOB_FIRST,
  SCHEDULING_SHORTEST_REMAINING_TIME,
} from "../kernel/scheduling.js";
import { THREADS } from "../measures/placed-pools.js";
import type { CpuPlan, QuotaPlan } from "../cpu-plan.js";
import type { ServerPlan } from "../plan.js";
import { UNIT_UNIFORM } from "./encode-call.js";
import { encodeWorkEnd } from "./encode-broker.js";
import { encodeObservers, encodeStrikes } from "./encode-detection.js";
import { encodeEntry, encodeExit, type PlacedServer } from "./encode-entrance.js";
import { encodeBegin, encodeFinish } from "./encode-gate.js";
import { encodeSteps } from "./encode-steps.js";
import { primaryOf, type Begin } from "./row-locks.js";
import { workPlace } from "./encode-work.js";
import { encodeDeparture, encodeVisit } from "./encode-visits.js";
import { list, type Encoding } from "./encoding.js";
import { NONE } from "./topology.js";

const SCHEDULING = {
  fifo: SCHEDULING_FIFO,
  lifo: SCHEDULING_LIFO,
  priority: SCHEDULING_PRIORITY,
  priority_preemptive: SCHEDULING_PRIORITY_PREEMPTIVE,
  shortest_job_first: SCHEDULING_SHORTEST_JOB_FIRST,
  shortest_remaining_time: SCHEDULING_SHORTEST_REMAINING_TIME,
  processor_sharing: SCHEDULING_PROCESSOR_SHARING,
} as const;

/** Encodes what a server has, in the order in which `Server` reads it. */
export function encodeServer(server: ServerPlan, index: number, { scheduled, streams }: Encoding): readonly number[] {
  const processors = scheduled.get(index) ?? NONE;
  return [
    server.cpu_cores,
    server.ram_mb,
    streams.add(server.id, "endpoint", UNIT_UNIFORM),
    processors,
    ...(processors === NONE ? [] : encodeProcessors(server)),
  ];
}

function encodeProcessors({ id, cpu }: ServerPlan): readonly number[] {
  if (cpu === undefined) return [SCHEDULING_FIFO, 0, 0];
  const { scheduling, event_loops, quota } = cpu;
  if (event_loops !== null && scheduling !== "fifo") {
    throw new RangeError(
      `Cannot resolve server "${id}": scheduling of event loops must be "fifo": it is "${scheduling}"`,
    );
  }
  return [SCHEDULING[scheduling], event_loops === null ? 0 : event_loops.count, ...encodeQuota(quota)];
}

function encodeQuota(quota: QuotaPlan | null): readonly number[] {
  return quota === null ? [0] : [1, quota.period_s, quota.cores * quota.period_s];
}

/** The programs of a server, and where who is done with it leaves. */
export interface ServerPrograms {
  readonly begins: readonly Begin[];
  readonly leave: number;
}

/**
 * The programs of a server, each perhaps the choice of an event loop, a thread and a reservation, its steps and the way out; of each its
 * share, its name and where it begins.
 */
export function encodeEndpoints(server: ServerPlan, index: number, encoding: Encoding): ServerPrograms {
  const { program, topology, endpoints, exposure } = encoding;
  const total = server.endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const left = encodeDeparture(
    program.add({ op: OP_LEAVE, server: index, link: topology.serverEdge[index]! }),
    encoding,
  );
  const hasRows = (primaryOf(encoding.plan, server).tables ?? []).length > 0;
  const unlocked = hasRows ? program.addExit({ op: OP_UNLOCK, server: index, next: left }) : left;
  const leave = encodeObservers(index, encodeWorkEnd(index, unlocked, encoding), encoding);
  const pools = encoding.pools.get(server.id)!;
  assertNameOfThreads(server);
  const threads = server.cpu === undefined || server.cpu.threads === 0 ? undefined : pools.get(THREADS)?.index;
  const placed = { server, index };
  const exposed = { id: server.id, index };
  const away = exposure.moveOut(exposed, leave);
  const { exit: unbegun, earlyExit } = encodeExit(placed, away, program);
  const out = encodeFinish(placed, unbegun, program);
  const exit =
    threads === undefined ? out : program.addExit({ op: OP_RELEASE, server: index, pool: threads, next: out });
  const context = {
    ...encoding,
    server: workPlace(server, index, encoding.scheduled.has(index)),
    callEdges: topology.callEdges[index]!,
    pools,
  };
  let sum = 0;
  const begins = server.endpoints.map(({ name, weight, ram_mb, steps }, endpoint): Begin => {
    const begin = encodeSteps(steps, { next: exit, handler: exit, name, loops: 0, transactions: [] }, context);
    let first = encodeStrikes(index, { next: begin, handler: exit }, encoding);
    if (ram_mb > 0) first = program.add({ op: OP_RESERVE, server: index, amount: ram_mb, next: first, handler: exit });
    if (threads !== undefined) {
      first = program.add({ op: OP_ACQUIRE, server: index, pool: threads, next: first, handler: out });
    }
    sum += weight;
    const accept = exposure.risk(exposed, encodeAccept(placed, { next: first, handler: out }, encoding), out);
    const next = encodeBegin(placed, { next: accept, handler: unbegun }, program);
    const entry = exposure.moveIn(exposed, encodeEntry(placed, { next, earlyExit }, program), away);
    const start = encodeVisit({ server: index, endpoint }, entry, encoding);
    return { share: sum / total, name: endpoints.find(name), start };
  });
  return { begins, leave };
}

/** All endpoints of a server, those for calls that lock rows last, in the order in which `System` reads them. */
export function endpointNumbers(own: ServerPrograms, server: number, encoding: Encoding): readonly number[] {
  const locking = encoding.rowLocks.endpointsOf(server, own, encoding);
  return list([...own.begins, ...locking], ({ share, name, start }) => [share, name, start]);
}

/** Threads are a pool of that name. */
function assertNameOfThreads({ id, pools, cpu }: ServerPlan): void {
  if (cpu === undefined || cpu.threads === 0 || pools.every(({ name }) => name !== THREADS)) return;
  throw new RangeError(`Cannot resolve server "${id}": with threads no pool may have the name "${THREADS}"`);
}

/** The choice of an event loop, if there are some, and what a request does that nobody wants any more. */
export function encodeAccept(
  { server: { id, cpu }, index: server }: PlacedServer,
  ways: { readonly next: number; readonly handler: number },
  { program, streams }: Encoding,
): number {
  const loops: CpuPlan["event_loops"] = cpu?.event_loops ?? null;
  if (loops === null) return ways.next;
  if (loops.accept === "shared") return program.add({ op: OP_OFFER, ...ways });
  const stream = streams.add(id, "event_loop", UNIT_UNIFORM);
  return program.add({ op: OP_ASSIGN, server, stream, index: loops.count, ...ways });
}
