import type { NumberReader } from "../platform/number-reader.js";
import type { Numbers } from "../platform/platform.js";

/** Who draws for the kernel that runs in JavaScript: a stream's next block. */
export const drawing = { fill: (_stream: i32, _block: Numbers): void => {} };

/**
 * Where a stream's variates come from. This file is the source in JavaScript, which asks the host for everything;
 * `source.wasm.ts` takes its place when the kernel is compiled to WebAssembly.
 */
export class Source {
  private readonly index: i32;

  constructor(index: i32, plan: NumberReader) {
    this.index = index;
    for (let left = 3; left > 0; left--) plan.number();
  }

  fill(block: Numbers): void {
    drawing.fill(this.index, block);
  }
}
