import { FrameHeap } from "./frame-heap.js";
import type { Frame } from "../frame.js";
import { NEVER, type PendingEvents } from "../pending-events.js";

/**
 * Steps that share some cores, or transfers that share a bandwidth, one core: all go on at one speed, which falls when there are more of them than cores (processor sharing).
 * Whoever begins is to be served until the clock has gone on by its work, so one event is enough, that of the step that ends first;
 * the events of the others are at no time (Kleinrock 1976, vol. 2, section 4.4).
 */
export class SharedClock {
  /** Steps on it. */
  count: i32 = 0;
  private readonly pending: PendingEvents;
  private readonly cores: number;
  /** Of the events at which they end. */
  private readonly rank: i32;
  /** By the reading of the clock at their end. */
  private readonly steps: FrameHeap;
  /** Its reading at `since`: what every step that is here from the start has been given [s]. */
  private given_s: number = 0;
  private since: number = 0;
  private speed: number = 1;
  private turns: number = 0;

  constructor(pending: PendingEvents, cores: i32, rank: i32) {
    this.pending = pending;
    this.cores = cores as number;
    this.rank = rank;
    this.steps = new FrameHeap();
  }

  reset(): void {
    this.count = 0;
    this.steps.reset();
    this.given_s = 0;
    this.since = 0;
    this.speed = 1;
    this.turns = 0;
  }

  /** Begins a step of `frame.left` [s]; the frame has no event. */
  start(frame: Frame, now: number): void {
    this.goOn(now);
    const before = this.steps.head();
    if (before === null) this.given_s = 0;
    this.turns += 1;
    frame.extras.turn = this.turns;
    frame.extras.key = this.given_s + frame.extras.left;
    this.count++;
    this.steps.add(frame);
    this.pending.schedule(frame, NEVER, this.rank);
    if (before !== null && this.steps.head() === frame) this.move(before, NEVER);
    this.aim(now);
  }

  /** The first step has come to its end, or a step is given up. */
  end(frame: Frame, now: number): void {
    if (frame.cancelled) this.goOn(now);
    else this.given_s = frame.extras.key;
    this.since = now;
    this.steps.remove(frame);
    this.count--;
    this.aim(now);
  }

  /** Work of one core in a second from now on; 0 to stop. */
  setSpeed(speed: number, now: number): void {
    if (speed === this.speed) return;
    this.goOn(now);
    this.speed = speed;
    this.aim(now);
  }

  private rate(): number {
    return this.speed * Math.min(1, this.cores / (this.count as number));
  }

  private goOn(now: number): void {
    if (this.count > 0) this.given_s += (now - this.since) * this.rate();
    this.since = now;
  }

  /** Moves the event of the first step to where it ends now. */
  private aim(now: number): void {
    const first = this.steps.head();
    if (first === null) return;
    const rate = this.rate();
    this.move(first, rate > 0 ? now + Math.max(0, first.extras.key - this.given_s) / rate : NEVER);
  }

  /** Moves the event of a step; one that is given up has none, and ends at this moment. */
  private move(frame: Frame, time: number): void {
    if (frame.leaf !== 0) this.pending.move(frame, time);
  }
}
