import type { NumberReader } from "../../platform/number-reader.js";
import type { ColdStartRecord } from "../../record/cold-start-record.js";
import { FrameQueue } from "../frame-queue.js";
import type { Frame } from "../frame.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import type { Stream } from "../stream.js";

const COLD: i32 = 0;
const STARTING: i32 = 1;
const WARM: i32 = 2;

/**
 * A server that must start before it can work: at the first request, and at the next one after `idle_s` without any. That it has gone
 * cold is found out when a request comes, so no event is spent on it.
 */
export class ColdStart extends Part {
  readonly record: ColdStartRecord;
  readonly server: Server;
  private readonly start: Stream;
  private readonly idle_s: number;
  private readonly waiting: FrameQueue;
  /** The frame that starts it; null while it is not starting. */
  starter: Frame | null = null;
  private state: i32 = COLD;
  /** Requests at the server. */
  private present: i32 = 0;
  /** When the last of them left [s]. */
  private idleSince: number = 0;

  constructor(plan: NumberReader, servers: Server[], streams: Stream[], record: ColdStartRecord) {
    super();
    this.record = record;
    this.server = servers[plan.int()];
    this.start = streams[plan.int()];
    this.idle_s = plan.number();
    this.waiting = new FrameQueue();
    this.server.coldStart = this;
  }

  reset(): void {
    this.state = COLD;
    this.present = 0;
    this.idleSince = 0;
    this.waiting.reset();
    this.starter = null;
  }

  /** A request comes; whether the server is warm. */
  arrive(now: number): boolean {
    if (this.state === WARM && this.present === 0 && now - this.idleSince >= this.idle_s) this.state = COLD;
    this.present++;
    return this.state === WARM;
  }

  leave(now: number): void {
    this.present--;
    this.idleSince = now;
  }

  /** The frame waits until the server has started. It begins to start because of it, if it is cold: how long that takes [s]; else -1. */
  wait(frame: Frame, now: number): number {
    frame.queued = now;
    this.record.queue.change(1, now);
    this.waiting.append(frame);
    if (this.state === STARTING) return -1;
    this.state = STARTING;
    this.record.starts += 1;
    return this.start.next();
  }

  /** The server has started: the next of the frames that have waited for it; null when there are no more. */
  next(now: number): Frame | null {
    this.state = WARM;
    this.starter = null;
    return this.leaveQueue(now);
  }

  /** It has crashed, and is cold: the next of the frames that have waited for it; null when there are no more. */
  lose(now: number): Frame | null {
    this.state = COLD;
    this.starter = null;
    return this.leaveQueue(now);
  }

  private leaveQueue(now: number): Frame | null {
    const frame = this.waiting.take();
    if (frame === null) return null;
    this.record.queue.change(-1, now);
    this.record.waits += 1;
    this.record.wait_s += now - frame.queued;
    return frame;
  }
}
