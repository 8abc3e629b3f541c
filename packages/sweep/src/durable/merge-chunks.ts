import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  ChunkDirectory,
  createResults,
  DamagedChunk,
  ResultsError,
  type ChunkAddress,
  type StudyData,
  type WriteMode,
} from "@loadstar/store";
import { loadStudy } from "../load-study.js";
import { readStudyData, studyDataOf } from "../study-data.js";
import type { Study } from "../study.js";
import { compareOverlaps } from "./compare-overlaps.js";
import { NondeterminismError } from "./nondeterminism-error.js";

/** What was put together. */
export interface MergedChunks {
  readonly study: Study;
  /** Chunks that were copied, and those that several directories had. */
  readonly copied: number;
  readonly repeated: number;
}

/**
 * Copies the chunks of several directories of one study into one, where `runStudy` with `resume` finds them. A chunk that
 * several have must be the same everywhere, and replications that chunks with other borders share too.
 *
 * @throws ResultsError when they are not of one study, or a chunk is damaged; NondeterminismError when two differ
 */
export async function mergeChunks(
  sources: readonly string[],
  { directory, mode }: { readonly directory: string; readonly mode: WriteMode },
): Promise<MergedChunks> {
  const study = await loadStudy(sources[0]!);
  const data = studyDataOf(study);
  await assertApart(sources, directory);
  for (const source of sources) {
    if (isDeepStrictEqual(identityOf(data), identityOf(await readStudyData(source)))) continue;
    throw new ResultsError(
      `Cannot merge "${source}": all must be of one study, see loadstar why: current value is another than that of "${sources[0]!}"`,
    );
  }
  const results = await createResults(directory, { mode, study: data });
  const counts = { copied: 0, repeated: 0 };
  try {
    for (const source of sources) {
      const chunks = await ChunkDirectory.open(source);
      for (const address of chunks.list()) {
        const bytes = await checkedBytes(chunks, address);
        if (!results.chunks.has(address)) {
          await results.chunks.writeBytes(address, bytes);
          counts.copied++;
          continue;
        }
        const there = await results.chunks.readBytes(address);
        if (Buffer.compare(there, bytes) !== 0) {
          throw new NondeterminismError(
            `chunk ${chunks.file(address)} differs from the same chunk of another directory`,
          );
        }
        counts.repeated++;
      }
    }
    await compareOverlaps(results.chunks);
  } catch (error) {
    // All of it are copies: half of a merge would only stand in the way of the next.
    await results.abandon();
    throw error;
  }
  await results.discard();
  return { study, ...counts };
}

/** Overwriting begins with removing what is there, which must not be what is to be merged. */
async function assertApart(sources: readonly string[], directory: string): Promise<void> {
  const place = async (path: string): Promise<string> => await realpath(path).catch(() => resolve(path));
  const target = await place(directory);
  for (const source of sources) {
    if ((await place(source)) !== target) continue;
    throw new ResultsError(
      `Cannot merge into "${directory}": it must be another directory than those that are merged: current value is one of them`,
    );
  }
}

/**
 * What two shares of a study have in common, as it comes back from a file. Where its files stood is each machine's own, and what
 * the command line said is in the sweep.
 */
function identityOf(study: StudyData): unknown {
  const { shard: _shard, file: _file, scenario_file: _scenarioFile, overrides: _overrides, sweep, ...data } = study;
  const { scenario: _scenario, ...rules } = (sweep ?? {}) as Readonly<Record<string, unknown>>;
  return JSON.parse(JSON.stringify({ ...data, sweep: rules }));
}

async function checkedBytes(chunks: ChunkDirectory, address: ChunkAddress): Promise<Uint8Array> {
  try {
    await chunks.read(address);
    return await chunks.readBytes(address);
  } catch (error) {
    if (!(error instanceof DamagedChunk)) throw error;
    throw new ResultsError(
      `Cannot merge chunk "${chunks.file(address)}": it must be whole: ${error.message}; resume its shard to mend it`,
      { cause: error },
    );
  }
}
