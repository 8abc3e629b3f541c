import { encodePlan, type EncodedPlan } from "./encode/encode-plan.js";
import { BLOCK_LENGTH } from "./kernel/stream.js";
import { ATTRIBUTING_KERNEL_BYTES, KERNEL_BYTES, SMALL_KERNEL_BYTES } from "./kernel-bytes.js";
import type { Plan } from "./plan.js";
import { ZIGGURAT } from "./random/exponential.js";

/** A kernel that holds a plan: what a simulation drives. */
export interface OpenKernel {
  /** Starts a replication of a root seed. */
  reset(seed: number, replication: number): void;
  /** Processes at most `limit` events, all before `until_s`; gives one of the states of `Kernel`. */
  process(limit: number, until_s: number): number;
  /** Ends a run that goes on; gives the state. */
  stop(): number;
  /** Events processed. */
  events(): number;
  /** When the budget was passed, or the run was stopped [s]. */
  truncated_s(): number;
  /** What the finished run recorded, as `readRecorded` reads it; good until `reset`. */
  saved(): Float64Array;
  /**
   * A kernel that holds another plan, in the memory of this one where that is possible. This one must not be used any more.
   * @throws {RangeError} for a plan that refers to what it does not define.
   */
  reopen(plan: Plan): OpenKernel;
}

/** Memory that is worth being used again [bytes]: one that a large plan needed is not kept for small ones. */
const KEPT_BYTES = 1 << 25;

/** The exports of `kernel/exports.wasm.ts`. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  planPosition(length: number): number;
  open(): void;
  blockPosition(stream: number): number;
  ziggurat(): number;
  seed(stream: number, high0: number, low0: number, high1: number, low1: number): void;
  savedPosition(): number;
  savedLength(): number;
  reset(): void;
  process(limit: number, until_s: number): number;
  stop(): number;
  events(): number;
  truncated_s(): number;
}

const compiled = new Map<string, WebAssembly.Module>();

/** The smallest kernel that can run a plan, of those that `scripts/build-kernel.mjs` made, compiled once. */
function builtKernel({ attribution }: Plan, { isSmall }: EncodedPlan): WebAssembly.Module {
  const bytes = isSmall ? SMALL_KERNEL_BYTES : attribution ? ATTRIBUTING_KERNEL_BYTES : KERNEL_BYTES;
  const module = compiled.get(bytes) ?? new WebAssembly.Module(bytesOf(bytes));
  compiled.set(bytes, module);
  return module;
}

/** Number by number: `Uint8Array.from` takes ten times as long, and every thread waits for it before its first run. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return bytes;
}

/**
 * Opens a plan in a WebAssembly instance of its own, whose memory it keeps from run to run.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function openKernel(plan: Plan, module?: WebAssembly.Module): OpenKernel {
  const encoded = encodePlan(plan);
  return openedIn(new Instance(module ?? builtKernel(plan, encoded)), encoded);
}

/** A kernel in WebAssembly, which holds one plan after the other. */
class Instance {
  readonly exports: KernelExports;
  readonly #module: WebAssembly.Module;
  /** Draws a stream's next block. */
  refill: (stream: number) => void = () => undefined;

  constructor(module: WebAssembly.Module) {
    const abort = (): void => {
      throw new Error("Cannot go on with the run: the kernel failed");
    };
    const instance = new WebAssembly.Instance(module, {
      source: { refill: (stream: number) => this.refill(stream), exp: Math.exp, log: Math.log },
      platform: { exp: Math.exp },
      env: { abort },
    });
    this.#module = module;
    this.exports = instance.exports as KernelExports;
  }

  /** This one, where a plan of that kernel may take the place of the one that it holds, or a new one. */
  next(module: WebAssembly.Module): Instance {
    const isWorthIt = this.#module === module && this.exports.memory.buffer.byteLength <= KEPT_BYTES;
    return isWorthIt ? this : new Instance(module);
  }
}

function openedIn(instance: Instance, { numbers, streams: { streams } }: EncodedPlan): OpenKernel {
  const kernel = instance.exports;
  let blocks: readonly Float64Array[] = [];
  instance.refill = (stream) => {
    if (blocks[0]!.length === 0) blocks = viewBlocks(kernel, streams.length);
    streams[stream]!.fill(blocks[stream]!);
  };
  const position = kernel.planPosition(numbers.length);
  viewOf(kernel, position, numbers.length).set(numbers);
  kernel.open();
  blocks = viewBlocks(kernel, streams.length);
  viewOf(kernel, kernel.ziggurat(), ZIGGURAT.length).set(ZIGGURAT);
  return {
    reset(seed, replication) {
      for (const [index, stream] of streams.entries()) {
        const [high0, low0, high1, low1] = stream.reset(seed, replication);
        kernel.seed(index, high0!, low0!, high1!, low1!);
      }
      kernel.reset();
    },
    process: kernel.process,
    stop: kernel.stop,
    events: kernel.events,
    truncated_s: kernel.truncated_s,
    saved: () => viewOf(kernel, kernel.savedPosition(), kernel.savedLength()),
    reopen(next) {
      const encoded = encodePlan(next);
      return openedIn(instance.next(builtKernel(next, encoded)), encoded);
    },
  };
}

/** The blocks of all streams in the kernel's memory. */
function viewBlocks(kernel: KernelExports, count: number): readonly Float64Array[] {
  return Array.from({ length: count }, (_, stream) => viewOf(kernel, kernel.blockPosition(stream), BLOCK_LENGTH));
}

/** Numbers in the kernel's memory; the view goes out of date when that grows, so the position is asked for before. */
function viewOf(kernel: KernelExports, position: number, length: number): Float64Array {
  return new Float64Array(kernel.memory.buffer, position, length);
}
