import {
  ChunkDirectory,
  DamagedChunk,
  openResults,
  readStudyFile,
  type ChunkAddress,
  type ChunkContent,
} from "@loadstar/store";
import { ChunkKeeper } from "../chunks/chunk-keeper.js";
import type { Study } from "../study.js";

/** One replication as a results directory has it. */
export interface RecordedRun {
  readonly point_id: string;
  readonly replication: number;
  readonly outcome: string;
  readonly reason: string;
  /** One value for each of `RecordedRuns.metrics`; NaN where undefined or not produced. */
  readonly values: readonly number[];
}

/** The replications of a results directory: those of `runs.arrow`, or of the chunks if the study is not finished. */
export interface RecordedRuns {
  readonly metrics: readonly string[];
  /** All in the order of points and replications, or those of one point. */
  readonly rows: (point_id?: string) => AsyncGenerator<RecordedRun>;
}

/** @throws ResultsError */
export async function recordedRuns(study: Study, directory: string): Promise<RecordedRuns> {
  const isFinished = (await readStudyFile(directory)) === undefined;
  return isFinished ? await ofTable(directory) : await ofChunks(study, directory);
}

async function ofTable(directory: string): Promise<RecordedRuns> {
  const results = await openResults(directory);
  return {
    metrics: (await results.readRunMetrics()).map(({ name }) => name),
    async *rows(point_id) {
      for await (const runs of results.readPointRuns(point_id === undefined ? {} : { point_id })) {
        for (const [row, replication] of runs.replications.entries()) {
          const [outcome, reason] = [runs.outcomes[row]!, runs.reasons[row]!];
          const values = runs.metrics.map((column) => column[row]!);
          yield { point_id: runs.point_id, replication, outcome, reason, values };
        }
      }
    },
  };
}

async function ofChunks(study: Study, directory: string): Promise<RecordedRuns> {
  const chunks = await ChunkDirectory.open(directory);
  const keeper = new ChunkKeeper(study, chunks);
  const metrics = study.kept.metrics.map(({ name }) => name);
  return {
    metrics,
    async *rows(wanted) {
      for (const [point, { point_id }] of study.points.entries()) {
        if (wanted !== undefined && wanted !== point_id) continue;
        let next = 0;
        const { key } = keeper.address(point, { first_replication: 0, count: 1 });
        for (const address of chunks.list(key)) {
          const content = await readChunk(chunks, address);
          if (content === undefined) continue;
          const { first_replication, count } = address;
          // Chunks may overlap where their size has changed.
          for (let row = Math.max(0, next - first_replication); row < count; row++) {
            next = first_replication + row + 1;
            const [outcome, reason] = [content.outcomes[row]!, content.reasons[row]!];
            const values = [...content.metrics.subarray(row * metrics.length, (row + 1) * metrics.length)];
            yield { point_id, replication: first_replication + row, outcome, reason, values };
          }
        }
      }
    },
  };
}

/** Undefined for a chunk that is of no use: a resume runs it again. */
async function readChunk(chunks: ChunkDirectory, address: ChunkAddress): Promise<ChunkContent | undefined> {
  try {
    return await chunks.read(address);
  } catch (error) {
    if (error instanceof DamagedChunk) return undefined;
    throw error;
  }
}
