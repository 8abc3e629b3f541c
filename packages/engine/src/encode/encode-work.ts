import { OP_TAKE_CORE } from "../kernel/operations/calls.js";
import { OP_CPU, OP_IO } from "../kernel/operations/core.js";
import { OP_DEADLINE } from "../kernel/operations/deciding.js";
import {
  OP_STEP_OVER,
  OP_PASS,
  OP_PROCESS,
  OP_RUN,
  OP_SHARE,
  OP_TURN,
  OP_UNSHARE,
  OP_WAIT,
} from "../kernel/operations/processing.js";
import type { ServerPlan } from "../plan.js";
import type { Program } from "./program.js";

/** A server as its steps see it. */
export interface WorkPlace {
  readonly id: string;
  readonly index: number;
  /** How its steps get the CPU: cores `in_turn`, cores that are `scheduled`, those after an event loop's turn (`looped`), or all at once (`shared`). */
  readonly work: "in_turn" | "scheduled" | "looped" | "shared";
}

/** A step: the stream of its lengths, what follows, and what follows when it is given up. */
export interface WorkDraft {
  readonly stream: number;
  readonly next: number;
  readonly handler: number;
}

/** What steps are encoded into. */
export interface WorkContext {
  readonly program: Program;
  /** Whether time limits go with calls. */
  readonly hasDeadlines: boolean;
}

/** How steps run at a server, by whether it is one of `scheduledServers`. */
export function workPlace({ id, cpu }: ServerPlan, index: number, isScheduled: boolean): WorkPlace {
  if (!isScheduled) return { id, index, work: "in_turn" };
  if (cpu?.scheduling === "processor_sharing") return { id, index, work: "shared" };
  return { id, index, work: cpu === undefined || cpu.event_loops === null ? "scheduled" : "looped" };
}

/** A step that needs the CPU. A caller's time limit counts until it has one. */
export function encodeCpuStep(place: WorkPlace, step: WorkDraft, { program, hasDeadlines }: WorkContext): number {
  const { stream, next, handler } = step;
  const server = place.index;
  const inTime = (then: number): number => {
    return hasDeadlines ? program.add({ op: OP_DEADLINE, next: then, handler }) : then;
  };
  switch (place.work) {
    case "in_turn": {
      const begin = program.add({ op: OP_CPU, server, stream, next, handler });
      return hasDeadlines ? program.add({ op: OP_TAKE_CORE, server, next: inTime(begin), handler }) : begin;
    }
    case "shared": {
      const unwind = program.add({ op: OP_UNSHARE, server, next: handler });
      const end = program.add({ op: OP_UNSHARE, server, next, handler: unwind });
      return inTime(program.add({ op: OP_SHARE, server, stream, next: end, handler }));
    }
    case "scheduled":
      return program.add({ op: OP_PROCESS, server, stream, next: inTime(encodeRun(server, step, program)), handler });
    case "looped": {
      const pass = program.add({ op: OP_PASS, server, next: handler });
      const run = inTime(encodeRun(server, step, program));
      const process = program.add({ op: OP_PROCESS, server, stream, next: run, handler: pass });
      return program.add({ op: OP_TURN, server, next: process, handler });
    }
  }
}

function encodeRun(server: number, step: WorkDraft, program: Program): number {
  return program.add({ op: OP_RUN, server, next: encodeOver(step, program), handler: step.handler });
}

/** A step that waits without a core. */
export function encodeIoStep({ index: server, work }: WorkPlace, step: WorkDraft, { program }: WorkContext): number {
  const { stream, next, handler } = step;
  if (work === "in_turn") return program.add({ op: OP_IO, server, stream, next, handler });
  return program.add({ op: OP_WAIT, server, stream, next: encodeOver(step, program), handler });
}

/** The end of a step on a clock, which it leaves when it is given up as well. */
function encodeOver({ next, handler }: WorkDraft, program: Program): number {
  const unwind = program.add({ op: OP_STEP_OVER, next: handler });
  return program.add({ op: OP_STEP_OVER, next, handler: unwind });
}
