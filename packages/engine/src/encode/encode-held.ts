import { OP_ACQUIRE, OP_RELEASE } from "../kernel/operations/calls.js";
import { OP_CHECK_IN, OP_CHECK_OUT } from "../kernel/operations/extensions.js";
import { OP_LINE_UP } from "../kernel/operations/policies.js";
import { NEVER } from "../kernel/pending-events.js";
import { placedPools, type PlacedPool } from "../measures/placed-pools.js";
import type { PoolPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { costOf, encodeQueue } from "./encode-gate.js";
import type { Encoding } from "./encoding.js";
import type { Program } from "./program.js";

/** Encodes the pools, in the order in which they are recorded. */
export function encodePools(encoding: Encoding): readonly number[] {
  return placedPools(encoding.plan).flatMap((pool) => encodePool(pool, encoding));
}

/** As `Pool` reads it. */
function encodePool({ size, queue }: PlacedPool, { plan, classes }: Encoding): readonly number[] {
  if (queue === undefined) return [size, 0];
  return [size, 1, ...encodeQueue({ ...queue, when_full: "reject_newest" }, plan, classes)];
}

/**
 * How long one waits for a unit of a pool at most; undefined where that is not told. Who waits in a queue of a kind of its own leaves it at once when
 * it is given up, which takes a time limit, if only one that never comes.
 */
export function patienceOf({ timeout_s, queue }: Pick<PoolPlan, "timeout_s" | "queue">): Distribution | undefined {
  return timeout_s ?? (queue === undefined ? undefined : { kind: "constant", value: NEVER });
}

/** A unit of a pool of a server that is held for an endpoint, and the queue for it. */
interface Lined extends Held {
  readonly server: number;
  readonly queue: PoolPlan["queue"];
  readonly endpoint: string;
}

/** As `encodeHeld`, for who may find the queue of the pool full. */
export function encodeLined(
  { queue, endpoint, ...held }: Lined,
  ways: HeldWays,
  body: (ways: Pick<HeldWays, "next" | "handler">) => number,
  program: Program,
): number {
  if (queue === undefined) return encodeHeld(held, ways, body, program);
  const amount = costOf(queue.discipline, endpoint);
  const next = encodeHeld({ ...held, amount }, ways, body, program);
  return program.add({ op: OP_LINE_UP, server: held.server, pool: held.pool, next, handler: ways.without });
}

/** A unit of a pool, and what happens when somebody waits for one for too long. */
export interface Held {
  /** Where who waits gives its core back; left out for who is at no server. */
  readonly server?: number;
  readonly pool: number;
  /** How long one waits for a unit at most; left out for no limit. */
  readonly stream?: number;
  /** What it takes of the share of its class, where these wait in a fair queue; default 0. */
  readonly amount?: number;
}

/** Where a program goes on after what it holds a unit for, after a failure of that, and when it has not got one. */
export interface HeldWays {
  readonly next: number;
  readonly handler: number;
  readonly without: number;
}

/** Encodes what holds a unit of a pool; `body` is given where it leads. A second way out gives the unit back after a failure. */
export function encodeHeld(
  { server, pool, stream, amount = 0 }: Held,
  { next, handler, without }: HeldWays,
  body: (ways: Pick<HeldWays, "next" | "handler">) => number,
  program: Program,
): number {
  const operands = { ...(server === undefined ? {} : { server }), pool };
  const give = { op: stream === undefined ? OP_RELEASE : OP_CHECK_IN, ...operands };
  const unwind = program.addExit({ ...give, next: handler });
  const release = program.add({ ...give, next, handler: unwind });
  const take = { ...operands, next: body({ next: release, handler: unwind }), handler: without };
  return program.add(
    stream === undefined ? { op: OP_ACQUIRE, ...take } : { op: OP_CHECK_OUT, stream, amount, ...take },
  );
}
