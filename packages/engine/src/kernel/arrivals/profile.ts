import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import type { Factor } from "./factor.js";
import { readFactor } from "./read-factor.js";

/** Nodes and weights of the Gauss-Legendre rule with six points on [-1, 1]; they come in pairs of opposite nodes. */
const NODE_1: number = 0.238_619_186_083_196_9;
const NODE_2: number = 0.661_209_386_466_264_5;
const NODE_3: number = 0.932_469_514_203_152_1;
const WEIGHT_1: number = 0.467_913_934_572_691_04;
const WEIGHT_2: number = 0.360_761_573_048_138_6;
const WEIGHT_3: number = 0.171_324_492_379_170_36;

/** A product of factors, in pieces on which all of them are smooth. */
export class Profile {
  /** Whether it is constant in the present piece. */
  constant: boolean;
  /** When the present piece ends [s]. */
  end_s: number;
  private readonly factors: Factor[];

  constructor(plan: NumberReader, streams: Stream[]) {
    this.constant = true;
    this.end_s = 0;
    this.factors = [];
    for (let left = plan.int(); left > 0; left--) this.factors.push(readFactor(plan, streams));
  }

  reset(): void {
    this.end_s = 0;
    for (let k = 0; k < this.factors.length; k++) this.factors[k].reset();
  }

  /** Goes on to the piece that begins at `time_s`, or holds it. */
  advance(time_s: number): void {
    if (this.end_s > time_s) return;
    this.constant = true;
    this.end_s = Infinity;
    for (let k = 0; k < this.factors.length; k++) {
      const factor = this.factors[k];
      while (factor.end_s <= time_s) factor.change();
      if (!factor.constant) this.constant = false;
      this.end_s = Math.min(this.end_s, factor.end_s);
    }
  }

  /** Its value at a time of the present piece. */
  at(time_s: number): number {
    let product: number = 1;
    for (let k = 0; k < this.factors.length; k++) product *= this.factors[k].at(time_s);
    return product;
  }

  /** Its integral over a part of the present piece, to the last digits: Gauss and Legendre, see Davis and Rabinowitz (1984). */
  integral(start_s: number, end_s: number): number {
    const half_s = 0.5 * (end_s - start_s);
    const middle_s = start_s + half_s;
    const inner = this.at(middle_s - NODE_1 * half_s) + this.at(middle_s + NODE_1 * half_s);
    const middle = this.at(middle_s - NODE_2 * half_s) + this.at(middle_s + NODE_2 * half_s);
    const outer = this.at(middle_s - NODE_3 * half_s) + this.at(middle_s + NODE_3 * half_s);
    return half_s * (WEIGHT_1 * inner + WEIGHT_2 * middle + WEIGHT_3 * outer);
  }
}
