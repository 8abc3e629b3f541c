import type { Frame } from "../frame.js";
import { FrameQueue } from "../frame-queue.js";

/** The messages of a group that are in one order: the next one goes when the one before is done with. */
export class Partition {
  readonly index: i32;
  /** The partition behind it in the list of those whose next message may go. */
  next: Partition | null = null;
  /** Whether it is in that list. */
  listed: boolean = false;
  private readonly queue: FrameQueue;
  /** A message that failed, before all others. */
  private failed: Frame | null = null;
  /** Whether it is in the list, or has a message that is not done with. */
  private taken: boolean = false;

  constructor(index: i32) {
    this.index = index;
    this.queue = new FrameQueue();
  }

  reset(): void {
    this.next = null;
    this.listed = false;
    this.queue.reset();
    this.failed = null;
    this.taken = false;
  }

  /** A message comes, perhaps again; whether the partition is to be listed now. */
  append(message: Frame, again: boolean): boolean {
    if (again) {
      this.failed = message;
      return true;
    }
    this.queue.append(message);
    if (this.taken) return false;
    this.taken = true;
    return true;
  }

  /** The next message, of a partition that is listed. */
  take(): Frame {
    const failed = this.failed;
    if (failed === null) return this.queue.take()!;
    this.failed = null;
    return failed;
  }

  /** The message that is next, as far as it is here. */
  head(): Frame | null {
    return this.failed === null ? this.queue.head : this.failed;
  }

  /** Takes a message out that waits here; whether the partition is not to be listed any more. */
  remove(message: Frame): boolean {
    if (this.failed === message) this.failed = null;
    else this.queue.remove(message);
    if (!this.listed || this.head() !== null) return false;
    this.taken = false;
    return true;
  }

  /** The message that it had is done with; whether the partition is to be listed now. */
  settle(): boolean {
    this.taken = this.queue.head !== null;
    return this.taken;
  }
}
