import { createResults, type ResultsWriter } from "@loadstar/store";
import type { ChunkResult } from "./chunk.js";
import { manifestOf } from "./manifest-of.js";
import { PointFold } from "./point-fold.js";
import { runChunks } from "./run-chunks.js";
import type { Study, StudyParameter } from "./study.js";
import type { OutcomeCounts, StudyEvent, VerdictCounts } from "./study-event.js";
import type { ObjectiveRow, SummaryRow } from "@loadstar/store";

export interface RunStudyOptions {
  /** Results directory; see `createResults` for what it may be. */
  readonly directory: string;
  /** Replace earlier results. */
  readonly overwrite: boolean;
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Stops the study: nothing is kept. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a study and writes its results directory, telling its progress as events. The tables do not depend on the
 * number of threads. The directory appears when everything is in it; if the study ends early, for whatever reason, nothing
 * is left behind.
 *
 * @throws ResultsError when the directory cannot be written; the reason of `signal` when it is aborted
 */
export async function* runStudy(study: Study, options: RunStudyOptions): AsyncGenerator<StudyEvent> {
  const started = { wall_ms: Date.now(), cpu: process.cpuUsage() };
  const results = await createResults(options.directory, { overwrite: options.overwrite });
  try {
    const runs = study.points.length * study.replications;
    yield {
      kind: "started",
      points: study.points.length,
      runs,
      threads: options.threads,
      directory: results.directory,
    };
    const tally = new Tally();
    yield* fold(study, options, results, tally);
    await results.finish(await manifestOf(study, { ...options, started, outcomes: tally.counts() }));
    yield {
      kind: "finished",
      directory: results.directory,
      outcomes: tally.counts(),
      verdicts: tally.verdicts(),
      first_failure: tally.firstFailure,
      events: tally.events,
      wall_s: (Date.now() - started.wall_ms) / 1000,
    };
  } finally {
    await results.discard();
  }
}

async function* fold(
  study: Study,
  options: RunStudyOptions,
  results: ResultsWriter,
  tally: Tally,
): AsyncGenerator<StudyEvent> {
  const { kept, points, replications, seed } = study;
  await results.writePoints({ parameters: study.parameters.map(columnOf), rows: points });
  const runs = await results.openRuns(kept.metrics);
  const series = await results.openSeries(kept.series);
  const histograms = await results.openHistograms(kept.histograms);
  const summary: SummaryRow[] = [];
  const objectives: ObjectiveRow[] = [];
  let open: PointFold | undefined;
  for await (const { span, result } of runChunks(study, { threads: options.threads, signal: options.signal })) {
    const { point_id } = points[span.point]!;
    open ??= new PointFold(study, points[span.point]!);
    open.add(result);
    tally.add(result);
    const { outcomes, reasons, metrics } = result;
    const { first_replication } = span;
    await runs.append({ point_id, first_replication, seed: BigInt(seed), outcomes, reasons, metrics });
    yield { kind: "progress", runs_done: tally.runs, runs: points.length * replications, outcomes: tally.counts() };
    if (first_replication + span.count < replications) continue;
    const tables = open.tables();
    open = undefined;
    for (const rows of tables.series) await series.append(rows);
    for (const rows of tables.histograms) await histograms.append(rows);
    summary.push(...tables.summary);
    objectives.push(...tables.objectives);
    yield { kind: "point_completed", point_id, summary: tables.summary, objectives: tables.objectives };
  }
  await runs.close();
  await series.close();
  await histograms.close();
  await results.writeSummary(summary);
  if (objectives.length > 0) await results.writeObjectives(objectives);
  tally.judge(objectives);
}

function columnOf({ name, type, paths }: StudyParameter): {
  readonly name: string;
  readonly type: StudyParameter["type"];
  readonly description: string;
} {
  return { name, type, description: `Value of ${paths.join(" and ")}` };
}

/** Running counts of a study. */
class Tally {
  readonly #counts = { completed: 0, truncated: 0, failed: 0 };
  readonly #verdicts = { pass: 0, fail: 0, inconclusive: 0 };
  runs = 0;
  events = 0;
  firstFailure: string | undefined;

  add({ outcomes, reasons, events }: ChunkResult): void {
    this.runs += outcomes.length;
    this.events += events;
    for (const [row, outcome] of outcomes.entries()) {
      if (outcome === "completed") this.#counts.completed++;
      else if (outcome === "truncated") this.#counts.truncated++;
      else {
        this.#counts.failed++;
        this.firstFailure ??= reasons[row];
      }
    }
  }

  judge(objectives: readonly ObjectiveRow[]): void {
    for (const { verdict } of objectives) this.#verdicts[verdict]++;
  }

  counts(): OutcomeCounts {
    return { ...this.#counts };
  }

  verdicts(): VerdictCounts {
    return { ...this.#verdicts };
  }
}
