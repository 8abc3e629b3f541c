import { NONE, type Frames } from "./frames.js";

/** A first-in-first-out queue of frames, linked through `frames.next`: a frame waits in one queue at a time. */
export class FrameQueue {
  declare private readonly frames: Frames;
  declare private tail: number;
  declare head: number;

  constructor(frames: Frames) {
    this.frames = frames;
    this.tail = NONE;
    this.head = NONE;
  }

  reset(): void {
    this.tail = NONE;
    this.head = NONE;
  }

  append(frame: number): void {
    this.frames.next[frame] = NONE;
    if (this.tail === NONE) this.head = frame;
    else this.frames.next[this.tail] = frame;
    this.tail = frame;
  }

  /** Takes the first frame; the queue must not be empty. */
  take(): number {
    const frame = this.head;
    this.head = this.frames.next[frame]!;
    if (this.head === NONE) this.tail = NONE;
    return frame;
  }
}
