import type { Frame } from "./frame.js";

/** A first-in-first-out queue of frames, linked through `next`: a frame waits in one queue at a time. */
export class FrameQueue {
  head: Frame | null = null;
  private tail: Frame | null = null;

  reset(): void {
    this.head = null;
    this.tail = null;
  }

  append(frame: Frame): void {
    frame.next = null;
    const tail = this.tail;
    if (tail === null) this.head = frame;
    else tail.next = frame;
    this.tail = frame;
  }

  /** Takes the first frame; null when nobody waits. */
  take(): Frame | null {
    const frame = this.head;
    if (frame !== null) this.drop(frame);
    return frame;
  }

  /** Takes the first frame, which `head` is. */
  drop(first: Frame): void {
    const next = first.next;
    this.head = next;
    if (next === null) this.tail = null;
  }

  /** Takes a frame that waits here out of its turn. Cost: the number of frames before it. */
  remove(frame: Frame): void {
    let before: Frame | null = null;
    for (let other = this.head; other !== frame; other = other!.next) before = other;
    if (before === null) this.head = frame.next;
    else before.next = frame.next;
    if (frame.next === null) this.tail = before;
  }
}
