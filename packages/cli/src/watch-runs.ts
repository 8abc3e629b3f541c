import type { Context } from "./context.js";
import { interruptible } from "./interruptible.js";
import { runBar } from "./run-bar.js";

/** What anything that runs replications tells: started, then progress, then finished; others may come between. */
export type RunsEvent =
  | { readonly kind: "started"; readonly runs: number }
  | { readonly kind: "progress"; readonly runs_done: number }
  | { readonly kind: "finished" }
  | { readonly kind: "point_completed" };

/**
 * Follows runs to their end, telling their progress, and gives their last event. Ctrl-C stops them and
 * leaves nothing behind; a second one ends the process at once.
 * @throws Interrupted
 */
export async function watchRuns<Event extends RunsEvent>(
  start: (signal: AbortSignal) => AsyncGenerator<Event>,
  { quiet }: { readonly quiet: boolean },
  { terminal }: Context,
): Promise<Extract<Event, { readonly kind: "finished" }>> {
  const bar = runBar(terminal, { quiet });
  try {
    return await interruptible(async (signal) => {
      for await (const event of start(signal)) {
        if (event.kind === "started") bar?.start(event.runs, 0);
        else if (event.kind === "progress") bar?.update(event.runs_done);
        else if (event.kind === "finished") return event as Extract<Event, { readonly kind: "finished" }>;
      }
      throw new Error("Cannot finish runs: they told no end");
    });
  } finally {
    bar?.stop();
  }
}
