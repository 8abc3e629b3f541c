import { encodePlan } from "./encode/encode-plan.js";
import { Kernel } from "./kernel/kernel.js";
import { PendingEvents } from "./kernel/pending-events.js";
import { drawing } from "./kernel/source.js";
import type { OpenKernel } from "./open-kernel.js";
import type { Plan } from "./plan.js";
import { NumberReader } from "./platform/number-reader.js";

/**
 * Opens a plan in the kernel as JavaScript reads it, not as it was compiled to WebAssembly, with any queue of pending events. It
 * gives the same bits, at half the speed.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function openJavaScriptKernel(plan: Plan, pending: PendingEvents = new PendingEvents()): OpenKernel {
  const {
    numbers,
    streams: { streams },
  } = encodePlan(plan);
  const kernel = new Kernel(new NumberReader(numbers), pending);
  const drawn = <Result>(act: () => Result): Result => {
    drawing.fill = (stream, block) => streams[stream]!.fill(block);
    return act();
  };
  return {
    reset(seed, replication) {
      for (const stream of streams) stream.reset(seed, replication);
      drawn(() => kernel.reset());
    },
    process: (limit, until_s) => drawn(() => kernel.process(limit, until_s)),
    events: () => kernel.events,
    truncated_s: () => kernel.truncated_s,
    saved: () => kernel.saved.values.subarray(0, kernel.saved.length),
  };
}
