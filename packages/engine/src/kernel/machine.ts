import { ENDING_DROPPED, ENDING_FAILED } from "../record/ending.js";
import { Level } from "../record/level.js";
import type { Recorder } from "../record/recorder.js";
import {
  TRACE_COMPLETED,
  TRACE_CORE_RELEASED,
  TRACE_CORE_TAKEN,
  TRACE_CPU_STARTED,
  TRACE_DISRUPTED,
  TRACE_DROPPED,
  TRACE_ENTERED,
  TRACE_FAILED,
  TRACE_GENERATED,
  TRACE_IO_STARTED,
  TRACE_LEFT,
  TRACE_RAM_RESERVED,
  TRACE_RECOVERED,
  TRACE_SENT,
  TRACE_WAITS_FOR_CORE,
  TRACE_WAITS_FOR_RAM,
  type Trace,
} from "../record/trace.js";
import { Dispatches } from "./balancing/dispatches.js";
import { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";
import { Frames } from "./frames.js";
import {
  OP_BALANCE,
  OP_COMPLETE,
  OP_CPU,
  OP_DISRUPT,
  OP_ENTER,
  OP_FORWARD,
  OP_GENERATE,
  OP_IO,
  OP_LEAVE,
  OP_RECOVER,
  OP_RESERVE,
  type Instruction,
} from "./instruction.js";
import type { Link } from "./link.js";
import {
  RANK_ARRIVAL,
  RANK_DELIVERY,
  RANK_DISRUPTION,
  RANK_RECOVERY,
  RANK_STEP,
  type PendingEvents,
} from "./pending-events.js";
import type { Server } from "./server.js";
import type { System } from "./system.js";

/** Runs frames. Hot: `handle` is one event, `advance` runs one frame until it waits for something. */
export class Machine {
  /** Events that may still be processed in this call. */
  left: number = 0;
  /** Whether there have been more requests at once than the budget allows. */
  overfull: boolean = false;
  private readonly frames: Frames;
  private readonly dispatches: Dispatches;
  /** A level that nobody reads, for frames that do not travel. */
  private readonly nowhere: Level;
  private readonly warm_up_s: number;
  private readonly mostLiveRequests: number;
  private readonly pending: PendingEvents;
  private readonly recorder: Recorder;
  private readonly system: System;
  private readonly trace: Trace;
  /** Frames that were granted a core or memory during the current event and have not run on yet. */
  private readonly woken: FrameQueue;
  /** Frames that come out of a link without latency at this moment. */
  private readonly arriving: FrameQueue;

  /** `warm_up_s` and `mostLiveRequests` are of the plan: see there. */
  constructor(
    system: System,
    pending: PendingEvents,
    recorder: Recorder,
    trace: Trace,
    warm_up_s: number,
    mostLiveRequests: number,
  ) {
    this.warm_up_s = warm_up_s;
    this.mostLiveRequests = mostLiveRequests;
    this.pending = pending;
    this.recorder = recorder;
    this.system = system;
    this.trace = trace;
    const nowhere = new Level(0);
    this.nowhere = nowhere;
    this.frames = new Frames(nowhere);
    this.dispatches = new Dispatches();
    this.woken = new FrameQueue();
    this.arriving = new FrameQueue();
  }

  /** Empties the system and schedules the first events of a replication, whose streams the host has reset. */
  reset(): void {
    const system = this.system;
    system.reset();
    this.overfull = false;
    this.frames.reset();
    this.dispatches.reset();
    this.woken.reset();
    this.arriving.reset();
    for (let k = 0; k < system.disruptions.length; k++) {
      this.start(system.disruptions[k], system.disruptions[k].disruption!.start_s, RANK_DISRUPTION);
    }
    for (let k = 0; k < system.generators.length; k++) {
      this.start(system.generators[k], system.generators[k].arrivals!.next(0), RANK_ARRIVAL);
    }
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
    if (this.arriving.head === null) return null;
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
        if (this.passes(link, now)) {
          this.left -= 1;
          frame.goTo(link.target!);
          continue;
        }
        this.travel(frame, link, now);
      } else if (link !== null) {
        link.record.lost += 1;
        this.trace.record(TRACE_DROPPED, frame, link, now);
        this.abandon(frame, ENDING_DROPPED, now);
      }
      frame = this.woken.take();
    }
  }

  /**
   * Whether a message over the link comes out at once and nothing is before it: then it need not be scheduled. That counts
   * as an event nevertheless, and is left to the next call when there is none left in this one.
   */
  private passes(link: Link, now: number): boolean {
    return (
      link.instant &&
      this.left >= 1 &&
      this.woken.head === null &&
      this.arriving.head === null &&
      this.pending.nextTime() > now
    );
  }

  /** Starts a frame that is not a request. */
  private start(at: Instruction, time: number, rank: i32): void {
    const frame = this.frames.acquire(at, 0);
    if (time < Infinity) this.pending.schedule(frame, time, rank);
  }

  /** Runs the frame's program until it waits or ends, which gives null, or travels, which gives the link. */
  private advance(frame: Frame, now: number): Link | null {
    while (true) {
      const at = frame.at;
      switch (frame.op) {
        case OP_CPU:
          if (!frame.core) {
            if (frame.waiting) this.changeIo(at.server!, frame, false, now);
            if (!this.takeCore(frame, at.server!, now)) return null;
          }
          this.trace.record(TRACE_CPU_STARTED, frame, at.server!, now);
          this.startStep(frame, at, now);
          return null;
        case OP_IO:
          if (frame.core) this.releaseCore(at.server!, frame, now);
          if (!frame.waiting) this.changeIo(at.server!, frame, true, now);
          this.trace.record(TRACE_IO_STARTED, frame, at.server!, now);
          this.startStep(frame, at, now);
          return null;
        case OP_RESERVE:
          frame.goTo(at.next!);
          if (!this.reserve(frame, at, now)) return null;
          break;
        case OP_LEAVE:
          this.leave(frame, at.server!, now);
          return at.link;
        case OP_ENTER:
          if (!this.enter(frame, at.server!, now)) return null;
          break;
        case OP_BALANCE:
          return this.balance(frame, at, now);
        case OP_FORWARD:
          return at.link;
        case OP_GENERATE:
          this.generate(frame, at, now);
          return null;
        case OP_COMPLETE:
          this.trace.record(TRACE_COMPLETED, frame, at, now);
          this.complete(frame, now);
          return null;
        case OP_DISRUPT:
          this.trace.record(TRACE_DISRUPTED, frame, at.disruption!, now);
          at.disruption!.begin();
          frame.goTo(at.next!);
          this.pending.schedule(frame, at.disruption!.end_s, RANK_RECOVERY);
          return null;
        case OP_RECOVER:
          this.trace.record(TRACE_RECOVERED, frame, at.disruption!, now);
          at.disruption!.end();
          return null;
        default:
          return null;
      }
    }
  }

  /** Creates a request, which runs on at once, and waits for the next. */
  private generate(generator: Frame, at: Instruction, now: number): void {
    const frame = this.frames.acquire(at.next!, now);
    this.frames.live++;
    if ((this.frames.live as number) > this.mostLiveRequests) this.overfull = true;
    if (now >= this.warm_up_s) this.recorder.generated += 1;
    this.recorder.inFlight.change(1, now);
    this.trace.record(TRACE_GENERATED, frame, at.arrivals!, now);
    this.woken.append(frame);
    const time = at.arrivals!.next(now);
    if (time < Infinity) this.pending.schedule(generator, time, RANK_ARRIVAL);
  }

  private startStep(frame: Frame, at: Instruction, now: number): void {
    const duration_s = at.stream!.next();
    frame.served += duration_s;
    frame.goTo(at.next!);
    this.pending.schedule(frame, now + duration_s, RANK_STEP);
  }

  /** Chooses the endpoint; false when the server is down and no load balancer vouches for the request. */
  private enter(frame: Frame, server: Server, now: number): boolean {
    if (server.outages > 0 && !isVouchedFor(frame)) {
      this.trace.record(TRACE_FAILED, frame, server, now);
      this.abandon(frame, ENDING_FAILED, now);
      return false;
    }
    this.trace.record(TRACE_ENTERED, frame, server, now);
    frame.arrived = now;
    frame.served = 0;
    frame.goTo(server.chooseEndpoint());
    return true;
  }

  /** Gives the frame a core, or puts it in the ready queue and answers false. */
  private takeCore(frame: Frame, server: Server, now: number): boolean {
    const taken = server.acquireCore(frame, now);
    this.trace.record(taken ? TRACE_CORE_TAKEN : TRACE_WAITS_FOR_CORE, frame, server, now);
    return taken;
  }

  /** Reserves memory for the frame, or puts it in the RAM queue and answers false. */
  private reserve(frame: Frame, at: Instruction, now: number): boolean {
    const server = at.server!;
    const reserved = server.reserve(frame, at.ram_mb, now);
    this.trace.record(reserved ? TRACE_RAM_RESERVED : TRACE_WAITS_FOR_RAM, frame, server, now);
    return reserved;
  }

  private leave(frame: Frame, server: Server, now: number): void {
    if (frame.core) this.releaseCore(server, frame, now);
    if (frame.waiting) this.changeIo(server, frame, false, now);
    this.trace.record(TRACE_LEFT, frame, server, now);
    if (frame.ram > 0) {
      server.returnRam(frame, now);
      for (let next = server.admit(now); next !== null; next = server.admit(now)) {
        this.trace.record(TRACE_RAM_RESERVED, next, server, now);
        this.woken.append(next);
      }
    }
    server.record.leave(frame.served, now - frame.arrived);
    this.settleDispatch(frame, false, now);
  }

  private releaseCore(server: Server, frame: Frame, now: number): void {
    const next = server.releaseCore(frame, now);
    this.trace.record(TRACE_CORE_RELEASED, frame, server, now);
    if (next === null) return;
    this.trace.record(TRACE_CORE_TAKEN, next, server, now);
    this.woken.append(next);
  }

  /** Counts the frame in or out of the server's I/O queue. */
  private changeIo(server: Server, frame: Frame, waiting: boolean, now: number): void {
    frame.waiting = waiting;
    server.record.io.change(waiting ? 1 : -1, now);
  }

  /** Chooses a link; null when every server is down. */
  private balance(frame: Frame, at: Instruction, now: number): Link | null {
    const link = at.balancer!.choose(now);
    if (link === null) {
      this.trace.record(TRACE_FAILED, frame, at.balancer!, now);
      this.abandon(frame, ENDING_FAILED, now);
    } else frame.dispatch = this.dispatches.acquire(link, frame.dispatch, now);
    return link;
  }

  /** The request is served, or has failed: the load balancers it passed hear of it, the last one first. */
  private settleDispatch(frame: Frame, failed: boolean, now: number): void {
    let choice = frame.dispatch;
    while (choice !== null) {
      const link = choice.link;
      link.balancer!.settled(link, now - choice.sent_s, failed, now);
      choice = this.dispatches.release(choice);
    }
    frame.dispatch = null;
  }

  private travel(frame: Frame, link: Link, now: number): void {
    if (link.instant) {
      frame.goTo(link.target!);
      frame.order = this.pending.nextOrder(RANK_DELIVERY);
      this.arriving.append(frame);
      return;
    }
    link.record.level.change(1, now);
    frame.level = link.record.level;
    frame.goTo(link.target!);
    this.pending.schedule(frame, now + link.transit_s(), RANK_DELIVERY);
  }

  private complete(frame: Frame, now: number): void {
    this.recorder.complete(now - frame.start, frame.start >= this.warm_up_s);
    this.end(frame, now);
  }

  /** Ends a request that does not complete; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. */
  private abandon(frame: Frame, ending: i32, now: number): void {
    if (frame.start >= this.warm_up_s) this.recorder.ended[ending] += 1;
    this.settleDispatch(frame, true, now);
    this.end(frame, now);
  }

  private end(frame: Frame, now: number): void {
    this.recorder.inFlight.change(-1, now);
    this.frames.live--;
    this.frames.release(frame);
  }
}

/** Whether a load balancer that knows which servers are down has sent the request. */
function isVouchedFor(frame: Frame): boolean {
  const choice = frame.dispatch;
  return choice !== null && choice.link.balancer!.knows;
}
