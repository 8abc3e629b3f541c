import type { Frame } from "./frame.js";

/** Frames in the order of `key`, equal ones in the order of `turn`: a binary heap (Williams 1964). A frame is in one at a time. */
export class FrameHeap {
  /** The first `count` are in it; the children of the k-th are the (2k + 1)-th and the one after it. */
  private readonly frames: Frame[];
  private count: i32 = 0;

  constructor() {
    this.frames = [];
  }

  reset(): void {
    this.count = 0;
  }

  /** The first; null when it is empty. */
  head(): Frame | null {
    return this.count === 0 ? null : this.frames[0];
  }

  add(frame: Frame): void {
    const frames = this.frames;
    let position = this.count;
    if (position === frames.length) frames.push(frame);
    this.count++;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (!precedes(frame, frames[parent])) break;
      frames[position] = frames[parent];
      position = parent;
    }
    frames[position] = frame;
  }

  /** Takes the first; null when it is empty. */
  take(): Frame | null {
    if (this.count === 0) return null;
    const frames = this.frames;
    const first = frames[0];
    this.count--;
    if (this.count > 0) this.sink(frames[this.count]);
    return first;
  }

  /** Puts a frame where the first was, and those down that go before it. */
  private sink(frame: Frame): void {
    const frames = this.frames;
    let position = 0;
    for (let child = 1; child < this.count; child = 2 * position + 1) {
      if (child + 1 < this.count && precedes(frames[child + 1], frames[child])) child++;
      if (!precedes(frames[child], frame)) break;
      frames[position] = frames[child];
      position = child;
    }
    frames[position] = frame;
  }
}

function precedes(one: Frame, other: Frame): boolean {
  return one.key < other.key || (one.key === other.key && one.turn < other.turn);
}
