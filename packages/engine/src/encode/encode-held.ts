import { OP_ACQUIRE, OP_RELEASE } from "../kernel/operations/calls.js";
import { OP_CHECK_IN, OP_CHECK_OUT } from "../kernel/operations/extensions.js";
import type { Program } from "./program.js";

/** A unit of a pool, and what happens when somebody waits for one for too long. */
export interface Held {
  /** Where who waits gives its core back; left out for who is at no server. */
  readonly server?: number;
  readonly pool: number;
  /** How long one waits for a unit at most; left out for no limit. */
  readonly stream?: number;
}

/** Where a program goes on after what it holds a unit for, after a failure of that, and when it has not got one. */
export interface HeldWays {
  readonly next: number;
  readonly handler: number;
  readonly without: number;
}

/** Encodes what holds a unit of a pool; `body` is given where it leads. A second way out gives the unit back after a failure. */
export function encodeHeld(
  { server, pool, stream }: Held,
  { next, handler, without }: HeldWays,
  body: (ways: Pick<HeldWays, "next" | "handler">) => number,
  program: Program,
): number {
  const operands = { ...(server === undefined ? {} : { server }), pool };
  const give = { op: stream === undefined ? OP_RELEASE : OP_CHECK_IN, ...operands };
  const unwind = program.addExit({ ...give, next: handler });
  const release = program.add({ ...give, next, handler: unwind });
  const take = { ...operands, next: body({ next: release, handler: unwind }), handler: without };
  return program.add(stream === undefined ? { op: OP_ACQUIRE, ...take } : { op: OP_CHECK_OUT, stream, ...take });
}
