import { OP_JOIN_CROWD, OP_LEAVE_CROWD, OP_RESTORE_DEADLINE, OP_SET_DEADLINE } from "../kernel/operations/conduct.js";
import type { EndpointPlan, ServerPlan } from "../plan.js";
import type { PlacedServer } from "./placed-server.js";
import type { Program } from "./program.js";

/** Whether a server sets deadlines for requests. */
export function setsDeadlines({ endpoints }: ServerPlan): boolean {
  return endpoints.some(({ deadline_s }) => deadline_s !== undefined);
}

/** The end of what a server's deadlines hold for. */
export function encodeLeaving(server: ServerPlan, next: number, program: Program): number {
  return setsDeadlines(server) ? program.addExit({ op: OP_RESTORE_DEADLINE, next }) : next;
}

/** What a request does that comes to an endpoint: its deadline counts from then on. Those without one keep their caller's. */
export function encodeComing(
  server: ServerPlan,
  { deadline_s = Infinity }: EndpointPlan,
  next: number,
  program: Program,
): number {
  if (!setsDeadlines(server)) return next;
  return program.add({ op: OP_SET_DEADLINE, amount: deadline_s, next });
}

/** A request is one of those at work between the two; `out` is where it goes after them. */
export interface Crowd {
  readonly join: (next: number) => number;
  readonly leave: number;
}

/** Between which instructions a request counts as one of those that are in each other's way at a server. */
export function encodeCrowd({ server, index }: PlacedServer, out: number, program: Program): Crowd {
  if (server.crowding === undefined) return { join: (next) => next, leave: out };
  return {
    join: (next) => program.add({ op: OP_JOIN_CROWD, server: index, next, handler: out }),
    leave: program.addExit({ op: OP_LEAVE_CROWD, server: index, next: out }),
  };
}
