import { openResults, type PointRuns, type Results } from "@loadstar/store";
import { runStudy, type RunStudyOptions, type Study, type StudyEvent } from "../src/index.js";

/** Runs a study to its end, with one thread unless told otherwise, and gives all its events. */
export async function eventsOf(
  study: Study,
  options: Partial<RunStudyOptions> & { readonly directory: string },
): Promise<readonly StudyEvent[]> {
  const events: StudyEvent[] = [];
  for await (const event of runStudy(study, { mode: "new", threads: 1, ...options })) events.push(event);
  return events;
}

/** Runs a study to its end and opens its results. */
export async function resultsOf(
  study: Study,
  options: Partial<RunStudyOptions> & { readonly directory: string },
): Promise<Results> {
  await eventsOf(study, options);
  return await openResults(options.directory);
}

/** All replications, by point. */
export async function runsByPoint(results: Results): Promise<ReadonlyMap<string, PointRuns>> {
  const found = new Map<string, PointRuns>();
  for await (const runs of results.readPointRuns()) found.set(runs.point_id, runs);
  return found;
}

/** The values of one point over its replications, by metric. */
export async function valuesOf(results: Results, point_id: string): Promise<Readonly<Record<string, number[]>>> {
  const metrics = await results.readRunMetrics();
  const runs = (await runsByPoint(results)).get(point_id);
  return Object.fromEntries(metrics.map(({ name }, index) => [name, Array.from(runs?.metrics[index] ?? [])]));
}

export type FinishedEvent = Extract<StudyEvent, { readonly kind: "finished" }>;

/** Runs a study to its end and gives the event that tells of it. */
export async function finished(
  study: Study,
  options: Partial<RunStudyOptions> & { readonly directory: string },
): Promise<FinishedEvent> {
  const last = (await eventsOf(study, options)).at(-1);
  if (last?.kind !== "finished") throw new Error(`it did not finish but ${String(last?.kind)}`);
  return last;
}
