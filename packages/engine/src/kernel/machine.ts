import { ENDING_FAILED } from "../record/ending.js";
import type { Level } from "../record/level.js";
import type { Recorder } from "../record/recorder.js";
import { TRACE_CPU_STARTED, TRACE_ENTERED, TRACE_IO_STARTED, TRACE_SENT, type Trace } from "../record/trace.js";
import { Answers } from "./answers.js";
import { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";
import type { Frames } from "./frames.js";
import { Instruction } from "./instruction.js";
import {
  OP_ANSWER,
  OP_BACK,
  OP_BALANCE,
  OP_COMPLETE,
  OP_CPU,
  OP_ENTER,
  OP_FORWARD,
  OP_GENERATE,
  OP_IO,
  OP_LEAVE,
  OP_NOTHING,
  OP_RESERVE,
  OP_SEND,
} from "./operations/core.js";
import type { Link } from "./link.js";
import {
  RANK_ARRIVAL,
  RANK_DELIVERY,
  RANK_DISRUPTION,
  RANK_RECOVERY,
  RANK_STEP,
  type PendingEvents,
} from "./pending-events.js";
import { RareOperations, WAITS } from "./rare-operations.js";
import { Requests } from "./requests.js";
import { Scheduler } from "./processing/scheduler.js";
import type { Server } from "./server.js";
import { Stay } from "./stay.js";
import type { System } from "./system.js";
import { WHOLE } from "./whole.js";

/** Runs frames. Hot: `handle` is one event, `advance` runs one frame until it waits for something. */
export class Machine {
  /** Events that may still be processed in this call. */
  left: number = 0;
  private readonly nowhere: Level;
  private readonly pending: PendingEvents;
  private readonly system: System;
  private readonly trace: Trace;
  private readonly requests: Requests;
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly rare: RareOperations;
  private readonly woken: FrameQueue;
  /** Frames that come out of a link without latency at this moment. */
  private readonly arriving: FrameQueue;
  /** What every frame does that comes out of a link on its way back. */
  private readonly back: Instruction;

  /** `warm_up_s` and `mostLiveRequests` are of the plan: see there. */
  constructor(
    system: System,
    pending: PendingEvents,
    recorder: Recorder,
    trace: Trace,
    frames: Frames,
    warm_up_s: number,
    mostLiveRequests: number,
  ) {
    const requests = new Requests(frames, recorder, trace, system.visits, warm_up_s, mostLiveRequests);
    this.nowhere = frames.nowhere;
    this.pending = pending;
    this.system = system;
    this.trace = trace;
    this.requests = requests;
    const scheduler = new Scheduler(requests.woken, trace);
    const stay = new Stay(requests.woken, trace, scheduler);
    const answers = new Answers(requests, pending, trace, system.watches, system.cancels);
    this.stay = stay;
    this.rare = new RareOperations(system, stay, scheduler, answers, requests, pending, trace);
    this.answers = answers;
    this.woken = requests.woken;
    this.arriving = new FrameQueue();
    this.back = new Instruction(OP_BACK);
  }

  /** Empties the system and schedules the first events of a replication, whose streams the host has reset. */
  reset(): void {
    const system = this.system;
    system.reset();
    this.requests.reset();
    this.arriving.reset();
    for (let k = 0; k < system.disruptions.length; k++) {
      this.start(system.disruptions[k], system.disruptions[k].disruption!.nextStart_s(0), RANK_DISRUPTION);
    }
    for (let k = 0; k < system.processes.length; k++) this.start(system.processes[k], 0, RANK_RECOVERY);
    for (let k = 0; k < system.generators.length; k++) {
      this.start(system.generators[k], system.generators[k].arrivals!.next(0), RANK_ARRIVAL);
    }
  }

  /** Whether there have been more requests at once than the budget allows. */
  isOverfull(): boolean {
    return this.requests.overfull;
  }

  /** Whether something comes out of a link without latency at this moment. */
  hasArriving(): boolean {
    return this.arriving.head !== null;
  }

  /**
   * The frame that comes out of a link without latency at `now`; null when there is none, or when something else is
   * scheduled for this moment: then what comes out takes its turn among the pending events.
   */
  nextArriving(next: number, now: number): Frame | null {
    if (next > now) return this.arriving.take();
    for (let frame = this.arriving.take(); frame !== null; frame = this.arriving.take()) {
      this.pending.scheduleInOrder(frame, now);
    }
    return null;
  }

  /** Handles the event of a frame at `now`, and runs the frames on that it wakes. */
  handle(first: Frame, now: number): void {
    this.left -= 1;
    first.level.change(-1, now);
    first.level = this.nowhere;
    let frame: Frame | null = first;
    while (frame !== null) {
      const link = this.advance(frame, now);
      if (link !== null && !link.loses()) {
        this.trace.record(TRACE_SENT, frame, link, now);
        if (this.passes(frame, link, now)) {
          this.left -= 1;
          continue;
        }
        this.travel(frame, link, now);
      } else if (link !== null) {
        this.rare.send(frame, link, now);
      }
      frame = this.woken.take();
    }
  }

  /**
   * Whether a message over the link comes out at once and nothing is before it: then it need not be scheduled. That counts
   * as an event nevertheless, and is left to the next call when there is none left in this one.
   */
  private passes(frame: Frame, link: Link, now: number): boolean {
    return (
      (frame.op === OP_BACK ? link.instantBack : link.instant) &&
      this.left >= 1 &&
      this.woken.head === null &&
      this.arriving.head === null &&
      this.pending.nextTime() > now
    );
  }

  /** Starts a frame that is not a request. */
  private start(at: Instruction, time: number, rank: i32): void {
    const frame = this.requests.apart(at);
    if (time < Infinity) this.pending.schedule(frame, time, rank);
  }

  /**
   * Runs the frame's program until it waits or ends, which gives null, or travels, which gives the link; the frame is at what it does at
   * the link's end then.
   */
  private advance(frame: Frame, now: number): Link | null {
    while (true) {
      const at = frame.at;
      switch (frame.op) {
        case OP_CPU:
          if (!frame.core && !this.stay.takeCore(frame, at.server!, now)) return null;
          this.trace.record(TRACE_CPU_STARTED, frame, at.server!, now);
          {
            const length_s = this.startStep(frame, at, now);
            if (WHOLE) frame.cpu_s += length_s;
          }
          return null;
        case OP_IO:
          this.stay.letCoreGo(frame, at.server!, now);
          this.trace.record(TRACE_IO_STARTED, frame, at.server!, now);
          this.startStep(frame, at, now);
          return null;
        case OP_RESERVE:
          frame.goTo(at.next!);
          if (!this.stay.reserve(frame, at.server!, at.amount, now)) return null;
          break;
        case OP_LEAVE:
          this.stay.leave(frame, at.server!, now);
          if (WHOLE && this.answers.watches) this.answers.sortOut(frame, at.server!);
          if (at.link !== null && !(WHOLE && frame.called) && frame.error === 0) {
            this.answers.settleAll(frame, now);
            frame.goTo(at.link!.target!);
            return at.link;
          }
          if (!this.answers.respond(frame, at.server!, now)) return null;
          break;
        case OP_ENTER:
          if (!this.enter(frame, at.server!, now)) return null;
          break;
        case OP_BALANCE: {
          const link = at.balancer!.choose(now);
          if (link !== null) {
            this.answers.push(frame, link, now);
            return link;
          }
          if (!this.answers.refuse(frame, at.balancer!, ENDING_FAILED, now)) return null;
          break;
        }
        case OP_FORWARD:
          frame.goTo(at.link!.target!);
          return at.link;
        case OP_SEND:
          frame.responds = true;
          this.answers.push(frame, at.link!, now);
          return at.link;
        case OP_BACK:
          this.answers.pop(frame, now);
          frame.goTo(this.answers.answer);
          break;
        case OP_ANSWER:
          if (frame.depth > 0) {
            frame.goTo(this.back);
            return frame.path[frame.depth - 1];
          }
          this.answers.comeBack(frame, now);
          return null;
        case OP_GENERATE: {
          this.requests.generate(at, now);
          const time = at.arrivals!.next(now);
          if (time < Infinity) this.pending.schedule(frame, time, RANK_ARRIVAL);
          return null;
        }
        case OP_COMPLETE:
          this.answers.settleAll(frame, now);
          this.answers.comeBackTo(frame, at, now);
          return null;
        case OP_NOTHING:
          return null;
        default: {
          const events = this.rare.advance(frame, at, now);
          if (events === WAITS) return null;
          this.left -= events;
        }
      }
    }
  }

  /** Starts a step and gives its length [s]. */
  private startStep(frame: Frame, at: Instruction, now: number): number {
    const duration_s = at.stream!.next();
    frame.served += duration_s;
    frame.goTo(at.next!);
    this.pending.schedule(frame, now + duration_s, RANK_STEP);
    return duration_s;
  }

  /** Chooses the endpoint; false when the request ends, because the server is down and no load balancer vouched for it. */
  private enter(frame: Frame, server: Server, now: number): boolean {
    if (server.outages > 0 && !this.answers.isVouchedFor(frame)) {
      return this.answers.refuse(frame, server, ENDING_FAILED, now);
    }
    this.trace.record(TRACE_ENTERED, frame, server, now);
    frame.arrived = now;
    frame.served = 0;
    if (WHOLE) frame.cpu_s = 0;
    frame.goTo(server.endpointFor(frame.endpoint));
    return true;
  }

  private travel(frame: Frame, link: Link, now: number): void {
    const isBack = frame.op === OP_BACK;
    if (isBack ? link.instantBack : link.instant) {
      frame.order = this.pending.nextOrder(RANK_DELIVERY);
      this.arriving.append(frame);
      return;
    }
    link.record.level.change(1, now);
    frame.level = link.record.level;
    this.pending.schedule(frame, now + (isBack ? link.responseTransit_s() : link.transit_s()), RANK_DELIVERY);
  }
}
