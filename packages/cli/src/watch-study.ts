import { visibleText } from "@loadstar/report";
import { ResultsError } from "@loadstar/store";
import { runShard, runStudy, type RunStudyOptions, type Shard, type Study, type StudyEvent } from "@loadstar/sweep";
import type { Context } from "./context.js";
import { interruptible } from "./interruptible.js";
import { studyDisplay } from "./study-display.js";

export type FinishedEvent = Extract<StudyEvent, { readonly kind: "finished" }>;
export type ShardFinishedEvent = Extract<StudyEvent, { readonly kind: "shard_finished" }>;
export type InterruptedEvent = Extract<StudyEvent, { readonly kind: "interrupted" }>;

/** A study that the disk stopped after it had begun: what was made until then is kept. */
export interface StoppedEvent {
  readonly kind: "stopped";
  readonly error: ResultsError;
  readonly directory: string;
  readonly runs_done: number;
  readonly runs: number;
}

/**
 * Runs a study to its end, telling its progress. Ctrl-C drops what is under way and keeps what is
 * on the disk; a second one ends the process at once.
 */
export async function watchStudy(
  study: Study,
  options: RunStudyOptions & { readonly quiet: boolean; readonly shard?: Shard },
  { terminal }: Context,
): Promise<FinishedEvent | ShardFinishedEvent | InterruptedEvent | StoppedEvent> {
  let begun: Omit<StoppedEvent, "kind" | "error"> | undefined;
  const display = studyDisplay(study, terminal, options);
  try {
    return await interruptible(async (signal) => {
      const { shard } = options;
      const common = { ...options, signal };
      const events = shard === undefined ? runStudy(study, common) : runShard(study, { ...common, shard });
      for await (const event of events) {
        if (event.kind === "started") {
          begun = { directory: event.directory, runs_done: 0, runs: event.runs };
          display?.start(event.runs);
        } else if (event.kind === "waiting") {
          const what = `${event.holder} holds the directory and may be dead: up to ${event.at_most_s} s`;
          terminal.err.write(`waiting ${visibleText(what)}\n`);
        } else if (event.kind === "point_looked") display?.look(event);
        else if (event.kind === "progress") {
          begun = { ...begun!, runs_done: event.runs_done, runs: event.runs };
          display?.progress(event);
        } else if (event.kind === "chunk_damaged") {
          const text = `damaged ${visibleText(`${event.file}: ${event.reason}`)}: run again`;
          if (display === undefined) terminal.err.write(`${text}\n`);
          else display.note(text);
        } else if (isLast(event)) return event;
      }
      throw new Error("Cannot finish study: it told no end");
    });
  } catch (error) {
    if (begun === undefined || !(error instanceof ResultsError)) throw error;
    return { kind: "stopped", error, ...begun };
  } finally {
    display?.stop();
  }
}

function isLast(event: StudyEvent): event is FinishedEvent | ShardFinishedEvent | InterruptedEvent {
  return event.kind === "finished" || event.kind === "shard_finished" || event.kind === "interrupted";
}
