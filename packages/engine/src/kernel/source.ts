import type { NumberReader } from "../platform/number-reader.js";
import type { Numbers } from "../platform/platform.js";

/** What a source draws by itself when the kernel runs in WebAssembly; all others ask the host. */
export const SOURCE_HOST: i32 = 0;
/** Always `a`. */
export const SOURCE_CONSTANT: i32 = 1;
/** Uniform on [a, a + b). */
export const SOURCE_UNIFORM: i32 = 2;
/** Exponential with mean `a`. */
export const SOURCE_EXPONENTIAL: i32 = 3;

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
