import { OP_CPU, OP_IO } from "../kernel/instruction.js";
import {
  OP_DONE,
  OP_PROCESS,
  OP_RUN,
  OP_SHARE,
  OP_TURN,
  OP_UNSHARE,
  OP_WAIT,
} from "../kernel/processing-operations.js";
import type { ServerPlan } from "../plan.js";
import type { Program } from "./program.js";

/** A server as its steps see it. */
export interface WorkPlace {
  readonly id: string;
  readonly index: number;
  /** How its steps get the CPU: cores `in_turn`, cores that are `scheduled`, those after an event loop's turn (`looped`), or all at once (`shared`). */
  readonly work: "in_turn" | "scheduled" | "looped" | "shared";
}

/** How steps run at a server, by whether it is one of `scheduledServers`. */
export function workPlace({ id, cpu }: ServerPlan, index: number, isScheduled: boolean): WorkPlace {
  if (!isScheduled) return { id, index, work: "in_turn" };
  if (cpu?.scheduling === "processor_sharing") return { id, index, work: "shared" };
  return { id, index, work: cpu === undefined || cpu.event_loops === null ? "scheduled" : "looped" };
}

/** A step that needs the CPU and draws its length from the stream. */
export function encodeCpuStep(
  { index: server, work }: WorkPlace,
  program: Program,
  stream: number,
  next: number,
): number {
  if (work === "in_turn") return program.add({ op: OP_CPU, server, stream, next });
  if (work === "shared") {
    return program.add({ op: OP_SHARE, server, stream, next: program.add({ op: OP_UNSHARE, server, next }) });
  }
  const run = program.add({ op: OP_RUN, server, next: program.add({ op: OP_DONE, next }) });
  const process = program.add({ op: OP_PROCESS, server, stream, next: run });
  return work === "looped" ? program.add({ op: OP_TURN, server, next: process }) : process;
}

/** A step that waits without a core and draws its length from the stream. */
export function encodeIoStep(
  { index: server, work }: WorkPlace,
  program: Program,
  stream: number,
  next: number,
): number {
  if (work === "in_turn") return program.add({ op: OP_IO, server, stream, next });
  return program.add({ op: OP_WAIT, server, stream, next: program.add({ op: OP_DONE, next }) });
}
