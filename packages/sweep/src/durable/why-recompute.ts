import { stat } from "node:fs/promises";
import { ENGINE_VERSION } from "@loadstar/engine";
import { ChunkDirectory } from "@loadstar/store";
import { ChunkKeeper, type DamageNote } from "../chunks/chunk-keeper.js";
import { loadStudy } from "../load-study.js";
import { overridesTogether, type StudyOverrides } from "../override-sweep.js";
import type { Study } from "../study.js";
import { otherRecordings, readStudyData } from "../study-data.js";
import { studyDifferences, type StudyDifference } from "./study-differences.js";

/** What resuming a directory would run. */
export interface RecomputeReport {
  readonly points: readonly {
    readonly point_id: string;
    /** Replications before the first look. */
    readonly wanted: number;
    /** Of these, replications that are on the disk. */
    readonly present: number;
  }[];
  /** Why chunks of the directory are of no use. */
  readonly differences: readonly StudyDifference[];
  /** Chunks that are of use but for their damage. */
  readonly damaged: readonly DamageNote[];
  /** The sweep that the directory was made from, where it is not there any more: then this is about the study as the directory remembers it. */
  readonly missing_file?: string;
}

/**
 * Says what of a study a results directory holds, and what has changed where it does not. `file` is the sweep as it is now; by
 * default the one that the directory was made from, with what the command line said then. Reads every chunk that would be
 * used. @throws InputError, ResultsError
 */
export async function whyRecompute(
  directory: string,
  { file, overrides }: { readonly file?: string; readonly overrides?: StudyOverrides } = {},
): Promise<RecomputeReport> {
  const data = await readStudyData(directory);
  const before = await loadStudy(directory);
  const { after, ...missing } = await presentStudy(directory, before, { file, overrides });
  const keeper = new ChunkKeeper(after, await ChunkDirectory.open(directory));
  const wanted = after.replications.min;
  const points: { readonly point_id: string; readonly wanted: number; readonly present: number }[] = [];
  for (const [point, { point_id }] of after.points.entries()) {
    let present = 0;
    for (const range of keeper.cut(point, { first_replication: 0, count: wanted })) {
      if (await keeper.isUsable(point, range)) present += range.count;
    }
    points.push({ point_id, wanted, present });
  }
  const engine_version = String(data["engine_version"] ?? ENGINE_VERSION);
  // The stored study names its files, which hold today what the present one finds there.
  const recordings = otherRecordings(data, after).map(({ name, ...digests }) => ({
    field: `recorded[${name}]`,
    ...digests,
  }));
  const differences = [...studyDifferences({ ...before, engine_version }, after), ...recordings];
  return { points, differences, damaged: keeper.damaged, ...missing };
}

/** What would be run now: `file`, or the one of the stored study with what was said then; that study itself where it is gone. */
async function presentStudy(
  directory: string,
  { source }: Study,
  { file, overrides = {} }: { readonly file: string | undefined; readonly overrides: StudyOverrides | undefined },
): Promise<{ readonly after: Study; readonly missing_file?: string }> {
  if (file !== undefined) return { after: await loadStudy(file, overrides) };
  if (await isThere(source.file)) {
    return { after: await loadStudy(source.file, overridesTogether(source.overrides, overrides)) };
  }
  return { after: await loadStudy(directory, overrides), missing_file: source.file };
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
