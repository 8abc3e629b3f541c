import type { NumberReader } from "../platform/number-reader.js";
import type { PoolRecord } from "../record/pool-record.js";
import { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";
import { Part } from "./part.js";
import { RequestQueue } from "./protection/request-queue.js";

/** A number of equal units, each held by one frame at a time: a semaphore, a lock, threads. */
export class Pool extends Part {
  readonly record: PoolRecord;
  /** Frames that wait for a unit. */
  waiting: i32 = 0;
  private readonly size: i32;
  /** Who waits: first in, first out, or as `ordered` says where that is not null. */
  private readonly queue: FrameQueue;
  private readonly ordered: RequestQueue | null;
  private held: i32 = 0;
  /** Units that were taken away. */
  private withdrawn: i32 = 0;

  constructor(plan: NumberReader, record: PoolRecord) {
    super();
    this.record = record;
    this.size = plan.int();
    this.queue = new FrameQueue();
    this.ordered = plan.int() === 0 ? null : new RequestQueue(plan);
  }

  reset(): void {
    this.held = 0;
    this.withdrawn = 0;
    this.waiting = 0;
    this.queue.reset();
    if (this.ordered !== null) this.ordered!.reset();
  }

  /** Whether there is a unit for who comes now. */
  isFree(): boolean {
    return this.held + this.withdrawn < this.size;
  }

  /** Whether who comes now may neither have a unit nor wait for one. */
  isFull(): boolean {
    return this.ordered !== null && !this.isFree() && this.ordered!.isFull();
  }

  /** Gives the frame a unit, or puts it in the queue and answers false. */
  acquire(frame: Frame, now: number): boolean {
    if (this.held + this.withdrawn < this.size) {
      this.held++;
      this.record.wait.add(0);
      this.record.held.change(1, now);
      if (this.ordered !== null) this.ordered!.begin(frame);
      return true;
    }
    frame.queued = now;
    if (this.ordered === null) this.queue.append(frame);
    else this.ordered!.add(frame);
    this.waiting++;
    this.record.queue.change(1, now);
    return false;
  }

  /** Takes a unit back and gives it to the next in the queue, which is returned; null when nobody waits, or units were taken away. */
  release(now: number): Frame | null {
    const next: Frame | null = this.held + this.withdrawn > this.size ? null : this.next();
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

  /** Gives a unit that was returned to the next in the queue, which is returned; null when there is none, or nobody waits. */
  grant(now: number): Frame | null {
    if (this.held + this.withdrawn >= this.size) return null;
    const next = this.next();
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
    if (this.ordered === null) this.queue.remove(frame);
    else this.ordered!.remove(frame);
    this.waiting--;
    this.record.wait.add(now - frame.queued);
    this.record.queue.change(-1, now);
  }

  /** Takes the one whose turn it is; null when nobody waits. */
  private next(): Frame | null {
    const ordered = this.ordered;
    if (ordered === null) return this.queue.take();
    if (ordered.length === 0) return null;
    const next = ordered.take();
    ordered.begin(next);
    return next;
  }
}
