import { SingleBar } from "cli-progress";
import { runStudy, type Study, type StudyEvent } from "@loadstar/sweep";
import type { Context } from "./context.js";
import { lookText } from "./study-text.js";
import { Interrupted } from "./interrupted.js";

export type FinishedEvent = Extract<StudyEvent, { readonly kind: "finished" }>;

/** Colour-free bar: the colours of the terminal are the terminal's. */
const BAR = {
  format: "{bar} {percentage} %  {value}/{total} runs  {duration_formatted}, {eta_formatted} left{look}",
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
 * Runs a study to its end, with a progress bar where somebody watches. Ctrl-C stops it and leaves nothing behind; a
 * second one ends the process at once.
 * @throws Interrupted
 */
export async function watchStudy(
  study: Study,
  options: {
    readonly directory: string;
    readonly overwrite: boolean;
    readonly threads: number;
    readonly quiet: boolean;
  },
  { terminal }: Context,
): Promise<FinishedEvent> {
  const interruption = new AbortController();
  const stop = (): void => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new Interrupted());
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const bar = terminal.watched && !options.quiet ? new SingleBar({ ...BAR, stream: process.stderr }) : undefined;
  try {
    for await (const event of runStudy(study, { ...options, signal: interruption.signal })) {
      if (event.kind === "started") bar?.start(event.runs, 0, { look: "" });
      else if (event.kind === "point_looked") bar?.update({ look: `  ${lookText(event)}` });
      else if (event.kind === "progress") {
        bar?.setTotal(event.runs);
        bar?.update(event.runs_done);
      } else if (event.kind === "finished") return event;
    }
    throw new Error("Cannot finish study: it told no end");
  } finally {
    bar?.stop();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
