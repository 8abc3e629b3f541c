import { ENDING_FAILED } from "../../record/ending.js";
import { TRACE_DISRUPTED, TRACE_POOL_TAKEN, TRACE_RECOVERED, type Trace } from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Entry } from "../entrance/entry.js";
import type { Frame } from "../frame.js";
import type { Moment } from "../moment.js";
import type { Instruction } from "../instruction.js";
import {
  OP_CALM,
  OP_CALM_OVER,
  OP_DISRUPT,
  OP_LEAK,
  OP_LEAVE_BEHIND,
  OP_MOVE_IN,
  OP_MOVE_OUT,
  OP_RECOVER,
  OP_RISK,
} from "../operations/disruptions.js";
import { OP_LOCK_ROW } from "../operations/data.js";
import { OP_AWAIT_KEY, OP_CHECK_OUT_OVERDUE } from "../operations/extensions.js";
import { RANK_DISRUPTION, RANK_RECOVERY, type PendingEvents } from "../pending-events.js";
import type { Pool } from "../pool.js";
import type { Processors } from "../processing/processors.js";
import type { Scheduler } from "../processing/scheduler.js";
import type { Requests } from "../requests.js";
import type { Server } from "../server.js";
import type { Stay } from "../stay.js";
import { WHOLE } from "../whole.js";
import type { Effect } from "./effect.js";
import type { MemoryLeak } from "./memory-leak.js";
import { isLost } from "./occupants.js";

/** What goes wrong, and who is hit by it. */
export class Disruptions {
  private readonly scheduler: Scheduler;
  private readonly stay: Stay;
  /** Null in the small kernel, in which everybody is let in. */
  private readonly entry: Entry | null;
  private readonly answers: Answers;
  private readonly requests: Requests;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  private readonly moment: Moment;

  constructor(
    scheduler: Scheduler,
    stay: Stay,
    entry: Entry | null,
    answers: Answers,
    requests: Requests,
    pending: PendingEvents,
    trace: Trace,
  ) {
    this.scheduler = scheduler;
    this.stay = stay;
    this.entry = entry;
    this.answers = answers;
    this.requests = requests;
    this.pending = pending;
    this.trace = trace;
    this.moment = requests.moment;
  }

  /** Does an operation of `operations/disruptions.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_DISRUPT:
        this.disrupt(frame, at, now);
        return false;
      case OP_RECOVER:
        this.recover(frame, at, now);
        return false;
      case OP_MOVE_IN:
        return this.moveIn(frame, at, now);
      case OP_MOVE_OUT:
        at.server!.occupants!.remove(frame);
        // Its caller is told, if it still waits.
        if (isLost(frame)) frame.cancelled = false;
        frame.goTo(at.next!);
        return true;
      case OP_RISK: {
        const ratio = at.server!.errors!.ratio;
        const fails = ratio > 0 && at.stream!.next() < ratio;
        if (fails) frame.error = 1 + ENDING_FAILED;
        frame.goTo(fails ? at.handler! : at.next!);
        return true;
      }
      case OP_CALM:
        frame.extras.left = at.stream!.next();
        frame.goTo(at.next!);
        at.server!.processors!.calm.start(frame, now);
        return false;
      case OP_CALM_OVER:
        at.server!.processors!.calm.end(frame);
        frame.goTo(at.next!);
        return true;
      case OP_LEAK:
        this.grow(frame, at, now);
        return false;
      case OP_LEAVE_BEHIND:
        // Who was there when the process ended leaves nothing in it.
        if (!isLost(frame)) this.leaveBehind(frame, at.server!, now);
        frame.goTo(at.next!);
        return true;
      default:
        return false;
    }
  }

  /** A repair that takes no time is no failure: nothing goes wrong until the next one. */
  private disrupt(frame: Frame, at: Instruction, now: number): void {
    const disruption = at.disruption!;
    const end_s = disruption.nextEnd_s(now);
    if (end_s <= now && disruption.needsTime()) {
      this.sleep(frame, at, now);
      return;
    }
    for (let k = 0; k < disruption.effects.length; k++) {
      this.trace.record(TRACE_DISRUPTED, frame, disruption.effects[k], now);
      disruption.effects[k].begin(now);
    }
    let growers = 0;
    for (let k = 0; k < disruption.effects.length; k++) {
      const effect = disruption.effects[k];
      if (effect.crashed !== null) this.empty(effect.crashed!, now);
      if (effect.emptied !== null) effect.emptied!.flush(now);
      if (effect.cooled !== null) effect.cooled!.flush(now);
      if (effect.leak !== null && effect.leak!.step_s > 0) this.startGrowing(effect.leak!, at.ways[growers++], now);
    }
    frame.goTo(at.next!);
    this.pending.schedule(frame, end_s, RANK_RECOVERY);
  }

