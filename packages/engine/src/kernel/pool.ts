import type { NumberReader } from "../platform/number-reader.js";
import type { PoolRecord } from "../record/pool-record.js";
import { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";

/** A number of equal units, each held by one frame at a time: a semaphore, a lock, threads. First in, first out. */
export class Pool {
  readonly record: PoolRecord;
  /** Frames that wait for a unit. */
  waiting: i32 = 0;
  private readonly size: i32;
  private readonly queue: FrameQueue;
  private held: i32 = 0;
  /** Units that were taken away. */
  private withdrawn: i32 = 0;

  constructor(plan: NumberReader, record: PoolRecord) {
    this.record = record;
    this.size = plan.int();
    this.queue = new FrameQueue();
  }

  reset(): void {
    this.held = 0;
    this.withdrawn = 0;
    this.waiting = 0;
    this.queue.reset();
  }

  /** Whether there is a unit for who comes now. */
  isFree(): boolean {
    return this.held + this.withdrawn < this.size;
  }

  /** Gives the frame a unit, or puts it in the queue and answers false. */
  acquire(frame: Frame, now: number): boolean {
    if (this.held + this.withdrawn < this.size) {
      this.held++;
      this.record.wait.add(0);
      this.record.held.change(1, now);
      return true;
    }
    frame.queued = now;
    this.queue.append(frame);
    this.waiting++;
    this.record.queue.change(1, now);
    return false;
  }

  /** Takes a unit back and gives it to the first in the queue, which is returned; null when nobody waits, or units were taken away. */
  release(now: number): Frame | null {
    const next: Frame | null = this.held + this.withdrawn > this.size ? null : this.queue.take();
    if (next === null) {
      this.held--;
      this.record.held.change(-1, now);
    } else {
      this.waiting--;
      this.record.wait.add(now - next.queued);
      this.record.queue.change(-1, now);
    }
    return next;
  }

  /** Takes units away, those that are free at once and others when they are given back; less than 0 returns them: see `grant`. */
  withdraw(units: i32): void {
    this.withdrawn += units;
  }

  /** Gives a unit that was returned to the first in the queue, which is returned; null when there is none, or nobody waits. */
  grant(now: number): Frame | null {
    if (this.held + this.withdrawn >= this.size) return null;
    const next = this.queue.take();
    if (next === null) return null;
    this.waiting--;
    this.held++;
    this.record.held.change(1, now);
    this.record.wait.add(now - next.queued);
    this.record.queue.change(-1, now);
    return next;
  }

  /** A frame leaves the queue without a unit. */
  leave(frame: Frame, now: number): void {
    this.queue.remove(frame);
    this.waiting--;
    this.record.wait.add(now - frame.queued);
    this.record.queue.change(-1, now);
  }
}
