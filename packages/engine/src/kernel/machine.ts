import { ENDING_DROPPED, ENDING_FAILED } from "../record/ending.js";
import type { Level } from "../record/level.js";
import type { Recorder } from "../record/recorder.js";
import {
  TRACE_AWAITS,
  TRACE_CALLED,
  TRACE_COMPLETED,
  TRACE_CORE_RELEASED,
  TRACE_CORE_TAKEN,
  TRACE_CPU_STARTED,
  TRACE_DISRUPTED,
  TRACE_DROPPED,
  TRACE_ENDED,
  TRACE_ENTERED,
  TRACE_FAILED,
  TRACE_FORKED,
  TRACE_GENERATED,
  TRACE_IO_STARTED,
  TRACE_LEFT,
  TRACE_POOL_RELEASED,
  TRACE_POOL_TAKEN,
  TRACE_RAM_RESERVED,
  TRACE_RECOVERED,
  TRACE_REFUSED,
  TRACE_RESUMED,
  TRACE_SENT,
  TRACE_WAITS_FOR_CORE,
  TRACE_WAITS_FOR_POOL,
  TRACE_WAITS_FOR_RAM,
  type Trace,
} from "../record/trace.js";
import { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";
import type { Frames } from "./frames.js";
import {
  Instruction,
  OP_ACQUIRE,
  OP_ANSWER,
  OP_BACK,
  OP_BALANCE,
  OP_CALL,
  OP_CATCH,
  OP_CHOOSE,
  OP_COMPLETE,
  OP_CPU,
  OP_DISRUPT,
  OP_ENTER,
  OP_FAIL,
  OP_FORK,
  OP_FORWARD,
  OP_GENERATE,
  OP_IO,
  OP_JOIN,
  OP_LEAVE,
  OP_LOOP,
  OP_MATCH,
  OP_RECOVER,
  OP_RELEASE,
  OP_RELEASE_RAM,
  OP_REPEAT,
  OP_RESERVE,
  OP_SEND,
  OP_SPAWN,
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
  /** What every frame does that goes back. */
  private readonly answer: Instruction;
  private readonly back: Instruction;
  /** How often frames have waited for answers in this replication. */
  private waits: number = 0;

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
    this.warm_up_s = warm_up_s;
    this.mostLiveRequests = mostLiveRequests;
    this.pending = pending;
    this.recorder = recorder;
    this.system = system;
    this.trace = trace;
    this.nowhere = frames.nowhere;
    this.frames = frames;
    this.woken = new FrameQueue();
    this.arriving = new FrameQueue();
    this.answer = new Instruction(OP_ANSWER);
    this.back = new Instruction(OP_BACK);
  }

  /** Empties the system and schedules the first events of a replication, whose streams the host has reset. */
  reset(): void {
    const system = this.system;
    system.reset();
    this.overfull = false;
    this.waits = 0;
    this.frames.reset();
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
        if (this.passes(frame, link, now)) {
          this.left -= 1;
          continue;
        }
        this.travel(frame, link, now);
      } else if (link !== null) {
        link.record.lost += 1;
        this.trace.record(TRACE_DROPPED, frame, link, now);
        this.fail(frame, ENDING_DROPPED, now);
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
    const frame = this.frames.acquire(at, 0);
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
          if (!frame.core) {
            if (frame.waiting) this.changeIo(at.server!, frame, false, now);
            if (!this.takeCore(frame, at.server!, now)) return null;
          }
          this.trace.record(TRACE_CPU_STARTED, frame, at.server!, now);
          this.startStep(frame, at, now);
          return null;
        case OP_IO:
          this.letCoreGo(frame, at.server!, now);
          this.trace.record(TRACE_IO_STARTED, frame, at.server!, now);
          this.startStep(frame, at, now);
          return null;
        case OP_RESERVE:
          frame.goTo(at.next!);
          if (!this.reserve(frame, at, now)) return null;
          break;
        case OP_LEAVE:
          this.leave(frame, at.server!, now);
          if (at.link === null || frame.parent !== null || frame.error !== 0) {
            this.respond(frame, now);
            if (!frame.responds) return null;
            break;
          }
          this.settleAll(frame);
          frame.goTo(at.link!.target!);
          return at.link;
        case OP_ENTER:
          if (!this.enter(frame, at.server!, now)) return null;
          break;
        case OP_BALANCE: {
          const link = this.balance(frame, at, now);
          if (link !== null) return link;
          if (!frame.responds) return null;
          break;
        }
        case OP_FORWARD:
          frame.goTo(at.link!.target!);
          return at.link;
        case OP_SEND:
          frame.responds = true;
          this.push(frame, at.link!);
          return at.link;
        case OP_BACK:
          frame.depth--;
          this.settle(frame, frame.path[frame.depth]!);
          frame.goTo(this.answer);
          break;
        case OP_ANSWER:
          if (frame.depth > 0) {
            frame.goTo(this.back);
            return frame.path[frame.depth - 1];
          }
          this.comeBack(frame, now);
          return null;
        case OP_CALL:
          this.call(frame, at, now);
          return null;
        case OP_FORK:
          this.fork(frame, at, now);
          return null;
        case OP_JOIN:
          this.join(frame, at.server!, now);
          return null;
        case OP_SPAWN:
          this.trace.record(TRACE_FORKED, this.branch(frame, at.ways[0], now), at.server!, now);
          frame.goTo(at.next!);
          break;
        case OP_CHOOSE: {
          const u = at.stream!.next();
          let way = 0;
          while (way < at.shares.length && u >= at.shares[way]) way++;
          frame.goTo(way < at.ways.length ? at.ways[way] : at.next!);
          break;
        }
        case OP_MATCH:
          frame.goTo(frame.requestClass === at.index ? at.ways[0] : at.next!);
          break;
        case OP_REPEAT:
          frame.counters[at.index] = Math.max(0, Math.floor(at.stream!.next() + 0.5)) as i32;
          frame.goTo(at.next!);
          break;
        case OP_LOOP:
          if (frame.counters[at.index] === 0) frame.goTo(at.next!);
          else {
            // Rounds count as events, so that a budget ends a long loop that takes no time.
            this.left -= 1;
            frame.counters[at.index] = frame.counters[at.index] - 1;
            frame.goTo(at.ways[0]);
          }
          break;
        case OP_ACQUIRE:
          frame.goTo(at.next!);
          if (!this.acquire(frame, at, now)) return null;
          break;
        case OP_RELEASE:
          this.release(frame, at, now);
          frame.goTo(at.next!);
          break;
        case OP_RELEASE_RAM:
          this.returnRam(frame, at.server!, Math.min(at.amount, frame.ram), now);
          frame.goTo(at.next!);
          break;
        case OP_FAIL:
          frame.error = 1 + ENDING_FAILED;
          frame.goTo(at.handler!);
          break;
        case OP_CATCH:
          frame.error = 0;
          frame.goTo(at.next!);
          break;
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
    const frame = this.create(at.next!, now);
    at.mix!.choose(frame);
    if (now >= this.warm_up_s) this.recorder.generated += 1;
    this.recorder.inFlight.change(1, now);
    this.trace.record(TRACE_GENERATED, frame, at.arrivals!, now);
    const time = at.arrivals!.next(now);
    if (time < Infinity) this.pending.schedule(generator, time, RANK_ARRIVAL);
  }

  /** A new frame that runs on at once. */
  private create(at: Instruction, now: number): Frame {
    const frame = this.frames.acquire(at, now);
    this.frames.live++;
    if ((this.frames.live as number) > this.mostLiveRequests) this.overfull = true;
    this.woken.append(frame);
    return frame;
  }

  private startStep(frame: Frame, at: Instruction, now: number): void {
    const duration_s = at.stream!.next();
    frame.served += duration_s;
    frame.goTo(at.next!);
    this.pending.schedule(frame, now + duration_s, RANK_STEP);
  }

  /** Chooses the endpoint; false when the request ends, because the server is down and no load balancer vouched for it. */
  private enter(frame: Frame, server: Server, now: number): boolean {
    if (server.outages > 0 && !(frame.depth > 0 && frame.path[frame.depth - 1]!.balanced)) {
      this.refuse(frame, server, now);
      return frame.responds;
    }
    this.trace.record(TRACE_ENTERED, frame, server, now);
    frame.arrived = now;
    frame.served = 0;
    frame.goTo(server.endpointFor(frame.endpoint));
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
    const reserved = server.reserve(frame, at.amount, now);
    this.trace.record(reserved ? TRACE_RAM_RESERVED : TRACE_WAITS_FOR_RAM, frame, server, now);
    return reserved;
  }

  private leave(frame: Frame, server: Server, now: number): void {
    if (frame.core) this.releaseCore(server, frame, now);
    if (frame.waiting) this.changeIo(server, frame, false, now);
    this.trace.record(TRACE_LEFT, frame, server, now);
    if (frame.ram > 0) this.returnRam(frame, server, frame.ram, now);
    server.record.leave(frame.served, now - frame.arrived);
  }

  private returnRam(frame: Frame, server: Server, ram_mb: number, now: number): void {
    server.returnRam(frame, ram_mb, now);
    for (let next = server.admit(now); next !== null; next = server.admit(now)) {
      this.trace.record(TRACE_RAM_RESERVED, next, server, now);
      this.woken.append(next);
    }
  }

  /** What takes long and needs no core begins. */
  private letCoreGo(frame: Frame, server: Server, now: number): void {
    if (frame.core) this.releaseCore(server, frame, now);
    if (!frame.waiting) this.changeIo(server, frame, true, now);
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

  /** Gives the frame a unit of a pool, or puts it in the queue without its core and answers false. */
  private acquire(frame: Frame, at: Instruction, now: number): boolean {
    const server = at.server!;
    const taken = at.pool!.acquire(frame, now);
    if (!taken) {
      if (frame.core) this.releaseCore(server, frame, now);
      if (frame.waiting) this.changeIo(server, frame, false, now);
    }
    this.trace.record(taken ? TRACE_POOL_TAKEN : TRACE_WAITS_FOR_POOL, frame, at.pool!, now);
    return taken;
  }

  private release(frame: Frame, at: Instruction, now: number): void {
    const next = at.pool!.release(now);
    this.trace.record(TRACE_POOL_RELEASED, frame, at.pool!, now);
    if (next === null) return;
    this.trace.record(TRACE_POOL_TAKEN, next, at.pool!, now);
    this.woken.append(next);
  }

  /** Chooses a link; null when every server is down, and the request has failed. */
  private balance(frame: Frame, at: Instruction, now: number): Link | null {
    const link = at.balancer!.choose();
    if (link === null) this.refuse(frame, at.balancer!, now);
    else this.push(frame, link);
    return link;
  }

  /** The frame goes over a link that counts it until it has come back or its server has finished. */
  private push(frame: Frame, link: Link): void {
    frame.path[frame.depth] = link;
    frame.depth++;
    link.outstanding++;
    frame.goTo(link.target!);
  }

  private settle(_frame: Frame, link: Link): void {
    link.outstanding--;
  }

  /** All that count the frame are told that it is finished, one way or another. */
  private settleAll(frame: Frame): void {
    while (frame.depth > 0) {
      frame.depth--;
      this.settle(frame, frame.path[frame.depth]!);
    }
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

  /** Starts a request to another node on behalf of the frame, which waits for its answer. */
  private call(frame: Frame, at: Instruction, now: number): void {
    this.letCoreGo(frame, at.server!, now);
    this.waits += 1;
    frame.expect(this.waits, 1, 1);
    this.trace.record(TRACE_AWAITS, frame, at.server!, now);
    const child = this.child(frame, at.ways[0], now);
    child.endpoint = at.index;
    this.trace.record(TRACE_CALLED, child, at.link!, now);
  }

  /** Starts branches of the frame, which waits for some of them. */
  private fork(frame: Frame, at: Instruction, now: number): void {
    this.letCoreGo(frame, at.server!, now);
    this.waits += 1;
    frame.expect(this.waits, at.ways.length, at.amount as i32);
    this.trace.record(TRACE_AWAITS, frame, at.server!, now);
    for (let way = 0; way < at.ways.length; way++) {
      this.trace.record(TRACE_FORKED, this.child(frame, at.ways[way], now), at.server!, now);
    }
  }

  /** A frame whose end the parent waits for. */
  private child(parent: Frame, at: Instruction, now: number): Frame {
    const frame = this.branch(parent, at, now);
    frame.parent = parent;
    frame.answers = parent.wait;
    return frame;
  }

  /** A frame that does a part of another's work. */
  private branch(origin: Frame, at: Instruction, now: number): Frame {
    const frame = this.create(at, now);
    frame.requestClass = origin.requestClass;
    frame.served = 0;
    return frame;
  }

  /** A branch ends. */
  private join(frame: Frame, server: Server, now: number): void {
    if (frame.core) this.releaseCore(server, frame, now);
    if (frame.waiting) this.changeIo(server, frame, false, now);
    if (frame.parent !== null && this.isExpected(frame)) frame.parent!.served += frame.served;
    this.tell(frame, server, now);
  }

  /** A request is not let in. It goes back with this answer, or ends when nobody waits for one. */
  private refuse<Place>(frame: Frame, place: Place, now: number): void {
    frame.error = 1 + ENDING_FAILED;
    if (frame.responds) this.trace.record(TRACE_REFUSED, frame, place, now);
    else this.trace.record(TRACE_FAILED, frame, place, now);
    this.respond(frame, now);
  }

  /** A request is done with a server, well or not: it goes back, or ends when nobody waits for an answer. */
  private respond(frame: Frame, now: number): void {
    if (frame.responds) frame.goTo(this.answer);
    else this.abandon(frame, frame.error - 1, now);
  }

  /** A request or a call is back where it came from. */
  private comeBack(frame: Frame, now: number): void {
    if (frame.parent !== null) this.tell(frame, frame.path[0]!, now);
    else if (frame.error !== 0) {
      this.trace.record(TRACE_FAILED, frame, frame.path[0]!.origin!, now);
      this.abandon(frame, frame.error - 1, now);
    } else {
      this.trace.record(TRACE_COMPLETED, frame, frame.path[0]!.origin!, now);
      this.complete(frame, now);
    }
  }

  /** A request or call ends where it is, and its caller knows at once. */
  private fail(frame: Frame, ending: i32, now: number): void {
    if (frame.parent === null) {
      this.abandon(frame, ending, now);
      return;
    }
    this.settleAll(frame);
    frame.error = 1 + ending;
    this.tell(frame, frame.path[0]!, now);
  }

  private isExpected(frame: Frame): boolean {
    return frame.answers === frame.parent!.wait;
  }

  /** A call or branch ends, and its parent is told, if it still waits for it. */
  private tell<Place>(frame: Frame, place: Place, now: number): void {
    const parent = frame.parent;
    const error = frame.error;
    const expected = parent !== null && this.isExpected(frame);
    this.trace.record(TRACE_ENDED, frame, place, now);
    this.frames.live--;
    this.frames.release(frame);
    if (!expected) return;
    const at = parent!.at;
    parent!.out--;
    if (error === 0) parent!.needed--;
    else {
      parent!.spare--;
      if (parent!.error === 0) parent!.error = error;
    }
    if (parent!.needed === 0) {
      parent!.error = 0;
      this.resume(parent!, at, at.next!, now);
    } else if (parent!.spare < 0 && (parent!.out === 0 || at.index === 1)) {
      this.resume(parent!, at, at.handler!, now);
    }
  }

  private resume(frame: Frame, at: Instruction, next: Instruction, now: number): void {
    frame.wait = 0;
    this.trace.record(TRACE_RESUMED, frame, at.server!, now);
    frame.goTo(next);
    this.woken.append(frame);
  }

  private complete(frame: Frame, now: number): void {
    this.recorder.complete(now - frame.start, frame.start >= this.warm_up_s);
    this.end(frame, now);
  }

  /** Ends a request that does not complete; `ending` is one of ENDING_FAILED ... ENDING_TIMED_OUT. */
  private abandon(frame: Frame, ending: i32, now: number): void {
    if (frame.start >= this.warm_up_s) this.recorder.ended[ending] += 1;
    this.settleAll(frame);
    this.end(frame, now);
  }

  private end(frame: Frame, now: number): void {
    this.recorder.inFlight.change(-1, now);
    this.frames.live--;
    this.frames.release(frame);
  }
}
