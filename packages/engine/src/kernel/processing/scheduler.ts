import {
  TRACE_CORE_RELEASED,
  TRACE_CORE_TAKEN,
  TRACE_CPU_STARTED,
  TRACE_WAITS_FOR_CORE,
  type Trace,
} from "../../record/trace.js";
import type { Moment } from "../moment.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { OP_STEP_OVER } from "../operations/processing.js";
import type { Server } from "../server.js";

/** Who gets the cores and event loops of servers with `Processors`. Who gets what another gave back is woken. */
export class Scheduler {
  private readonly moment: Moment;
  private readonly trace: Trace;

  constructor(moment: Moment, trace: Trace) {
    this.moment = moment;
    this.trace = trace;
  }

  /** Turns an event loop to the frame for a burst, or puts it in a queue and answers false. */
  turn(frame: Frame, at: Instruction, now: number): boolean {
    const server = at.server!;
    frame.goTo(at.next!);
    if (frame.core) return true;
    frame.queued = now;
    frame.extras.asked = now;
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
    frame.extras.left = server.stretched_s(at.stream!.next());
    frame.goTo(at.next!);
    processors.rank(frame);
    if (frame.core) {
      if (!processors.preempts || !processors.isBehind(frame)) return true;
      this.release(frame, server, now);
    }
    if (processors.loops === null) frame.extras.asked = now;
    frame.extras.waited = 0;
    if (processors.take(now)) {
      frame.core = true;
      if (!processors.preempts) server.record.cpuWait.add(now - frame.extras.asked);
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

  /** Begins the step of a frame that has a core, unless somebody has asked for one at this moment who goes before it where steps are interrupted. */
  run(frame: Frame, at: Instruction, now: number): void {
    const server = at.server!;
    const processors = server.processors!;
    if (processors.preempts && processors.isBehind(frame)) {
      const next = processors.next(now)!;
      this.wait(frame, server, now);
      this.grant(next, server, now);
      return;
    }
    frame.served += frame.extras.left;
    frame.cpu_s += frame.extras.left;
    frame.goTo(at.next!);
    this.goOn(frame, server, now);
  }

  /** The frame gives the turn of its event loop back without a step. */
  pass(frame: Frame, server: Server, now: number): void {
    this.turnTo(server.processors!.loops!.next(frame.extras.loop), server, now);
  }

  /** Takes the frame's core, which ends its burst, and gives it to the next; its event loop turns to another. */
  release(frame: Frame, server: Server, now: number): void {
    const processors = server.processors!;
    frame.core = false;
    if (processors.preempts) server.record.cpuWait.add(frame.extras.waited);
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
    const next = processors.next(now);
    if (next === null) processors.free(now);
    else this.grant(next, server, now);
    if (processors.loops !== null) this.turnTo(processors.loops!.next(frame.extras.loop), server, now);
  }

  /** An event loop that was stopped goes on, and accepts somebody if it is free. */
  resume(server: Server, loop: i32, now: number): void {
    const processors = server.processors!;
    processors.resume(loop, now);
    if (processors.loops !== null) this.turnTo(processors.loops!.accept(loop), server, now);
  }

  /** Event loops that are free accept whoever was lost in a crash, even those that are stopped. */
  clear(server: Server, now: number): void {
    const loops = server.processors!.loops!;
    for (let loop = 0; loop < loops.count; loop++) this.turnTo(loops.accept(loop), server, now);
  }

  /** An event loop has turned to a frame, which goes on to ask for a core. */
  private turnTo(frame: Frame | null, server: Server, now: number): void {
    if (frame === null) return;
    server.record.ready.change(-1, now);
    server.processors!.record.loopLag.add(now - frame.queued);
    this.moment.wake(frame);
  }

  /** Gives a core to a frame that waited for it: it begins its step, or goes on with the one that was interrupted. */
  private grant(frame: Frame, server: Server, now: number): void {
    frame.core = true;
    this.trace.record(TRACE_CORE_TAKEN, frame, server, now);
    if (server.processors!.preempts) frame.extras.waited += now - frame.queued;
    else server.record.cpuWait.add(now - frame.extras.asked);
    if (frame.op === OP_STEP_OVER && !frame.cancelled) this.goOn(frame, server, now);
    else this.moment.wake(frame);
  }

  private goOn(frame: Frame, server: Server, now: number): void {
    this.trace.record(TRACE_CPU_STARTED, frame, server, now);
    server.processors!.clockOf(frame).start(frame, now);
  }

  /** Takes the core of a frame in the middle of its step; it waits for one again, in its old place. */
  private preempt(frame: Frame, server: Server, now: number): void {
    server.processors!.clockOf(frame).interrupt(frame, now);
    this.wait(frame, server, now);
  }

  /** The frame, which has a core, waits for one again. */
  private wait(frame: Frame, server: Server, now: number): void {
    frame.core = false;
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
    server.processors!.queue(frame, now);
    this.trace.record(TRACE_WAITS_FOR_CORE, frame, server, now);
  }
}
