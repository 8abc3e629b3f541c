import {
  TRACE_CORE_RELEASED,
  TRACE_CORE_TAKEN,
  TRACE_CPU_STARTED,
  TRACE_LEFT,
  TRACE_POOL_RELEASED,
  TRACE_POOL_TAKEN,
  TRACE_RAM_RESERVED,
  TRACE_WAITS_FOR_CORE,
  TRACE_WAITS_FOR_POOL,
  TRACE_WAITS_FOR_RAM,
  type Trace,
} from "../record/trace.js";
import type { Moment } from "./moment.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import { OP_CPU } from "./operations/core.js";
import { RANK_STEP, type PendingEvents } from "./pending-events.js";
import type { Pool } from "./pool.js";
import type { Scheduler } from "./processing/scheduler.js";
import type { Server } from "./server.js";
import { WHOLE } from "./whole.js";

/** What frames take and give back while they are at a server. Who gets what another gave back is woken. */
export class Stay {
  private readonly moment: Moment;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  private readonly scheduler: Scheduler;

  constructor(moment: Moment, pending: PendingEvents, trace: Trace, scheduler: Scheduler) {
    this.moment = moment;
    this.pending = pending;
    this.trace = trace;
    this.scheduler = scheduler;
  }

  /** Gives the frame an idle core. */
  takeCore(frame: Frame, server: Server, now: number): void {
    server.takeCore(frame, now);
    this.trace.record(TRACE_CORE_TAKEN, frame, server, now);
  }

  /** Puts the frame in the ready queue. */
  awaitCore(frame: Frame, server: Server, now: number): void {
    server.awaitCore(frame, now);
    this.trace.record(TRACE_WAITS_FOR_CORE, frame, server, now);
  }

  /** Gives the frame a core, or puts it in the ready queue and answers false. */
  askForCore(frame: Frame, server: Server, now: number): boolean {
    this.endIo(frame, server, now);
    if (server.isBusy()) this.awaitCore(frame, server, now);
    else this.takeCore(frame, server, now);
    return frame.core;
  }

  /** Starts a step on the frame's core. */
  startCpuStep(frame: Frame, at: Instruction, now: number): void {
    this.trace.record(TRACE_CPU_STARTED, frame, at.server!, now);
    const length_s = this.startStep(frame, at, now);
    if (WHOLE) frame.cpu_s += length_s;
  }

  /** Starts a step and gives its length [s]. */
  startStep(frame: Frame, at: Instruction, now: number): number {
    const duration_s = at.stream!.next();
    frame.served += duration_s;
    frame.goTo(at.next!);
    this.pending.schedule(frame, now + duration_s, RANK_STEP);
    return duration_s;
  }

  /** The frame does not count in the I/O queue any more. */
  endIo(frame: Frame, server: Server, now: number): void {
    if (frame.waiting) this.changeIo(server, frame, false, now);
  }

  /** What takes long and needs no core begins. */
  letCoreGo(frame: Frame, server: Server, now: number): void {
    if (frame.core) this.releaseCore(server, frame, now);
    if (!frame.waiting) this.changeIo(server, frame, true, now);
  }

  /** The frame neither holds a core nor counts in the I/O queue any more. */
  rest(frame: Frame, server: Server, now: number): void {
    if (frame.core) this.releaseCore(server, frame, now);
    this.endIo(frame, server, now);
  }

  /** Reserves memory for the frame, or puts it in the RAM queue and answers false. */
  reserve(frame: Frame, server: Server, ram_mb: number, now: number): boolean {
    const reserved = server.reserve(frame, ram_mb, now);
    this.trace.record(reserved ? TRACE_RAM_RESERVED : TRACE_WAITS_FOR_RAM, frame, server, now);
    return reserved;
  }

  returnRam(frame: Frame, server: Server, ram_mb: number, now: number): void {
    server.returnRam(frame, ram_mb, now);
    if (server.isShortOfRam()) this.grantRam(server, now);
  }

  /** Those in the RAM queue get what is free. */
  grantRam(server: Server, now: number): void {
    for (let next = server.admit(now); next !== null; next = server.admit(now)) {
      this.trace.record(TRACE_RAM_RESERVED, next, server, now);
      this.moment.wake(next);
    }
  }

  /** The frame's program at the server is over. */
  leave(frame: Frame, server: Server, now: number): void {
    if (frame.core) {
      const next = server.nextForCore();
      if (next !== null) {
        this.passCore(server, frame, next, now);
        // Its step would begin in this moment in any case. As it has begun already, the frame that leaves need not let anybody go before it.
        if (next.op === OP_CPU) this.startCpuStep(next, next.at, now);
        else this.moment.wake(next);
      } else this.giveCoreBack(server, frame, now);
    }
    this.endIo(frame, server, now);
    this.trace.record(TRACE_LEFT, frame, server, now);
    if (frame.ram > 0) this.returnRam(frame, server, frame.ram, now);
    server.record.leave(frame.served, now - frame.arrived);
  }

  /** Gives the frame a unit of a pool, or puts it in the queue without its core and answers false; it may be at no server. */
  acquire(frame: Frame, server: Server | null, pool: Pool, now: number): boolean {
    const taken = pool.acquire(frame, now);
    if (!taken && server !== null) this.rest(frame, server, now);
    this.trace.record(taken ? TRACE_POOL_TAKEN : TRACE_WAITS_FOR_POOL, frame, pool, now);
    return taken;
  }

  /** Gives the frame's unit of a pool back. */
  release(frame: Frame, pool: Pool, now: number): void {
    const next = pool.release(now);
    this.trace.record(TRACE_POOL_RELEASED, frame, pool, now);
    if (next === null) return;
    this.trace.record(TRACE_POOL_TAKEN, next, pool, now);
    this.moment.wake(next);
  }

  private releaseCore(server: Server, frame: Frame, now: number): void {
    const next = server.nextForCore();
    if (next !== null) {
      this.passCore(server, frame, next, now);
      this.moment.wake(next);
    } else this.giveCoreBack(server, frame, now);
  }

  /** The frame's core goes to the first in the ready queue, which does not run on by itself. */
  private passCore(server: Server, frame: Frame, next: Frame, now: number): void {
    server.passCore(frame, next, now);
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
    this.trace.record(TRACE_CORE_TAKEN, next, server, now);
  }

  /** The frame gives its core back, for which nobody waits in the ready queue: that of a server with processors is always empty. */
  private giveCoreBack(server: Server, frame: Frame, now: number): void {
    if (WHOLE && server.processors !== null) {
      this.scheduler.release(frame, server, now);
      return;
    }
    server.releaseCore(frame, now);
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
  }

  /** Counts the frame in or out of the server's I/O queue. */
  private changeIo(server: Server, frame: Frame, waiting: boolean, now: number): void {
    frame.waiting = waiting;
    server.record.io.change(waiting ? 1 : -1, now);
  }
}
