import { ENGINE_VERSION } from "@loadstar/engine";
import { ChunkDirectory } from "@loadstar/store";
import { ChunkKeeper } from "../chunks/chunk-keeper.js";
import { loadStudy } from "../load-study.js";
import type { StudyOverrides } from "../override-sweep.js";
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
}

/**
 * Says what of a study a results directory holds, and what has changed where it does not. `file` is the sweep as it is now;
 * by default the one that the directory was made from. @throws InputError, ResultsError
 */
export async function whyRecompute(
  directory: string,
  { file, overrides }: { readonly file?: string; readonly overrides?: StudyOverrides } = {},
): Promise<RecomputeReport> {
  const data = await readStudyData(directory);
  const before = await loadStudy(directory);
  const after = await loadStudy(file ?? String(data["file"]), overrides);
  const keeper = new ChunkKeeper(after, await ChunkDirectory.open(directory));
  const wanted = after.replications.min;
  const points = after.points.map(({ point_id }, point) => {
    const ranges = keeper.cut(point, { first_replication: 0, count: wanted });
    const present = ranges.filter((range) => keeper.isPresent(point, range));
    return { point_id, wanted, present: present.reduce((sum, { count }) => sum + count, 0) };
  });
  const engine_version = String(data["engine_version"] ?? ENGINE_VERSION);
  // The stored study names its files, which hold today what the present one finds there.
  const recordings = otherRecordings(data, after).map(({ name, ...digests }) => ({
    field: `recorded[${name}]`,
    ...digests,
  }));
  return { points, differences: [...studyDifferences({ ...before, engine_version }, after), ...recordings] };
}
