import type { Frame } from "../frame.js";
import { FrameQueue } from "../frame-queue.js";
import type { Instruction } from "../instruction.js";
import type { Server } from "../server.js";

/** How far the work on a message is at a consumer that takes some before it works on them: its caller keeps that. */
export const WORK_NOT_BEGUN: i32 = 0;
export const WORK_BEGUN: i32 = 1;
export const WORK_DONE: i32 = 2;

/** A server of a group of consumers. */
export class Consumer {
  /** Where a message goes on that is handed over to it. */
  readonly handOver: Instruction;
  /** Messages of the group's topic that it has. */
  busy: i32 = 0;
  /** The work on messages that it has and does not work on yet. */
  readonly waiting: FrameQueue;
  private readonly server: Server;
  private readonly concurrency: i32;
  private readonly most: i32;
  /** Of these it works on so many, if it may have more than that. */
  private working: i32 = 0;

  constructor(server: Server, concurrency: i32, most: i32, handOver: Instruction) {
    this.handOver = handOver;
    this.waiting = new FrameQueue();
    this.server = server;
    this.concurrency = concurrency;
    this.most = most;
  }

  reset(): void {
    this.busy = 0;
    this.working = 0;
    this.waiting.reset();
  }

  isUp(): boolean {
    return this.server.outages === 0 && this.server.inService;
  }

  /** Whether it would take a message now. */
  isFree(): boolean {
    return this.busy < this.most && this.isUp();
  }

  /** It gets a message. */
  begin(): void {
    this.busy++;
    this.server.consuming++;
  }

  /** Begins with the work on a message that it has, if it may: the message's own frame knows. */
  beginWork(work: Frame): boolean {
    if (this.working === this.concurrency) return false;
    this.working++;
    work.parent!.extras.begunAs = WORK_BEGUN;
    return true;
  }

  /** The work on a message is over that it had begun with. */
  endWork(): void {
    this.working--;
  }

  /** Its work on a message is done. */
  end(): void {
    this.busy--;
    this.server.consuming--;
  }
}
