import type { Instruction } from "../instruction.js";
import type { Server } from "../server.js";

/** A server of a group of consumers. */
export class Consumer {
  /** Where a message goes on that is handed over to it. */
  readonly handOver: Instruction;
  /** Messages of the group's topic that it works on. */
  busy: i32 = 0;
  private readonly server: Server;
  private readonly concurrency: i32;

  constructor(server: Server, concurrency: i32, handOver: Instruction) {
    this.handOver = handOver;
    this.server = server;
    this.concurrency = concurrency;
  }

  reset(): void {
    this.busy = 0;
  }

  isUp(): boolean {
    return this.server.outages === 0 && this.server.inService;
  }

  /** Whether it would take a message now. */
  isFree(): boolean {
    return this.busy < this.concurrency && this.isUp();
  }

  /** It gets a message. */
  begin(): void {
    this.busy++;
    this.server.consuming++;
  }

  /** Its work on a message is done. */
  end(): void {
    this.busy--;
    this.server.consuming--;
  }
}
