import { createHash } from "node:crypto";
import { DamagedChunk, ResultsError, type ChunkAddress, type ChunkDirectory } from "@loadstar/store";
import { Arrivals } from "../arrivals.js";
import { contentOf } from "../chunks/chunk-content.js";
import { ChunkKeeper } from "../chunks/chunk-keeper.js";
import { chunkTask } from "../chunks/chunk-task.js";
import type { ReplicationRange } from "../series/series-layout.js";
import { RunPool } from "../run-pool.js";
import type { Study } from "../study.js";

export interface AuditOptions {
  /** Share of the chunks that are run again, range (0, 1]; at least one is. */
  readonly share: number;
  readonly threads: number;
  readonly signal?: AbortSignal;
  /** What runs the chunks, see `RunPoolOptions`. */
  readonly worker?: URL;
}

/** A chunk that gave other numbers when it was run again. */
export interface AuditFinding {
  readonly point_id: string;
  readonly first_replication: number;
  readonly count: number;
  /** The first metric that differs, or what else does. */
  readonly what: string;
}

export interface AuditReport {
  readonly chunks: number;
  readonly replications: number;
  readonly findings: readonly AuditFinding[];
}

/**
 * Runs a share of the chunks of a study again, on fresh threads, and compares the numbers bit by bit. Which chunks follows
 * from their names alone, so that nobody can choose them.
 *
 * @throws ResultsError when a chunk is damaged, or the thread that runs it again is lost: neither says anything about the numbers
 */
export async function auditChunks(study: Study, chunks: ChunkDirectory, options: AuditOptions): Promise<AuditReport> {
  const chosen = chosenChunks(study, chunks, options.share);
  // Without a limit of wall time: what is on the disk ended by itself.
  const pool = new RunPool(options);
  const keeper = new ChunkKeeper(study, chunks);
  const arrivals = new Arrivals<AuditFinding | undefined>();
  const findings: AuditFinding[] = [];
  let replications = 0;
  try {
    for (let next = 0; next < chosen.length || arrivals.expected > 0;) {
      while (arrivals.expected < pool.tasks && next < chosen.length) {
        const { point, range } = chosen[next++]!;
        replications += range.count;
        arrivals.expect(auditChunk(study, { point, range, keeper, chunks, pool }));
      }
      const arrival = await arrivals.next();
      if ("error" in arrival) throw arrival.error;
      if (arrival.value !== undefined) findings.push(arrival.value);
    }
  } finally {
    await pool.close();
  }
  return { chunks: chosen.length, replications, findings };
}

interface Chosen {
  readonly point: number;
  readonly range: ReplicationRange;
}

function chosenChunks(study: Study, chunks: ChunkDirectory, share: number): readonly Chosen[] {
  const keeper = new ChunkKeeper(study, chunks);
  const all = study.points.flatMap((_, point) =>
    chunks.list(keeper.address(point, { first_replication: 0, count: 1 }).key).map((range) => ({ point, range })),
  );
  const drawn = all
    .map((chunk) => ({ chunk, lot: lotOf(keeper, chunk) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ chunk }) => chunk);
  return drawn.slice(0, Math.max(1, Math.ceil(share * drawn.length)));
}

function lotOf(keeper: ChunkKeeper, { point, range }: Chosen): string {
  const { key, first_replication, count } = keeper.address(point, range);
  return createHash("sha256").update(`audit ${key} ${first_replication} ${count}`).digest("hex");
}

async function auditChunk(
  study: Study,
  about: Chosen & { readonly keeper: ChunkKeeper; readonly chunks: ChunkDirectory; readonly pool: RunPool },
): Promise<AuditFinding | undefined> {
  const { point, range, keeper, chunks, pool } = about;
  const before = await wholeContent(chunks, keeper.address(point, range));
  const { first_replication, count } = range;
  const result = await pool.run(chunkTask(study, point, { first_replication, count }));
  const { point_id } = study.points[point]!;
  if (result.is_lost) {
    throw new ResultsError(
      `Cannot audit ${point_id} replications ${first_replication} to ${first_replication + count - 1}: they must run to their end: current value is ${result.reasons[0]}`,
    );
  }
  const what = firstDifference(before, contentOf(result), study);
  return what === undefined ? undefined : { point_id, first_replication, count, what };
}

async function wholeContent(chunks: ChunkDirectory, address: ChunkAddress): Promise<Content> {
  try {
    return await chunks.read(address);
  } catch (error) {
    if (!(error instanceof DamagedChunk)) throw error;
    throw new ResultsError(
      `Cannot audit chunk "${chunks.file(address)}": it must be whole: ${error.message}; --resume mends it`,
      { cause: error },
    );
  }
}

type Content = ReturnType<typeof contentOf>;

function firstDifference(before: Content, after: Content, { kept }: Study): string | undefined {
  if (before.outcomes.join() !== after.outcomes.join()) return "outcomes";
  if (before.reasons.join("\0") !== after.reasons.join("\0")) return "reasons";
  const metric = differingPosition(before.metrics, after.metrics);
  if (metric !== undefined) return kept.metrics[metric % kept.metrics.length]?.name ?? "metrics";
  if (before.events !== after.events) return "events";
  if (differingPosition(before.paths, after.paths) !== undefined) return "series";
  if (differingPosition(before.groups, after.groups) !== undefined) return "series";
  if (before.histograms.length !== after.histograms.length) return "histograms";
  for (const [index, { indices, counts }] of before.histograms.entries()) {
    const other = after.histograms[index]!;
    const isSame =
      differingPosition(indices, other.indices) === undefined && differingPosition(counts, other.counts) === undefined;
    if (!isSame) return `histogram of ${kept.histograms[index]?.name ?? index}`;
  }
  return undefined;
}

/** NaN equals NaN; 0 and -0 differ. */
function differingPosition(before: ArrayLike<number>, after: ArrayLike<number>): number | undefined {
  const length = Math.max(before.length, after.length);
  for (let k = 0; k < length; k++) if (!Object.is(before[k], after[k])) return k;
  return undefined;
}
