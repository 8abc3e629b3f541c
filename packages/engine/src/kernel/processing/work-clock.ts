import type { Frame } from "../frame.js";
import { NEVER, RANK_STEP, type PendingEvents } from "../pending-events.js";

/**
 * Steps that go on at one speed. Each has an event of its own at its end; when the speed changes, all of them are moved, and keep
 * their turns among events of one time. At speed 1 a step ends at exactly the sum of its begin and its length.
 */
export class WorkClock {
  /** Steps on it. */
  count: i32 = 0;
  private readonly pending: PendingEvents;
  private readonly rank: i32;
  private readonly frames: Frame[];
  private speed: number = 1;

  /** `rank` is that of the events at the ends. */
  constructor(pending: PendingEvents, rank: i32 = RANK_STEP) {
    this.pending = pending;
    this.rank = rank;
    this.frames = [];
  }

  reset(): void {
    this.count = 0;
    this.speed = 1;
  }

  /** Whose step is the k-th; in no order. */
  frameAt(k: i32): Frame {
    return this.frames[k];
  }

  /** Begins a step of `frame.left` [s], or goes on with one; the frame has no event. */
  start(frame: Frame, now: number): void {
    this.add(frame, now);
    this.pending.schedule(frame, frame.extras.due, this.rank);
  }

  /** Takes a step off that has not come to its end, and its event. */
  interrupt(frame: Frame, now: number): void {
    frame.extras.left = this.leftOf(frame, now);
    this.end(frame);
    this.pending.cancel(frame);
  }

  /** Takes a step off. */
  end(frame: Frame): void {
    this.count--;
    const last = this.frames[this.count];
    this.frames[frame.extras.slot] = last;
    last.extras.slot = frame.extras.slot;
    frame.extras.clock = null;
  }

  /** Work that is left of a step [s]. */
  leftOf(frame: Frame, now: number): number {
    return this.speed > 0 ? (frame.extras.due - now) * this.speed : frame.extras.left;
  }

  /** Work in a second from now on; 0 to stop. */
  setSpeed(speed: number, now: number): void {
    if (speed === this.speed) return;
    for (let k = 0; k < this.count; k++) this.frames[k].extras.left = this.leftOf(this.frames[k], now);
    this.speed = speed;
    for (let k = 0; k < this.count; k++) {
      const frame = this.frames[k];
      frame.extras.due = this.dueOf(frame, now);
      this.pending.move(frame, frame.extras.due);
    }
  }

  private add(frame: Frame, now: number): void {
    frame.extras.due = this.dueOf(frame, now);
    frame.extras.clock = this;
    frame.extras.slot = this.count;
    if (this.count === this.frames.length) this.frames.push(frame);
    else this.frames[this.count] = frame;
    this.count++;
  }

  private dueOf(frame: Frame, now: number): number {
    return this.speed > 0 ? now + frame.extras.left / this.speed : NEVER;
  }
}
