import type { Ints } from "../../platform/platform.js";
import { FrameQueue } from "../frame-queue.js";
import { isLost } from "../disruptions/occupants.js";
import type { Frame } from "../frame.js";

/** It has not been given to an event loop. */
export const NO_LOOP: i32 = -1;

/**
 * The event loops of a server, worker processes of one thread. A frame stays on its loop; what has none yet waits in one queue, and the
 * first loop that is idle accepts it. A loop turns to whoever has waited longest, in its own queue or in that one.
 */
export class Loops {
  readonly count: i32;
  /** Whether each of them is stopped: then it accepts nobody. */
  private readonly stopped: Ints;
  private readonly ready: FrameQueue[];
  private readonly accepting: FrameQueue;
  /** Whether each of them has turned to a frame. */
  private readonly turned: boolean[];

  constructor(count: i32, stopped: Ints) {
    const ready: FrameQueue[] = [];
    const turned: boolean[] = [];
    for (let loop = 0; loop < count; loop++) {
      ready.push(new FrameQueue());
      turned.push(false);
    }
    this.count = count;
    this.stopped = stopped;
    this.ready = ready;
    this.turned = turned;
    this.accepting = new FrameQueue();
  }

  reset(): void {
    for (let loop = 0; loop < this.count; loop++) {
      this.ready[loop].reset();
      this.turned[loop] = false;
    }
    this.accepting.reset();
  }

  /** Turns a loop to the frame, or puts it in a queue and answers false. */
  take(frame: Frame): boolean {
    if (frame.extras.loop === NO_LOOP) frame.extras.loop = this.firstIdle();
    const loop = frame.extras.loop;
    if (loop === NO_LOOP) {
      this.accepting.append(frame);
      return false;
    }
    if (this.turned[loop]) {
      this.ready[loop].append(frame);
      return false;
    }
    this.turned[loop] = true;
    return true;
  }

  /** The loop is done with what it had turned to; gives the frame that it turns to next, null when nobody waits. */
  next(loop: i32): Frame | null {
    this.turned[loop] = false;
    return this.accept(loop);
  }

  /** The frame that a loop turns to that is free; null when nobody waits or it is not free. */
  accept(loop: i32): Frame | null {
    if (this.turned[loop]) return null;
    const own = this.ready[loop].head;
    const first = this.accepting.head;
    // Who was lost in a crash does not wait until the loop goes on.
    const other = this.stopped[loop] === 0 || (first !== null && isLost(first)) ? first : null;
    const isOwn = other === null || (own !== null && own.queued <= other.queued);
    const frame = isOwn ? this.ready[loop].take() : this.accepting.take();
    if (frame !== null) {
      frame.extras.loop = loop;
      this.turned[loop] = true;
    }
    return frame;
  }

  /** The first loop that may accept: it has turned to nobody and is not stopped. */
  private firstIdle(): i32 {
    for (let loop = 0; loop < this.count; loop++) {
      if (!this.turned[loop] && this.stopped[loop] === 0) return loop;
    }
    return NO_LOOP;
  }
}
