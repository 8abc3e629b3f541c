import {
  TRACE_CPU_STARTED,
  TRACE_DISRUPTED,
  TRACE_FORKED,
  TRACE_IO_STARTED,
  TRACE_RECOVERED,
  type Trace,
} from "../../record/trace.js";
import type { Frame } from "../frame.js";
import type { Instruction } from "../instruction.js";
import { NO_LOOP } from "./loops.js";
import { RANK_RECOVERY, type PendingEvents } from "../pending-events.js";
import {
  OP_ASSIGN,
  OP_STEP_OVER,
  OP_LAUNCH,
  OP_OFFER,
  OP_PASS,
  OP_PAUSE,
  OP_PROCESS,
  OP_QUOTA,
  OP_RESUME,
  OP_RUN,
  OP_SHARE,
  OP_SLEEP,
  OP_TURN,
  OP_UNSHARE,
  OP_WAIT,
} from "../operations/processing.js";
import type { Requests } from "../requests.js";
import type { Scheduler } from "./scheduler.js";
import type { Stay } from "../stay.js";

/** The instructions of servers with `Processors`, and of what such servers do by themselves. */
export class Processing {
  private readonly stay: Stay;
  private readonly scheduler: Scheduler;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;

  constructor(stay: Stay, scheduler: Scheduler, requests: Requests, pending: PendingEvents, trace: Trace) {
    this.stay = stay;
    this.scheduler = scheduler;
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
  }

  /** Runs the instruction that the frame is at, and answers whether it goes on at once. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_SHARE:
        this.share(frame, at, now);
        return false;
      case OP_UNSHARE:
        at.server!.processors!.unshare(frame, now);
        if (!frame.cancelled) at.server!.record.cpuWait.add(Math.max(0, now - frame.extras.asked - frame.extras.left));
        frame.goTo(at.next!);
        return true;
      case OP_TURN:
        this.stay.endIo(frame, at.server!, now);
        return this.scheduler.turn(frame, at, now);
      case OP_PROCESS:
        this.stay.endIo(frame, at.server!, now);
        return this.scheduler.ask(frame, at, now);
      case OP_RUN:
        this.scheduler.run(frame, at, now);
        return false;
      case OP_WAIT:
        this.wait(frame, at, now);
        return false;
      case OP_STEP_OVER:
        // It was interrupted when its caller gave it up.
        if (frame.extras.clock !== null) frame.extras.clock!.end(frame);
        frame.goTo(at.next!);
        return true;
      case OP_PASS:
        this.scheduler.pass(frame, at.server!, now);
        frame.goTo(at.next!);
        return true;
      case OP_ASSIGN:
        frame.extras.loop = Math.floor(at.stream!.next() * (at.index as number)) as i32;
        frame.goTo(at.next!);
        return true;
      case OP_OFFER:
        frame.extras.loop = NO_LOOP;
        frame.goTo(at.next!);
        return true;
      case OP_SLEEP:
        frame.goTo(at.next!);
        this.pending.schedule(frame, now + at.stream!.next(), at.index);
        return false;
      case OP_PAUSE:
        return this.pause(frame, at, now);
      case OP_RESUME:
        this.trace.record(TRACE_RECOVERED, frame, at.server!, now);
        at.server!.processors!.pauses[at.index] = null;
        this.scheduler.resume(at.server!, at.index, now);
        frame.goTo(at.next!);
        return true;
      case OP_LAUNCH:
        this.launch(at, now);
        frame.goTo(at.next!);
        return true;
      case OP_QUOTA:
        this.turnQuota(frame, at, now);
        return false;
      default:
        return false;
    }
  }

  private share(frame: Frame, at: Instruction, now: number): void {
    const server = at.server!;
    const left = server.stretched_s(at.stream!.next());
    this.stay.endIo(frame, server, now);
    frame.extras.left = left;
    frame.served += left;
    frame.cpu_s += left;
    frame.extras.asked = now;
    this.trace.record(TRACE_CPU_STARTED, frame, server, now);
    frame.goTo(at.next!);
    server.processors!.share(frame, now);
  }

  private wait(frame: Frame, at: Instruction, now: number): void {
    const server = at.server!;
    this.stay.letCoreGo(frame, server, now);
    const left = server.stretched_s(at.stream!.next());
    frame.extras.left = left;
    frame.served += left;
    this.trace.record(TRACE_IO_STARTED, frame, server, now);
    frame.goTo(at.next!);
    server.processors!.io.start(frame, now);
  }

  /** A server that is down, or does not run, begins nothing by itself. */
  private launch(at: Instruction, now: number): void {
    const server = at.server!;
    if (server.outages > 0 || server.stopped) return;
    const frame = this.requests.create(at.ways[0], now);
    frame.served = 0;
    frame.cpu_s = 0;
    this.trace.record(TRACE_FORKED, frame, at.server!, now);
  }

  /** A pause that takes no time does not happen, nor does one of a process that is not there. */
  private pause(frame: Frame, at: Instruction, now: number): boolean {
    const length_s = at.stream!.next() * at.server!.processors!.pauseStretch;
    if (length_s <= 0 || !at.server!.isAlive()) {
      frame.goTo(at.next!.next!);
      return true;
    }
    this.trace.record(TRACE_DISRUPTED, frame, at.server!, now);
    at.server!.processors!.pause(at.index, now);
    at.server!.processors!.pauses[at.index] = frame;
    frame.goTo(at.next!);
    this.pending.schedule(frame, now + length_s, RANK_RECOVERY);
    return false;
  }

  private turnQuota(frame: Frame, at: Instruction, now: number): void {
    const processors = at.server!.processors!;
    const throttled = processors.quota!.throttled;
    processors.turnQuota(frame, now);
    if (processors.quota!.throttled === throttled) return;
    this.trace.record(throttled ? TRACE_RECOVERED : TRACE_DISRUPTED, frame, at.server!, now);
  }
}
