import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, type Ints } from "../../platform/platform.js";
import type { ProcessorsRecord } from "../../record/processors-record.js";
import type { ServerRecord } from "../../record/server-record.js";
import { FrameHeap } from "./frame-heap.js";
import type { Frame } from "../frame.js";
import { Loops } from "./loops.js";
import { RANK_STEP, RANK_STOP, type PendingEvents } from "../pending-events.js";
import { Quota } from "./quota.js";
import {
  SCHEDULING_LIFO,
  SCHEDULING_PRIORITY,
  SCHEDULING_PRIORITY_PREEMPTIVE,
  SCHEDULING_PROCESSOR_SHARING,
  SCHEDULING_SHORTEST_JOB_FIRST,
  SCHEDULING_SHORTEST_REMAINING_TIME,
} from "../scheduling.js";
import { SharedClock } from "./shared-clock.js";
import { WorkClock } from "./work-clock.js";

/**
 * The CPU of a server that does more than hand out its cores in turn: who gets one first, event loops, and what stops or slows the steps
 * that run. A step that is stopped keeps its core.
 */
export class Processors {
  readonly record: ProcessorsRecord;
  /** Null for a server without event loops. */
  readonly loops: Loops | null;
  /** Null for a server that may use all of its cores all the time. */
  readonly quota: Quota | null;
  /** Null unless all share the CPU. */
  readonly sharing: SharedClock | null;
  /** Whether a step that runs may have to give its core up. */
  readonly preempts: boolean;
  /** Steps in I/O. */
  readonly io: WorkClock;
  /** Time between pauses, where storms make it shorter, and how many times as long pauses are. */
  readonly calm: WorkClock;
  pauseStretch: number = 1;
  /** The frame of each pause that goes on. */
  readonly pauses: (Frame | null)[];
  private readonly cores: i32;
  private readonly scheduling: i32;
  private readonly ofServer: ServerRecord;
  private readonly ready: FrameHeap;
  /** Steps on cores: one clock for each event loop, or one for all. */
  private readonly clocks: WorkClock[];
  /** Whether each clock is stopped, and how many are. */
  private readonly stopped: Ints;
  private stops: i32 = 0;
  private isBlocked: boolean = false;
  private busy: i32 = 0;
  private turns: number = 0;
  /** How many times as long CPU steps and I/O steps take, and how many disruptions have a part in that. */
  private slowness: number = 1;
  private ioSlowness: number = 1;
  private slowings: i32 = 0;
  /** How many times as often pauses come, and how many disruptions have a part in that. */
  private storminess: number = 1;
  private storms: i32 = 0;

  constructor(
    plan: NumberReader,
    pending: PendingEvents,
    cores: i32,
    record: ProcessorsRecord,
    ofServer: ServerRecord,
  ) {
    const scheduling = plan.int();
    const loops = plan.int();
    const hasQuota = plan.int();
    const clocks: WorkClock[] = [new WorkClock(pending)];
    for (let loop = 1; loop < loops; loop++) clocks.push(new WorkClock(pending));
    const pauses: (Frame | null)[] = [];
    for (let k = 0; k < clocks.length; k++) pauses.push(null);
    const stopped = newInts(clocks.length);
    this.record = record;
    this.pauses = pauses;
    this.loops = loops > 0 ? new Loops(loops, stopped) : null;
    this.quota = hasQuota === 1 ? new Quota(plan, pending) : null;
    this.sharing = scheduling === SCHEDULING_PROCESSOR_SHARING ? new SharedClock(pending, cores, RANK_STEP) : null;
    this.preempts = scheduling === SCHEDULING_PRIORITY_PREEMPTIVE || scheduling === SCHEDULING_SHORTEST_REMAINING_TIME;
    this.io = new WorkClock(pending);
    this.calm = new WorkClock(pending, RANK_STOP);
    this.cores = cores;
    this.scheduling = scheduling;
    this.ofServer = ofServer;
    this.ready = new FrameHeap();
    this.clocks = clocks;
    this.stopped = stopped;
  }

  reset(): void {
    for (let k = 0; k < this.clocks.length; k++) {
      this.clocks[k].reset();
      this.stopped[k] = 0;
      this.pauses[k] = null;
    }
    this.io.reset();
    this.calm.reset();
    this.pauseStretch = 1;
    this.storminess = 1;
    this.storms = 0;
    this.ready.reset();
    if (this.loops !== null) this.loops!.reset();
    if (this.quota !== null) this.quota!.reset();
    if (this.sharing !== null) this.sharing!.reset();
    this.stops = 0;
    this.isBlocked = false;
    this.busy = 0;
    this.turns = 0;
    this.slowness = 1;
    this.ioSlowness = 1;
    this.slowings = 0;
  }

  /** The clock that the frame's steps run on. */
  clockOf(frame: Frame): WorkClock {
    return this.clocks[this.loops === null ? 0 : frame.extras.loop];
  }

  /** Takes a core, if one is free. */
  take(now: number): boolean {
    if (this.busy === this.cores) return false;
    this.use(1, now);
    return true;
  }

  /** Gives a core back that nobody waits for. */
  free(now: number): void {
    this.use(-1, now);
  }

  /** Gives the frame, which asks for a core, its place among those that wait. */
  rank(frame: Frame): void {
    this.turns += 1;
    frame.extras.turn = this.turns;
    if (this.scheduling === SCHEDULING_LIFO) frame.extras.turn = -this.turns;
    frame.extras.key = this.urgency(frame, frame.extras.left);
  }

