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
import { OP_TURN_BACK } from "../kernel/operations/protection.js";
import { placedGates } from "../measures/placed-gates.js";
import { THREADS } from "../measures/placed-pools.js";
import type { CpuPlan, QuotaPlan } from "../cpu-plan.js";
import type { ServerPlan } from "../plan.js";
import { encodeWorkEnd } from "./encode-broker.js";
import { encodeObservers, encodeStrikes } from "./encode-detection.js";
import { encodeEntry, encodeExit } from "./encode-entrance.js";
import { encodeBegin, encodeFinish, encodeLimits } from "./encode-gate.js";
import type { PlacedServer } from "./placed-server.js";
import { encodeSteps } from "./encode-steps.js";
import { primaryOf, type EndpointBegin } from "./row-locks.js";
import { encodeComing, encodeCrowd, encodeLeaving } from "./encode-conduct.js";
import { workPlace } from "./encode-work.js";
import { encodeDeparture, encodeVisit } from "./encode-visits.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import { NONE } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

const SCHEDULING = {
  fifo: SCHEDULING_FIFO,
  lifo: SCHEDULING_LIFO,
  priority: SCHEDULING_PRIORITY,
  priority_preemptive: SCHEDULING_PRIORITY_PREEMPTIVE,
  shortest_job_first: SCHEDULING_SHORTEST_JOB_FIRST,
  shortest_remaining_time: SCHEDULING_SHORTEST_REMAINING_TIME,
  processor_sharing: SCHEDULING_PROCESSOR_SHARING,
} as const;

/** Encodes what each server has; their endpoints are programs. */
export function encodeServers(encoding: Encoding): readonly number[] {
  return encoding.plan.servers.flatMap((server, index) => encodeServer(server, index, encoding));
}

/** In the order in which `Server` reads it. */
function encodeServer(server: ServerPlan, index: number, { scheduled, streams }: Encoding): readonly number[] {
  const processors = scheduled.get(index) ?? NONE;
  return [
    server.cpu_cores,
    server.ram_mb,
    streams.add(server.id, "endpoint", UNIT_UNIFORM),
    processors,
    ...(processors === NONE ? [] : encodeProcessors(server)),
    ...encodeCrowding(server),
  ];
}

function encodeCrowding({ crowding }: ServerPlan): readonly number[] {
  return crowding === undefined ? [0] : [1, crowding.contention_ratio, crowding.coherency_ratio];
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

/** Adds the programs of all servers, and gives where each of their endpoints begins. */
export function encodeEndpoints(encoding: Encoding): readonly number[] {
  const programs = encoding.plan.servers.map((server, index) => encodePrograms(server, index, encoding));
  // Any of them may lock rows of any server, which then has endpoints for that.
  return programs.flatMap((own, index) => endpointNumbers(own, index, encoding));
}

/** The programs of a server, and where who has moved in, and no more, leaves. */
interface ServerPrograms {
  readonly begins: readonly EndpointBegin[];
  readonly away: number;
}

/**
 * The programs of a server, each perhaps the choice of an event loop, a thread and a reservation, its steps and the way out; of each its
 * share, its name and where it begins.
 */
function encodePrograms(server: ServerPlan, index: number, encoding: Encoding): ServerPrograms {
  const { program, topology, endpoints, exposure } = encoding;
  const total = server.endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const left = encodeDeparture(
    program.add({ op: OP_LEAVE, server: index, link: topology.serverEdge[index]! }),
    encoding,
  );
  const hasRows = (primaryOf(encoding.plan, server).tables ?? []).length > 0;
  const unlocked = hasRows ? program.addExit({ op: OP_UNLOCK, server: index, next: left }) : left;
  const worked = encodeWorkEnd(index, encodeLeaving(server, unlocked, program), encoding);
  const leave = encodeObservers(index, worked, encoding);
  const pools = encoding.pools.get(server.id)!;
  assertNameOfThreads(server);
  const threads = server.cpu === undefined || server.cpu.threads === 0 ? undefined : pools.get(THREADS)?.index;
  const placed = { server, index };
  const exposed = { id: server.id, index };
  const away = exposure.moveOut(exposed, leave);
  const { exit: unbegun, earlyExit } = encodeExit(placed, away, program);
  const gates = placedGates(encoding.plan).filter((gate) => gate.server === index);
  const turnedAway = gates.length === 0 ? unbegun : encodeTurnBack(placed, exposed, encoding);
  const unbegunExits = { out: unbegun, turnedAway };
  const context = {
    ...encoding,
    server: workPlace(server, index, encoding.scheduled.has(index)),
    callEdges: topology.callEdges[index]!,
    pools,
  };
  let sum = 0;
  const begins = server.endpoints.map(({ name, weight, ram_mb, steps }, endpoint): EndpointBegin => {
    const outerGate = gates.find((gate) => gate.endpoint === endpoint);
    const innerGate = gates.find((gate) => gate.endpoint === undefined);
    const outer = encodeFinish(outerGate, unbegunExits, program);
    const crowd = encodeCrowd(placed, encodeFinish(innerGate, outer, program).out, program);
    const out = crowd.leave;
    const released =
      threads === undefined ? out : program.addExit({ op: OP_RELEASE, server: index, pool: threads, next: out });
    const exit = exposure.leaveBehind(exposed, released);
    const begin = encodeSteps(steps, { next: exit, handler: exit, name, loops: 0, transactions: [] }, context);
    let first = encodeStrikes(index, { next: begin, handler: exit }, encoding);
    if (ram_mb > 0) first = program.add({ op: OP_RESERVE, server: index, amount: ram_mb, next: first, handler: exit });
    if (threads !== undefined) {
      first = program.add({ op: OP_ACQUIRE, server: index, pool: threads, next: first, handler: out });
    }
    sum += weight;
    const accept = exposure.risk(exposed, encodeAccept(placed, { next: first, handler: out }, encoding), out);
    const inner = encodeBegin(innerGate, { next: crowd.join(accept), endpoint: name, exits: outer }, program);
    const begun = encodeBegin(outerGate, { next: inner, endpoint: name, exits: unbegunExits }, program);
    const next = encodeLimits(outerGate, { next: begun, exits: unbegunExits }, encoding);
    const entry = encodeEntry(placed, { next, earlyExit }, program);
    const visit = encodeVisit({ server: index, endpoint }, exposure.moveIn(exposed, entry, away), encoding);
    const start = encodeComing(server, server.endpoints[endpoint]!, visit, program);
    return { share: sum / total, name: endpoints.find(name), start, entry };
  });
  return { begins, away };
}

/** The way back of who is let in and does not begin. */
function encodeTurnBack(
  placed: PlacedServer,
  exposed: { readonly id: string; readonly index: number },
  { program, exposure }: Encoding,
): number {
  const back = exposure.moveOut(exposed, program.addExit({ op: OP_TURN_BACK, server: placed.index }));
  return encodeExit(placed, back, program).exit;
}

/** All endpoints of a server, those for calls that lock rows last, in the order in which `System` reads them. */
function endpointNumbers(own: ServerPrograms, server: number, encoding: Encoding): readonly number[] {
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
