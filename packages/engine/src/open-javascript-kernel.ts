import { encodePlan } from "./encode/encode-plan.js";
import type { Frames } from "./kernel/frames.js";
import { Kernel } from "./kernel/kernel.js";
import { PendingEvents } from "./kernel/pending-events.js";
import { drawing } from "./kernel/source.js";
import type { System } from "./kernel/system.js";
import type { OpenKernel } from "./open-kernel.js";
import type { Plan } from "./plan.js";
import { NumberReader } from "./platform/number-reader.js";
import { AttributingTrace } from "./replay/attributing-trace.js";
import { Trace } from "./record/trace.js";

/** What may stand in for the kernel's own parts. */
export interface KernelParts {
  readonly pending?: PendingEvents;
  readonly trace?: Trace;
}

/** A kernel whose parts can be looked at. */
export interface OpenJavaScriptKernel extends OpenKernel {
  readonly system: System;
  readonly frames: Frames;
}

/**
 * Opens a plan in the kernel as JavaScript reads it, not as it was compiled to WebAssembly. It gives the same bits, at half the
 * speed.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function openJavaScriptKernel(plan: Plan, parts: KernelParts = {}): OpenJavaScriptKernel {
  const {
    numbers,
    streams: { streams },
  } = encodePlan(plan);
  const { pending = new PendingEvents(), trace: listener = new Trace() } = parts;
  const trace = plan.attribution ? new AttributingTrace(listener) : listener;
  const kernel = new Kernel(new NumberReader(numbers), pending, trace);
  const drawn = <Result>(act: () => Result): Result => {
    drawing.fill = (stream, block) => streams[stream]!.fill(block);
    return act();
  };
  return {
    system: kernel.system,
    frames: kernel.frames,
    reset(seed, replication) {
      for (const stream of streams) stream.reset(seed, replication);
      drawn(() => kernel.reset());
    },
    process: (limit, until_s) => drawn(() => kernel.process(limit, until_s)),
    stop: () => kernel.stop(),
    events: () => kernel.events,
    truncated_s: () => kernel.truncated_s,
    saved: () => kernel.saved.values.subarray(0, kernel.saved.length),
    reopen: (next) => openJavaScriptKernel(next, parts),
  };
}
