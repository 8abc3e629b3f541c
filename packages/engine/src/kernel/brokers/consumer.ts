import type { Instruction } from "../instruction.js";
import type { Server } from "../server.js";

/** A server of a group of consumers. */
export class Consumer {
  /** Where a message goes on that is handed over to it. */
  readonly handOver: Instruction;
  /** Messages that it works on. */
  busy: i32 = 0;
  private readonly server: Server;
  private readonly concurrency: i32;

  constructor(server: Server, concurrency: i32, handOver: Instruction) {
    this.handOver = handOver;
    this.server = server;
    this.concurrency = concurrency;
  }

  isUp(): boolean {
    return this.server.outages === 0;
  }

  /** Whether it would take a message now. */
  isFree(): boolean {
    return this.busy < this.concurrency && this.isUp();
  }
}
