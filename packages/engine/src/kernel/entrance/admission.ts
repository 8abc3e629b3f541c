import type { NumberReader } from "../../platform/number-reader.js";
import type { AdmissionRecord } from "../../record/admission-record.js";
import { FrameQueue } from "../frame-queue.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";

/**
 * Who is let into a server: so many requests at once, each with memory for its connection, and a backlog before them, first in, first
 * out. Memory goes to those inside first: while one of them waits for it, no connection takes any.
 */
export class Admission extends Part {
  readonly record: AdmissionRecord;
  readonly server: Server;
  private readonly mostInside: i32;
  private readonly mostWaiting: i32;
  private readonly ram_mb: number;
  private readonly backlog: FrameQueue;
  private inside: i32 = 0;
  private waiting: i32 = 0;

  constructor(plan: NumberReader, servers: Server[], record: AdmissionRecord) {
    super();
    this.record = record;
    this.server = servers[plan.int()];
    this.mostInside = plan.int();
    this.mostWaiting = plan.int();
    this.ram_mb = plan.number();
    this.backlog = new FrameQueue();
    this.server.admission = this;
  }

  reset(): void {
    this.inside = 0;
    this.waiting = 0;
    this.backlog.reset();
  }

  /** Lets a request in, unless others wait or there is no room. */
  admit(now: number): boolean {
    if (this.waiting > 0 || !this.hasRoom()) return false;
    this.open(0, now);
    return true;
  }

  /** Puts the frame into the backlog, unless that is full. */
  keep(frame: Frame, now: number): boolean {
    if (this.waiting >= this.mostWaiting) {
      this.record.rejected += 1;
      return false;
    }
    this.waiting++;
    frame.queued = now;
    this.backlog.append(frame);
    this.record.backlog.change(1, now);
    return true;
  }

  /** A request leaves the server and closes its connection. Frames that now have room are to be taken with `next`. */
  close(now: number): void {
    this.inside--;
    this.record.inside.change(-1, now);
    if (this.ram_mb > 0) this.server.hold(-this.ram_mb, now);
  }

  /** Lets the first of the backlog in if there is room, and returns it; null otherwise. */
  next(now: number): Frame | null {
    if (this.waiting === 0 || !this.hasRoom()) return null;
    const frame = this.backlog.take()!;
    this.waiting--;
    this.record.backlog.change(-1, now);
    this.open(now - frame.queued, now);
    return frame;
  }

  private hasRoom(): boolean {
    return this.inside < this.mostInside && (this.ram_mb === 0 || this.server.hasRam(this.ram_mb));
  }

  private open(wait_s: number, now: number): void {
    this.inside++;
    this.record.wait.add(wait_s);
    this.record.inside.change(1, now);
    if (this.ram_mb > 0) this.server.hold(this.ram_mb, now);
  }
}
