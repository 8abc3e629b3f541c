/** What the WebAssembly module gives its host; `openKernel` is the host's side. Positions are in bytes. */
import { Kernel } from "./kernel.js";
import { PendingEvents } from "./pending-events.js";
import { NumberReader } from "../platform/number-reader.js";
import { Trace } from "../record/trace.js";
import { renewZiggurat, ziggurat as tables } from "./source.js";

let encoded: Float64Array = new Float64Array(0);
let kernel: Kernel = changetype<Kernel>(0);

/** Forgets all that was made before, makes room for an encoded plan and gives its position. */
export function planPosition(length: i32): usize {
  heap.reset();
  renewZiggurat();
  encoded = new Float64Array(length);
  return encoded.dataStart;
}

/** Builds the kernel of the plan that was written. */
export function open(): void {
  kernel = new Kernel(new NumberReader(encoded), new PendingEvents(), new Trace());
}

export function blockPosition(stream: i32): usize {
  return changetype<usize>(kernel.system.streams[stream].block);
}

export function ziggurat(): usize {
  return tables;
}

/** Starts the generator of a stream: the four words of its state, high before low. */
export function seed(stream: i32, high0: u32, low0: u32, high1: u32, low1: u32): void {
  const source = kernel.system.streams[stream].source;
  source.s0 = ((high0 as u64) << 32) | (low0 as u64);
  source.s1 = ((high1 as u64) << 32) | (low1 as u64);
}

export function savedPosition(): usize {
  return kernel.saved.values.dataStart;
}

export function savedLength(): i32 {
  return kernel.saved.length;
}

export function reset(): void {
  kernel.reset();
}

export function process(limit: number, until_s: number): i32 {
  return kernel.process(limit, until_s);
}

export function stop(): i32 {
  return kernel.stop();
}

export function events(): number {
  return kernel.events;
}

export function truncated_s(): number {
  return kernel.truncated_s;
}
