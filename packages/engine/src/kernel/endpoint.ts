import type { Instruction } from "./instruction.js";

/** One of the programs a request may run at a server. */
export class Endpoint {
  readonly start: Instruction;
  /** Upper end of its share of [0, 1). */
  readonly share: number;
  /** Its name, as a number. */
  readonly name: i32;

  constructor(start: Instruction, share: number, name: i32) {
    this.start = start;
    this.share = share;
    this.name = name;
  }
}
