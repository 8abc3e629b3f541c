import type { NumberReader } from "../../platform/number-reader.js";

/** When a call that is not answered is sent once more. */
export class Hedge {
  /** Whether the others are cancelled when one is answered. */
  readonly cancels: boolean;
  private readonly after_s: number;
  private readonly most: i32;

  constructor(plan: NumberReader) {
    this.after_s = plan.number();
    this.most = plan.int();
    this.cancels = plan.int() === 1;
  }

  /** When it is sent once more that was last sent `now`, and `sent` times besides the first; Infinity for never. */
  next_s(sent: i32, now: number): number {
    return sent < this.most ? now + this.after_s : Infinity;
  }
}