  /** Puts a frame that has its place among those that wait. */
  queue(frame: Frame, now: number): void {
    frame.queued = now;
    this.ready.add(frame);
    this.ofServer.ready.change(1, now);
  }

  /** Takes the first of those that wait; null when nobody does. */
  next(now: number): Frame | null {
    const frame = this.ready.take();
    if (frame !== null) this.ofServer.ready.change(-1, now);
    return frame;
  }

  /** Whether somebody waits that goes before the frame. */
  isBehind(frame: Frame): boolean {
    const first = this.ready.head();
    return first !== null && first.extras.key < frame.extras.key;
  }

  /** Whose step runs and must give way to the frame, the last of them in order; null when there is none. */
  outranked(frame: Frame, now: number): Frame | null {
    if (!this.preempts) return null;
    const clock = this.clocks[0];
    let last: Frame | null = null;
    for (let k = 0; k < clock.count; k++) {
      const other = clock.frameAt(k);
      // It is given up, and gives its core back at this moment.
      if (other.leaf === 0) continue;
      other.extras.key = this.urgency(other, clock.leftOf(other, now));
      if (
        last === null ||
        other.extras.key > last.extras.key ||
        (other.extras.key === last.extras.key && other.extras.turn > last.extras.turn)
      )
        last = other;
    }
    return last !== null && last.extras.key > frame.extras.key ? last : null;
  }

  /** Begins a step of `frame.left` that shares the CPU with all others. */
  share(frame: Frame, now: number): void {
    const sharing = this.sharing!;
    if (sharing.count < this.cores) this.use(1, now);
    else this.ofServer.ready.change(1, now);
    sharing.start(frame, now);
  }

  /** The step that shares the CPU and ends first has come to its end, or a step is given up. */
  unshare(frame: Frame, now: number): void {
    const sharing = this.sharing!;
    sharing.end(frame, now);
    if (sharing.count < this.cores) this.use(-1, now);
    else this.ofServer.ready.change(-1, now);
  }

  /** Stops an event loop, or the whole CPU. */
  pause(loop: i32, now: number): void {
    this.stopped[loop] = 1;
    this.changeStops(1, now);
  }

  /** Lets it go on. */
  resume(loop: i32, now: number): void {
    this.stopped[loop] = 0;
    this.changeStops(-1, now);
  }

  /** The event of the frame of the quota. */
  turnQuota(frame: Frame, now: number): void {
    const quota = this.quota!;
    const throttled = quota.throttled;
    quota.turn(frame, now);
    if (quota.throttled === throttled) return;
    this.record.throttled.change(throttled ? -1 : 1, now);
    this.setSpeeds(now);
  }

  /** CPU steps take `factor` times as long until `hasten`, I/O steps `ioFactor` times. */
  slowDown(factor: number, ioFactor: number, now: number): void {
    this.slowings++;
    this.slowness *= factor;
    this.ioSlowness *= ioFactor;
    this.setSpeeds(now);
  }

  /** Takes a `slowDown` back. */
  hasten(factor: number, ioFactor: number, now: number): void {
    this.slowings--;
    // Without the rounding of factors that come and go.
    this.slowness = this.slowings === 0 ? 1 : this.slowness / factor;
    this.ioSlowness = this.slowings === 0 ? 1 : this.ioSlowness / ioFactor;
    this.setSpeeds(now);
  }

  /** Pauses come `factor` times as often until `abate`, and are `stretch` times as long. */
  storm(factor: number, stretch: number, now: number): void {
    this.storms++;
    this.storminess *= factor;
    this.pauseStretch *= stretch;
    this.calm.setSpeed(this.storminess, now);
  }

  /** Takes a `storm` back. */
  abate(factor: number, stretch: number, now: number): void {
    this.storms--;
    this.storminess = this.storms === 0 ? 1 : this.storminess / factor;
    this.pauseStretch = this.storms === 0 ? 1 : this.pauseStretch / stretch;
    this.calm.setSpeed(this.storminess, now);
  }

  private use(cores: i32, now: number): void {
    this.busy += cores;
    this.ofServer.cpu.change(cores as number, now);
    if (this.quota !== null) this.quota!.change(this.busy, now);
  }

  private changeStops(stops: i32, now: number): void {
    this.stops += stops;
    this.record.paused.change(stops as number, now);
    this.setSpeeds(now);
  }

  private setSpeeds(now: number): void {
    const speed = 1 / this.slowness;
    const throttled = this.quota !== null && this.quota!.throttled;
    for (let k = 0; k < this.clocks.length; k++) {
      this.clocks[k].setSpeed(throttled || this.stopped[k] === 1 ? 0 : speed, now);
    }
    const blocked = throttled || this.stops === this.clocks.length;
    if (this.sharing !== null) this.sharing!.setSpeed(blocked ? 0 : speed, now);
    this.io.setSpeed(1 / this.ioSlowness, now);
    if (blocked === this.isBlocked) return;
    this.isBlocked = blocked;
    this.record.blocked.change(blocked ? 1 : -1, now);
  }

  /** Lower goes first; `left` is the work that is left of its step [s]. */
  private urgency(frame: Frame, left: number): number {
    switch (this.scheduling) {
      case SCHEDULING_PRIORITY:
      case SCHEDULING_PRIORITY_PREEMPTIVE:
        return frame.priority as number;
      case SCHEDULING_SHORTEST_JOB_FIRST:
      case SCHEDULING_SHORTEST_REMAINING_TIME:
        return left;
      default:
        return 0;
    }
  }
}
