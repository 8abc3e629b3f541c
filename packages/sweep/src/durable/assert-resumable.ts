import { InputError } from "@loadstar/scenario";
import { ChunkDirectory, ResultsError, type WriteMode } from "@loadstar/store";
import { chunkKey } from "../chunks/chunk-key.js";
import { withDigests } from "../chunks/digest-of-array.js";
import { loadStudy } from "../load-study.js";
import type { Study } from "../study.js";
import { otherRecordings, readStudyData } from "../study-data.js";

/**
 * Resuming goes on with a sweep, whose points, replications and metrics may have changed. Where no run of it would be made again,
 * it would put another sweep in the place of its results.
 * @throws ResultsError then, before anything is written
 */
export async function assertResumable(
  study: Study,
  { directory, mode }: { readonly directory: string; readonly mode: WriteMode },
): Promise<void> {
  if (mode !== "resume") return;
  const chunks = await ChunkDirectory.open(directory);
  if (chunks.list().length === 0) return;
  if (study.points.some((point) => chunks.list(chunkKey(study, point)).length > 0)) return;
  const [other] = otherRecordings(await readStudyData(directory), study);
  if (other !== undefined) {
    throw new ResultsError(
      `Cannot resume "${directory}": ${other.name} must hold what its runs were made from: current value is another content, see loadstar why; another directory or --overwrite begins anew`,
    );
  }
  // Other metrics or another engine make all runs again, and are the same sweep.
  if (await hasRunsOf(study, directory)) return;
  throw new ResultsError(
    `Cannot resume "${directory}": it must hold a point of this sweep with the same seed: current value is another sweep, see loadstar why; another directory or --overwrite begins anew`,
  );
}

async function hasRunsOf({ seed, points }: Study, directory: string): Promise<boolean> {
  let before: Study;
  try {
    before = await loadStudy(directory);
  } catch (error) {
    if (error instanceof InputError || error instanceof ResultsError) return false;
    throw error;
  }
  const plans = new Set(before.points.map(({ plan }) => JSON.stringify(plan, withDigests)));
  return before.seed === seed && points.some(({ plan }) => plans.has(JSON.stringify(plan, withDigests)));
}
