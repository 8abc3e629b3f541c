import type { Frame } from "./frame.js";

/**
 * What is still to be done at the time of the current event, as a list through `next`: frames that were woken, in turn, and behind them those
 * that come out of links without latency. One list, because after each event it is asked whether anything is left.
 */
export class Moment {
  /** Null when nothing is left. */
  first: Frame | null = null;
  private lastWoken: Frame | null = null;
  private last: Frame | null = null;

  reset(): void {
    this.first = null;
    this.lastWoken = null;
    this.last = null;
  }

  /** The frame has begun, or was granted what it waited for, and is to run on. */
  wake(frame: Frame): void {
    const before = this.lastWoken;
    if (before === null) {
      frame.next = this.first;
      this.first = frame;
    } else {
      frame.next = before.next;
      before.next = frame;
    }
    if (frame.next === null) this.last = frame;
    this.lastWoken = frame;
  }

  /** The frame comes out of a link. */
  deliver(frame: Frame): void {
    frame.next = null;
    const last = this.last;
    if (last === null) this.first = frame;
    else last.next = frame;
    this.last = frame;
  }

  /** Whether the first frame was woken. */
  hasWoken(): boolean {
    return this.lastWoken !== null;
  }

  /** Takes the first frame; null when nothing is left. */
  take(): Frame | null {
    const frame = this.first;
    if (frame !== null) {
      const next = frame.next;
      this.first = next;
      if (next === null) this.last = null;
      if (frame === this.lastWoken) this.lastWoken = null;
    }
    return frame;
  }
}
