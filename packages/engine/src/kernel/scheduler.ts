import {
  TRACE_CORE_RELEASED,
  TRACE_CORE_TAKEN,
  TRACE_CPU_STARTED,
  TRACE_WAITS_FOR_CORE,
  type Trace,
} from "../record/trace.js";
import type { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import { OP_RUN } from "./processing-operations.js";
import type { Server } from "./server.js";

/** Who gets the cores and event loops of servers with `Processors`. Who gets what another gave back is woken. */
export class Scheduler {
  private readonly woken: FrameQueue;
  private readonly trace: Trace;

  constructor(woken: FrameQueue, trace: Trace) {
    this.woken = woken;
    this.trace = trace;
  }

  /** Turns an event loop to the frame for a burst, or puts it in a queue and answers false. */
  turn(frame: Frame, at: Instruction, now: number): boolean {
    const server = at.server!;
    frame.goTo(at.next!);
    if (frame.core) return true;
    frame.queued = now;
    frame.asked = now;
    if (server.processors!.loops!.take(frame)) {
      server.processors!.record.loopLag.add(0);
      return true;
    }
    server.record.ready.change(1, now);
    this.trace.record(TRACE_WAITS_FOR_CORE, frame, server, now);
    return false;
  }

  /** The frame has a step to run: gives it a core, if it has none, or puts it in the ready queue and answers false. */
  ask(frame: Frame, at: Instruction, now: number): boolean {
    const server = at.server!;
    const processors = server.processors!;
    const left = at.stream!.next();
    frame.left = left;
    frame.served += left;
    frame.goTo(at.next!);
    processors.rank(frame);
    if (frame.core) {
      if (!processors.preempts || !processors.isBehind(frame)) return true;
      this.release(frame, server, now);
    }
    if (processors.loops === null) frame.asked = now;
    frame.waited = 0;
    if (processors.take(now)) {
      frame.core = true;
      if (!processors.preempts) server.record.cpuWait.add(now - frame.asked);
      this.trace.record(TRACE_CORE_TAKEN, frame, server, now);
      return true;
    }
    const other = processors.outranked(frame, now);
    if (other !== null) {
      this.preempt(other, server, now);
      frame.core = true;
      this.trace.record(TRACE_CORE_TAKEN, frame, server, now);
      return true;
    }
    processors.queue(frame, now);
    this.trace.record(TRACE_WAITS_FOR_CORE, frame, server, now);
    return false;
  }

  /** Begins the step of a frame that has a core. */
  run(frame: Frame, at: Instruction, now: number): void {
    this.trace.record(TRACE_CPU_STARTED, frame, at.server!, now);
    frame.goTo(at.next!);
    at.server!.processors!.clockOf(frame).start(frame, now);
  }

  /** Takes the frame's core, which ends its burst, and gives it to the next; its event loop turns to another. */
  release(frame: Frame, server: Server, now: number): void {
    const processors = server.processors!;
    frame.core = false;
    if (processors.preempts) server.record.cpuWait.add(frame.waited);
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
    const next = processors.next(now);
    if (next === null) processors.free(now);
    else this.grant(next, server, now);
    if (processors.loops !== null) this.turnTo(processors.loops!.next(frame.loop), server, now);
  }

  /** An event loop that was stopped goes on, and accepts somebody if it is free. */
  resume(server: Server, loop: i32, now: number): void {
    const processors = server.processors!;
    processors.resume(loop, now);
    if (processors.loops !== null) this.turnTo(processors.loops!.accept(loop), server, now);
  }

  /** An event loop has turned to a frame, which goes on to ask for a core. */
  private turnTo(frame: Frame | null, server: Server, now: number): void {
    if (frame === null) return;
    server.record.ready.change(-1, now);
    server.processors!.record.loopLag.add(now - frame.queued);
    this.woken.append(frame);
  }

  /** Gives a core to a frame that waited for it. Where steps are interrupted, nobody may wait for a moment with a core. */
  private grant(frame: Frame, server: Server, now: number): void {
    frame.core = true;
    this.trace.record(TRACE_CORE_TAKEN, frame, server, now);
    if (!server.processors!.preempts) {
      server.record.cpuWait.add(now - frame.asked);
      this.woken.append(frame);
      return;
    }
    frame.waited += now - frame.queued;
    if (frame.op === OP_RUN) this.run(frame, frame.at, now);
    else {
      this.trace.record(TRACE_CPU_STARTED, frame, server, now);
      server.processors!.clockOf(frame).resume(frame, now);
    }
  }

  /** Takes the core of a frame in the middle of its step; it waits for one again, in its old place. */
  private preempt(frame: Frame, server: Server, now: number): void {
    const processors = server.processors!;
    processors.clockOf(frame).interrupt(frame, now);
    frame.core = false;
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
    processors.queue(frame, now);
    this.trace.record(TRACE_WAITS_FOR_CORE, frame, server, now);
  }
}
