import type { Instruction } from "./instruction.js";

/** One of the programs a request may run at a server. */
export class Endpoint {
  readonly start: Instruction;
  /** Upper end of its share of [0, 1). */
  readonly share: number;

  constructor(start: Instruction, share: number) {
    this.start = start;
    this.share = share;
  }
}
