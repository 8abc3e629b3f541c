import { encodePlan } from "../src/encode/encode-plan.js";
import { Kernel } from "../src/kernel/kernel.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { PendingEvents } from "../src/kernel/pending-events.js";
import { drawing } from "../src/kernel/source.js";
import type { OpenKernel } from "../src/open-kernel.js";
import type { Plan } from "../src/index.js";

/** The kernel as TypeScript reads it, not as it was compiled to WebAssembly, with any queue of pending events. */
export function openJavaScriptKernel(plan: Plan, pending = new PendingEvents()): OpenKernel {
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
