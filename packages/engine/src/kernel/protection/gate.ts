import type { NumberReader } from "../../platform/number-reader.js";
import { ENDING_REJECTED, ENDING_TIMED_OUT } from "../../record/ending.js";
import type { GateRecord } from "../../record/gate-record.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import { ControlledDelay } from "./controlled-delay.js";
import { RequestQueue } from "./request-queue.js";
import { Shedding } from "./shedding.js";

/**
 * Who may begin at a server, or of those for one endpoint: so many requests at once, while the others wait in a queue, and nobody while it sheds load. When there is room nobody
 * waits.
 */
export class Gate extends Part {
  readonly record: GateRecord;
  readonly server: Server;
  readonly queue: RequestQueue;
  /** Whether it is the gate of one endpoint, and its server may have another one behind it. */
  private readonly isOuter: boolean;
  private readonly limit: ConcurrencyLimit;
  private readonly delay: ControlledDelay;
  private readonly shedding: Shedding;
  /** Requests that have begun and are not done. */
  private inside: i32 = 0;

  constructor(plan: NumberReader, servers: Server[], record: GateRecord) {
    super();
    const server = servers[plan.int()];
    const isOuter = plan.int() === 1;
    this.record = record;
    this.server = server;
    this.isOuter = isOuter;
    this.limit = new ConcurrencyLimit(plan);
    this.queue = new RequestQueue(plan);
    this.delay = new ControlledDelay(plan);
    this.shedding = new Shedding(plan, server.record.cpu);
  }

  /** The recorder has been reset before. */
  reset(): void {
    this.inside = 0;
    this.limit.reset();
    this.queue.reset();
    this.delay.reset();
    this.shedding.reset();
    this.record.limit.change(this.limit.current as number, 0);
  }

  /** Whether the server sheds the frame, which has come. */
  sheds(frame: Frame, now: number): boolean {
    return this.shedding.sheds(frame.priority, now);
  }

  hasRoom(): boolean {
    return this.inside < this.limit.current;
  }

  /** The frame begins after `wait_s` in the queue. */
  begin(frame: Frame, wait_s: number, now: number): void {
    this.inside++;
    this.queue.begin(frame);
    if (this.isOuter) {
      frame.extras.passed_s = now;
      frame.extras.passedAs = this.inside;
    } else {
      frame.extras.begun_s = now;
      frame.extras.begunAs = this.inside;
    }
    this.record.wait.add(wait_s);
    this.record.inside.change(1, now);
  }

  /** Puts the frame into the queue, and says how long it may wait there [s]. */
  keep(frame: Frame, now: number): number {
    const patience_s = this.delay.patience_s(this.queue.length === 0, now);
    frame.queued = now;
    this.queue.add(frame);
    this.record.queue.change(1, now);
    return patience_s;
  }

  /** Takes the one whose turn it is out of the queue; null when there is no room or nobody waits. */
  next(now: number): Frame | null {
    if (this.queue.length === 0 || !this.hasRoom()) return null;
    this.record.queue.change(-1, now);
    return this.queue.take();
  }

  /** A frame leaves the queue without having begun. */
  leave(frame: Frame, now: number): void {
    this.queue.remove(frame);
    this.record.queue.change(-1, now);
  }

  /** The frame is done, well or not. Those who may begin now are to be taken with `next`. */
  finish(frame: Frame, now: number): void {
    this.inside--;
    this.record.inside.change(-1, now);
    this.shedding.learn(now - frame.arrived, now);
    if (this.limit.isAdaptive) this.learn(frame, now);
  }

  /** What failed in another way than by a time limit or a refusal says nothing of the load. */
  private learn(frame: Frame, now: number): void {
    const error = frame.error;
    const lost = error === 1 + ENDING_TIMED_OUT || error === 1 + ENDING_REJECTED;
    if (error !== 0 && !lost) return;
    const before = this.limit.current;
    if (this.isOuter) this.limit.learn(now - frame.extras.passed_s, frame.extras.passedAs, lost);
    else this.limit.learn(now - frame.extras.begun_s, frame.extras.begunAs, lost);
    this.record.limit.change((this.limit.current - before) as number, now);
  }
}
