import { SingleBar } from "cli-progress";
import { runStudy, type Study, type StudyEvent } from "@loadstar/sweep";
import type { Context } from "./context.js";
import { interruptible } from "./interruptible.js";

export type FinishedEvent = Extract<StudyEvent, { readonly kind: "finished" }>;

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
  const bar = terminal.watched && !options.quiet ? new SingleBar({ ...BAR, stream: process.stderr }) : undefined;
  try {
    return await interruptible(async (signal) => {
      for await (const event of runStudy(study, { ...options, signal })) {
        if (event.kind === "started") bar?.start(event.runs, 0);
        else if (event.kind === "progress") bar?.update(event.runs_done);
        else if (event.kind === "finished") return event;
      }
      throw new Error("Cannot finish study: it told no end");
    });
  } finally {
    bar?.stop();
  }
}
