import type { Frame } from "../frame.js";

/** Frames in the order in which they came, linked through `next` and `before`: one that leaves costs the same wherever it is. */
export class FrameList {
  first: Frame | null = null;
  last: Frame | null = null;

  reset(): void {
    this.first = null;
    this.last = null;
  }

  append(frame: Frame): void {
    const last = this.last;
    frame.next = null;
    frame.extras.before = last;
    if (last === null) this.first = frame;
    else last.next = frame;
    this.last = frame;
  }

  /** Takes a frame that is in it. */
  remove(frame: Frame): void {
    const before = frame.extras.before;
    const next = frame.next;
    if (before === null) this.first = next;
    else before.next = next;
    if (next === null) this.last = before;
    else next.extras.before = before;
  }
}
