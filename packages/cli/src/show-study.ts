import { relative } from "node:path";
import { visibleText } from "@loadstar/report";
import { isParquetFile, openResults } from "@loadstar/store";
import { isResultsDirectory, type Study } from "@loadstar/sweep";
import type { Context } from "./context.js";
import { shortfallLines, warmUpLine } from "./study-text.js";
import type { Channel } from "./terminal.js";
import { readSummaryView, summaryJson, summaryText, summaryViewOf } from "./summary-view.js";
import type { FinishedEvent, InterruptedEvent, ShardFinishedEvent, StoppedEvent } from "./watch-study.js";

interface ShowArguments {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What a finished sweep says: the summary on stdout, what is remarkable and where things are on stderr. */
export async function showFinished(
  finished: FinishedEvent,
  words: ShowArguments,
  { terminal }: Context,
): Promise<void> {
  const { out, err } = terminal;
  const results = await openResults(finished.directory);
  const view = await readSummaryView(results, { metrics: [] });
  if (words.json) out.write(`${JSON.stringify(summaryJson(view, []), undefined, 2)}\n`);
  else if (!words.quiet) out.write(`${summaryText(view, [], out)}\n`);
  const { truncated, failed, completed } = finished.outcomes;
  const { red, yellow, green } = err.paint;
  if (truncated > 0)
    err.write(`${yellow("truncated")} ${truncated} runs: a budget ended them, see reason in runs.arrow\n`);
  if (finished.timed_out > 0) err.write(timedOutLine(finished.timed_out, err));
  if (failed > 0)
    err.write(`${red("failed")} ${failed} runs, the first: ${visibleText(finished.first_failure ?? "")}\n`);
  if (finished.runs_planned !== undefined) {
    const made = completed + truncated + failed;
    err.write(`${yellow("deadline")} ${made} of ${finished.runs_planned} runs were made: --resume makes the others\n`);
  }
  const { pass, fail, inconclusive } = finished.verdicts;
  if (fail > 0) err.write(`${red("objectives broken")} ${fail}, met ${pass}, inconclusive ${inconclusive}\n`);
  else if (inconclusive > 0) err.write(`${yellow("objectives inconclusive")} ${inconclusive}, met ${pass}\n`);
  if (words.quiet) return;
  const warmUp = warmUpLine(view);
  if (warmUp !== undefined) err.write(`${yellow("warm-up")} ${warmUp}\n`);
  for (const line of shortfallLines(finished.shortfalls)) err.write(`${yellow("not reached")} ${line}\n`);
  if (pass > 0 && fail + inconclusive === 0) err.write(`${green("objectives met")} ${pass}\n`);
  const shown = relative(".", finished.directory);
  const place = shown.startsWith("..") ? finished.directory : shown;
  if (finished.replications_read > 0) err.write(`${finished.replications_read} runs were there already\n`);
  err.write(`${finished.events.toLocaleString("en-US")} events in ${finished.wall_s.toFixed(1)} s\n`);
  const more = results.manifest.files.some(({ file }) => isParquetFile(file)) ? ", parquet/" : "";
  err.write(
    `results: ${visibleText(place)}  (points, runs, summary, series, histograms .arrow, manifest.json${more})\n`,
  );
}

/** Runs that took too long are not kept. */
function timedOutLine(runs: number, { paint }: Channel): string {
  return `${paint.yellow("timed out")} ${runs} of them by wall time: --resume tries them again, with more --replication-timeout\n`;
}

/** What an interrupted sweep says: estimates from what there is, how much that is, and how to go on. */
export function showInterrupted(
  { runs_done, runs, summary, directory }: InterruptedEvent,
  { study, words, resume }: { readonly study: Study; readonly words: ShowArguments; readonly resume: string },
  { terminal }: Context,
): void {
  const { out, err } = terminal;
  const view = summaryViewOf(study, summary);
  if (words.json) {
    const partial = { partial: true, runs_done, runs, ...summaryJson(view, []) };
    out.write(`${JSON.stringify(partial, undefined, 2)}\n`);
  } else if (!words.quiet && summary.length > 0) {
    out.write(`partial: ${runs_done} of ${runs} runs\n${summaryText(view, [], out)}\n`);
  }
  err.write(`${err.paint.yellow("interrupted")} ${keptText({ runs_done, runs, directory })}\n`);
  err.write(`resume: ${visibleText(resume)}\n`);
}

/** What a sweep says that the disk stopped: why, what is kept, and how to go on when there is room again. */
export async function showStopped(
  { error, ...kept }: StoppedEvent,
  resume: string,
  { terminal }: Context,
): Promise<void> {
  const { err } = terminal;
  err.write(`${err.paint.red("error")} ${visibleText(error.message)}\n`);
  // Somebody may have taken the directory away.
  if (kept.runs_done === 0 || !(await isResultsDirectory(kept.directory))) return;
  err.write(`${err.paint.yellow("stopped")} ${keptText(kept)}\nresume: ${visibleText(resume)}\n`);
}

function keptText({ runs_done, runs, directory }: Pick<StoppedEvent, "runs_done" | "runs" | "directory">): string {
  return `${runs_done} of ${runs} runs are kept in ${visibleText(relative(".", directory) || ".")}`;
}

/** What a finished shard says. */
export function showShard(
  { shard, runs_done, directory, outcomes, timed_out, wall_s }: ShardFinishedEvent,
  words: ShowArguments,
  { terminal }: Context,
): void {
  const { out, err } = terminal;
  if (words.json) out.write(`${JSON.stringify({ shard, runs_done, outcomes, directory }, undefined, 2)}\n`);
  if (timed_out > 0) err.write(timedOutLine(timed_out, err));
  if (words.quiet) return;
  err.write(`shard ${shard.index} of ${shard.count}: ${runs_done} runs in ${wall_s.toFixed(1)} s\n`);
  err.write(`chunks: ${visibleText(relative(".", directory) || ".")}  (when all shards have ended: loadstar merge)\n`);
}
