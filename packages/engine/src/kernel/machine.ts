import { ENDING_FAILED } from "../record/ending.js";
import type { Level } from "../record/level.js";
import type { Recorder } from "../record/recorder.js";
import { TRACE_ENTERED, TRACE_IO_STARTED, TRACE_SENT, type Trace } from "../record/trace.js";
import { Answers } from "./answers.js";
import type { Moment } from "./moment.js";
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
import { RANK_ARRIVAL, RANK_DELIVERY, RANK_DISRUPTION, RANK_RECOVERY, type PendingEvents } from "./pending-events.js";
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
  left: i32 = 0;
  /** Whether a frame has set out over a link with latency: before, no level has to go down when an event comes. */
  private travels: boolean = false;
  private readonly nowhere: Level;
  private readonly frames: Frames;
  private readonly pending: PendingEvents;
  private readonly system: System;
  private readonly trace: Trace;
  private readonly requests: Requests;
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly rare: RareOperations;
  private readonly moment: Moment;
  /** What every frame does that comes out of a link on its way back. */
  private readonly back: Instruction;

  /** `warm_up_s` is of the plan: see there. */
  constructor(
    system: System,
    pending: PendingEvents,
    recorder: Recorder,
    trace: Trace,
    frames: Frames,
    warm_up_s: number,
  ) {
    const requests = new Requests(frames, recorder, trace, system.visits, warm_up_s);
    this.nowhere = frames.nowhere;
    this.frames = frames;
    this.pending = pending;
    this.system = system;
    this.trace = trace;
    this.requests = requests;
    const scheduler = new Scheduler(requests.moment, trace);
    const stay = new Stay(requests.moment, pending, trace, scheduler);
    const answers = new Answers(requests, pending, trace, system.watches, system.cancels);
    this.stay = stay;
    this.rare = new RareOperations(system, stay, scheduler, answers, requests, pending, trace);
    this.answers = answers;
    this.moment = requests.moment;
    this.back = new Instruction(OP_BACK);
  }

  /** Empties the system and schedules the first events of a replication, whose streams the host has reset. */
  reset(): void {
    const system = this.system;
    system.reset();
    this.requests.reset();
    this.travels = false;
    for (let k = 0; k < system.disruptions.length; k++) {
      this.start(system.disruptions[k], system.disruptions[k].disruption!.nextStart_s(0), RANK_DISRUPTION);
    }
    for (let k = 0; k < system.processes.length; k++) this.start(system.processes[k], 0, RANK_RECOVERY);
    for (let k = 0; k < system.generators.length; k++) {
      this.start(system.generators[k], system.generators[k].arrivals!.next(0), RANK_ARRIVAL);
    }
  }

  /** Handles the event of a frame at `now`, which counts already, and what it leaves to be done at that moment. */
  handle(first: Frame, now: number): void {
    if (WHOLE || this.travels) {
      first.level.lower(1, now);
      first.level = this.nowhere;
    }
    let frame = first;
    while (true) {
      this.advance(frame, now);
      if (this.moment.first === null) return;
      const next = this.moment.hasWoken() ? this.moment.take() : this.nextArriving(now);
      if (next === null) return;
      frame = next;
    }
  }

  /** Whether something comes out of a link without latency at the moment at which the last call ended. */
  hasArriving(): boolean {
    return this.moment.first !== null;
  }

  /**
   * The frame that comes out of a link without latency, as the event that is next; null when none may be processed in this call, or when
   * something else is scheduled for this moment: then what comes out takes its turn among the pending events.
   */
  nextArriving(now: number): Frame | null {
    if (this.left < 1 || this.frames.overfull) return null;
    if (this.pending.nextTime() > now) {
      this.left -= 1;
      return this.moment.take();
    }
    for (let frame = this.moment.take(); frame !== null; frame = this.moment.take()) {
      this.pending.scheduleInOrder(frame, now);
    }
    return null;
  }

  /** Starts a frame that is not a request. */
  private start(at: Instruction, time: number, rank: i32): void {
    const frame = this.requests.apart(at);
    if (time < Infinity) this.pending.schedule(frame, time, rank);
  }

  /** Runs the frame's program until it waits, travels or ends. */
  private advance(frame: Frame, now: number): void {
    while (true) {
      const at = frame.at;
      let link: Link;
      switch (frame.op) {
        case OP_ENTER: {
          const server = at.server!;
          if (server.outages > 0) {
            if (!this.answers.isVouchedFor(frame)) {
              if (!this.answers.refuse(frame, server, ENDING_FAILED, now)) return;
              continue;
            }
          }
          const start = this.enter(frame, server, now);
          // As the next operation would, without looking it up: many programs begin so, and under load most who come wait.
          if (start.op === OP_CPU) {
            if (server.isBusy()) {
              this.stay.awaitCore(frame, server, now);
              return;
            }
          }
          continue;
        }
        case OP_CPU:
          if (!frame.core) {
            const server = at.server!;
            this.stay.endIo(frame, server, now);
            if (server.isBusy()) {
              this.stay.awaitCore(frame, server, now);
              return;
            }
            this.stay.takeCore(frame, server, now);
          }
          this.stay.startCpuStep(frame, at, now);
          return;
        case OP_IO:
          this.stay.letCoreGo(frame, at.server!, now);
          this.trace.record(TRACE_IO_STARTED, frame, at.server!, now);
          this.stay.startStep(frame, at, now);
          return;
        case OP_RESERVE:
          frame.goTo(at.next!);
          if (!this.stay.reserve(frame, at.server!, at.amount, now)) return;
          continue;
        case OP_LEAVE:
          this.stay.leave(frame, at.server!, now);
          if (WHOLE && this.answers.watches) this.answers.sortOut(frame, at.server!);
          if (at.link === null || (WHOLE && frame.called) || frame.error !== 0) {
            if (!this.answers.respond(frame, at.server!, now)) return;
            continue;
          }
          if (frame.depth > 0) this.answers.settleAll(frame, now);
          link = at.link!;
          break;
        case OP_BALANCE: {
          const chosen = at.balancer!.choose(now);
          if (chosen === null) {
            if (!this.answers.refuse(frame, at.balancer!, ENDING_FAILED, now)) return;
            continue;
          }
          this.answers.push(frame, chosen, now);
          link = chosen;
          break;
        }
        case OP_SEND:
          link = at.link!;
          frame.responds = true;
          this.answers.push(frame, link, now);
          break;
        case OP_BACK:
          this.answers.pop(frame, now);
          frame.goTo(this.answers.answer);
          continue;
        case OP_ANSWER:
          if (frame.depth > 0) {
            if (!this.sendBack(frame, frame.path[frame.depth - 1]!, now)) return;
            continue;
          }
          this.answers.comeBack(frame, now);
          return;
        case OP_GENERATE: {
          const request = this.requests.generate(at, now);
          // One that does not come, at Infinity, is behind all that there is.
          this.pending.schedule(frame, at.arrivals!.next(now), RANK_ARRIVAL);
          // Its event is the first thing at this moment, so nobody has been woken who would go before the request.
          frame = request;
          if (request.op !== OP_FORWARD) continue;
          link = request.at.link!;
          break;
        }
        case OP_FORWARD:
          link = at.link!;
          break;
        case OP_COMPLETE:
          if (frame.depth > 0) this.answers.settleAll(frame, now);
          this.answers.comeBackTo(frame, at, now);
          return;
        case OP_NOTHING:
          return;
        default: {
          const events = this.rare.advance(frame, at, now);
          if (events === WAITS) return;
          this.left -= events;
          continue;
        }
      }
      // It sets out over a link.
      if (link.passing > 0) link.passing -= 1;
      else if (link.loses()) {
        frame.goTo(link.target!);
        this.rare.send(frame, link, now);
        return;
      }
      this.trace.record(TRACE_SENT, frame, link, now);
      if (!link.instant) {
        frame.goTo(link.target!);
        this.travel(frame, link, now, link.transit_s());
        return;
      }
      // What comes out at once, with nothing before it, need not be scheduled. It is an event nevertheless, and left to the next call when there
      // is none left in this one. Each condition has an `if` of its own, because the value of a condition costs more than a jump.
      const left = this.left;
      if (left >= 1) {
        if (this.moment.first === null) {
          if (this.pending.nextTime() > now) {
            // Neither has anything come between where it only passes on, to the next link.
            if (left >= 2) {
              const onward = link.onward;
              if (onward !== null) {
                if (onward.instant) {
                  const passing = onward.passing;
                  if (passing > 0) {
                    onward.passing = passing - 1;
                    this.left = left - 2;
                    this.trace.record(TRACE_SENT, frame, onward, now);
                    frame.goTo(onward.target!);
                    continue;
                  }
                }
              }
            }
            this.left = left - 1;
            frame.goTo(link.target!);
            continue;
          }
        }
      }
      frame.goTo(link.target!);
      this.arrive(frame);
      return;
    }
  }

  /** The frame goes back over the link that it came over last; whether it is there at once. */
  private sendBack(frame: Frame, link: Link, now: number): boolean {
    frame.goTo(this.back);
    if (link.passing > 0) link.passing -= 1;
    else if (link.loses()) {
      this.rare.send(frame, link, now);
      return false;
    }
    this.trace.record(TRACE_SENT, frame, link, now);
    if (!link.instantBack) {
      this.travel(frame, link, now, link.responseTransit_s());
      return false;
    }
    if (this.left >= 1 && this.moment.first === null && this.pending.nextTime() > now) {
      this.left -= 1;
      return true;
    }
    this.arrive(frame);
    return false;
  }

  /** The frame comes out of a link without latency when it is its turn. */
  private arrive(frame: Frame): void {
    frame.order = this.pending.nextOrder(RANK_DELIVERY);
    this.moment.deliver(frame);
  }

  private travel(frame: Frame, link: Link, now: number, transit_s: number): void {
    const level = link.record.level;
    level.raise(1, now);
    frame.level = level;
    this.travels = true;
    this.pending.schedule(frame, now + transit_s, RANK_DELIVERY);
  }

  /** Chooses the endpoint, and gives where its program begins. */
  private enter(frame: Frame, server: Server, now: number): Instruction {
    this.trace.record(TRACE_ENTERED, frame, server, now);
    frame.arrived = now;
    frame.served = 0;
    if (WHOLE) frame.cpu_s = 0;
    const start = server.endpointFor(frame.endpoint);
    frame.goTo(start);
    return start;
  }
}