  private recover(frame: Frame, at: Instruction, now: number): void {
    const disruption = at.disruption!;
    for (let k = 0; k < disruption.effects.length; k++) {
      const effect = disruption.effects[k];
      this.trace.record(TRACE_RECOVERED, frame, effect, now);
      effect.end(now);
      this.cleanUp(effect, now);
      if (effect.refilled !== null) this.refill(effect.refilled!, now);
    }
    this.sleep(frame, at.next!, now);
  }

  /** A leak that is over gives its memory back, and so do all leaks of a server that is up again. */
  private cleanUp(effect: Effect, now: number): void {
    const leak = effect.leak;
    if (leak !== null) {
      if (leak.grower !== null) {
        this.pending.cancel(leak.grower!);
        this.requests.releaseApart(leak.grower!);
        leak.grower = null;
      }
      leak.give(now);
      this.shareOut(leak.server, now);
    }
    const server = effect.restarted;
    if (server !== null && server.outages === 0) this.reclaim(server, now);
  }

  private startGrowing(leak: MemoryLeak, at: Instruction, now: number): void {
    const grower = this.requests.apart(at);
    leak.grower = grower;
    this.pending.schedule(grower, now + leak.step_s, RANK_DISRUPTION);
  }

  private grow(frame: Frame, at: Instruction, now: number): void {
    const leak = at.disruption!.effects[at.index].leak!;
    leak.grow(now);
    this.pending.schedule(frame, now + leak.step_s, RANK_DISRUPTION);
  }

  private leaveBehind(frame: Frame, server: Server, now: number): void {
    for (let k = 0; k < server.leaks.length; k++) server.leaks[k].keep(frame, now);
  }

  /** The process that leaked is no more: its memory is free. */
  private reclaim(server: Server, now: number): void {
    if (server.leaks.length === 0) return;
    for (let k = 0; k < server.leaks.length; k++) server.leaks[k].give(now);
    this.shareOut(server, now);
  }

  /** Those who wait for memory get what is free. */
  private shareOut(server: Server, now: number): void {
    this.stay.grantRam(server, now);
    if (WHOLE && server.admission !== null) this.entry!.letIn(server, now);
  }

  /** The frame waits until something goes wrong again, at `begin`, if it does. */
  private sleep(frame: Frame, begin: Instruction, now: number): void {
    const start_s = begin.disruption!.nextStart_s(now);
    frame.goTo(begin);
    if (start_s < Infinity) this.pending.schedule(frame, start_s, RANK_DISRUPTION);
  }

  /** What a load balancer sent before it knew of a crash is refused, and so is what the server would do by itself. */
  private moveIn(frame: Frame, at: Instruction, now: number): boolean {
    const occupants = at.server!.occupants!;
    if (occupants.crashes > 0 && at.index === 0) return this.answers.refuse(frame, at.server!, ENDING_FAILED, now);
    occupants.add(frame);
    frame.goTo(occupants.crashes > 0 ? at.handler! : at.next!);
    return true;
  }

  /** The server loses all that it has. */
  private empty(server: Server, now: number): void {
    const occupants = server.occupants!;
    for (let k = 0; k < occupants.count; k++) this.lose(occupants.at(k), server, now);
    const coldStart = server.coldStart;
    if (coldStart !== null) {
      if (coldStart.starter !== null) {
        this.pending.cancel(coldStart.starter!);
        this.requests.releaseApart(coldStart.starter!);
      }
      for (let next = coldStart.lose(now); next !== null; next = coldStart.lose(now)) this.moment.wake(next);
    }
    if (server.processors !== null) {
      this.endPauses(server.processors!);
      if (server.processors!.loops !== null) this.scheduler.clear(server, now);
    }
    this.reclaim(server, now);
  }

  /** The process that was paused is no more. */
  private endPauses(processors: Processors): void {
    for (let k = 0; k < processors.pauses.length; k++) {
      const pause = processors.pauses[k];
      processors.pauses[k] = null;
      if (pause === null) continue;
      this.pending.cancel(pause);
      this.moment.wake(pause);
    }
  }

  private lose(frame: Frame, server: Server, now: number): void {
    // Who fetches the key may be at another server, and go on.
    if (frame.op === OP_AWAIT_KEY) {
      frame.at.cache!.leave(frame, frame.extras.counters[frame.at.index]);
      this.moment.wake(frame);
    }
    if (frame.op === OP_LOCK_ROW) {
      frame.at.lock!.rows.leave(frame, now);
      this.moment.wake(frame);
    }
    this.answers.cancellation.lose(frame, server, now);
  }

  /** Those who wait for units get those that were returned. */
  private refill(pool: Pool, now: number): void {
    for (let next = pool.grant(now); next !== null; next = pool.grant(now)) {
      if (next.op === OP_CHECK_OUT_OVERDUE) {
        this.pending.cancel(next);
        next.goTo(next.at.next!);
      }
      this.trace.record(TRACE_POOL_TAKEN, next, pool, now);
      this.moment.wake(next);
    }
  }
}
