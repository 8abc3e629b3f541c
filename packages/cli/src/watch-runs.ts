import { SingleBar } from "cli-progress";
import type { Context } from "./context.js";
import { Interrupted } from "./interrupted.js";

/** What anything that runs replications tells: started, then progress, then finished; others may come between. */
export type RunsEvent =
  | { readonly kind: "started"; readonly runs: number }
  | { readonly kind: "progress"; readonly runs_done: number }
  | { readonly kind: "finished" }
  | { readonly kind: "point_completed" };

/** Colour-free bar: the colours of the terminal are the terminal's. */
const BAR = {
  format: "{bar} {percentage} %  {value}/{total} runs  {duration_formatted}, {eta_formatted} left",
  barCompleteChar: "█",
  barIncompleteChar: "░",
  hideCursor: true,
  clearOnComplete: true,
  stopOnComplete: false,
  etaBuffer: 50,
  fps: 8,
  gracefulExit: false,
};

/** From a person, a supervisor, a terminal that was closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Follows runs to their end, with a progress bar where somebody watches, and gives their last event. Ctrl-C stops them and
 * leaves nothing behind; a second one ends the process at once.
 * @throws Interrupted
 */
export async function watchRuns<Event extends RunsEvent>(
  start: (signal: AbortSignal) => AsyncGenerator<Event>,
  { quiet }: { readonly quiet: boolean },
  { terminal }: Context,
): Promise<Extract<Event, { readonly kind: "finished" }>> {
  const interruption = new AbortController();
  const stop = (): void => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new Interrupted());
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const bar = terminal.watched && !quiet ? new SingleBar({ ...BAR, stream: process.stderr }) : undefined;
  try {
    for await (const event of start(interruption.signal)) {
      if (event.kind === "started") bar?.start(event.runs, 0);
      else if (event.kind === "progress") bar?.update(event.runs_done);
      else if (event.kind === "finished") return event as Extract<Event, { readonly kind: "finished" }>;
    }
    throw new Error("Cannot finish runs: they told no end");
  } finally {
    bar?.stop();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
