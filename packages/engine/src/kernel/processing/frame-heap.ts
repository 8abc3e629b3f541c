import type { Frame } from "../frame.js";

/** Frames in the order of `key`, equal ones in the order of `turn`: a binary heap (Williams 1964). A frame is in one at a time. */
export class FrameHeap {
  /** How many are in it. */
  count: i32 = 0;
  /** The first `count` are in it, each at its `slot`; the children of the k-th are the (2k + 1)-th and the one after it. */
  private readonly frames: Frame[];

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

  /** The k-th; but for the first, in no order. */
  frameAt(k: i32): Frame {
    return this.frames[k];
  }

  add(frame: Frame): void {
    if (this.count === this.frames.length) this.frames.push(frame);
    this.count++;
    this.rise(frame, this.count - 1);
  }

  /** Takes the first; null when it is empty. */
  take(): Frame | null {
    if (this.count === 0) return null;
    const first = this.frames[0];
    this.remove(first);
    return first;
  }

  /** Takes a frame that is in it. */
  remove(frame: Frame): void {
    this.count--;
    const last = this.frames[this.count];
    if (last === frame) return;
    this.sink(last, frame.extras.slot);
    if (last.extras.slot === frame.extras.slot) this.rise(last, last.extras.slot);
  }

  /** Puts a frame at a position, or where one above it was that goes behind it. */
  private rise(frame: Frame, from: i32): void {
    let position = from;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (!precedes(frame, this.frames[parent])) break;
      this.put(this.frames[parent], position);
      position = parent;
    }
    this.put(frame, position);
  }

  /** Puts a frame at a position, or where one below it was that goes before it. */
  private sink(frame: Frame, from: i32): void {
    const frames = this.frames;
    let position = from;
    for (let child = 2 * position + 1; child < this.count; child = 2 * position + 1) {
      if (child + 1 < this.count && precedes(frames[child + 1], frames[child])) child++;
      if (!precedes(frames[child], frame)) break;
      this.put(frames[child], position);
      position = child;
    }
    this.put(frame, position);
  }

  private put(frame: Frame, position: i32): void {
    this.frames[position] = frame;
    frame.extras.slot = position;
  }
}

function precedes(one: Frame, other: Frame): boolean {
  return (
    one.extras.key < other.extras.key || (one.extras.key === other.extras.key && one.extras.turn < other.extras.turn)
  );
}
