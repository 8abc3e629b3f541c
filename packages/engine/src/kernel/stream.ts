import type { NumberReader } from "../platform/number-reader.js";
import { newNumbers, type Numbers } from "../platform/platform.js";
import { Source } from "./source.js";

/** Variates drawn at a time. Even, because normal variates come in pairs. */
export const BLOCK_LENGTH: i32 = 64;

/**
 * One random stream. Hot: `next` is a comparison and a read; when the block is used up, the next one is drawn into its
 * place, the first not before it is asked for.
 */
export class Stream {
  readonly block: Numbers;
  readonly source: Source;
  private used: i32;

  constructor(index: i32, plan: NumberReader) {
    this.source = new Source(index, plan);
    this.block = newNumbers(BLOCK_LENGTH);
    this.used = BLOCK_LENGTH;
  }

  reset(): void {
    this.used = BLOCK_LENGTH;
  }

  next(): number {
    let used = this.used;
    if (used === BLOCK_LENGTH) {
      this.source.fill(this.block);
      used = 0;
    }
    this.used = used + 1;
    return this.block[used];
  }
}
