import type { Level } from "../record/level.js";
import { Instruction, OP_NOTHING } from "./instruction.js";
import type { Dispatch } from "./balancing/dispatch.js";

/**
 * Something that runs a program and waits in between: a request, a generator, a disruption. It waits in one place at a
 * time, for an event of its own or in one queue.
 */
export class Frame {
  /** What it does next, and the operation of that. */
  at: Instruction;
  op: i32;
  /** Where its event is among the pending ones, and its turn among those of the same time. */
  leaf: i32 = 0;
  order: number = 0;
  /** The frame behind it in the queue it waits in, or in the list of free ones. */
  next: Frame | null = null;
  /** The choice of the last load balancer it passed, if it is not yet settled. */
  dispatch: Dispatch | null = null;
  /** Whether it holds a CPU core. */
  core: boolean = false;
  /** Whether it counts in the server's I/O queue. */
  waiting: boolean = false;
  /** The level that goes down by one when its event comes: messages on the link it travels on. */
  level: Level;
  /** When the request was generated [s]. */
  start: number = 0;
  /** When it joined the queue it waits in [s]. */
  queued: number = 0;
  /** When it arrived at the server it is in [s]. */
  arrived: number = 0;
  /** CPU and I/O time drawn at the server it is in [s]. */
  served: number = 0;
  /** Memory reserved at the server it is in [MB]. */
  ram: number = 0;

  constructor(level: Level) {
    this.at = new Instruction(OP_NOTHING);
    this.op = OP_NOTHING;
    this.level = level;
  }

  goTo(instruction: Instruction): void {
    this.at = instruction;
    this.op = instruction.op;
  }
}
