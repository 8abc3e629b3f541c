import type { ChunkAddress, ChunkContent, ChunkDirectory } from "@loadstar/store";
import { NondeterminismError } from "./nondeterminism-error.js";

/**
 * Compares the replications that two chunks of a directory have in common although their borders differ: outcomes and
 * metrics, bit by bit. Each chunk is held against the one before it that reaches farthest.
 * @throws NondeterminismError for the first that differs
 */
export async function compareOverlaps(chunks: ChunkDirectory): Promise<void> {
  let farthest: ChunkAddress | undefined;
  for (const address of chunks.list()) {
    if (farthest?.key === address.key && address.first_replication < endOf(farthest)) {
      const differing = firstDifference(
        { address: farthest, content: await chunks.read(farthest) },
        { address, content: await chunks.read(address) },
      );
      if (differing !== undefined) {
        const [one, other] = [chunks.file(farthest), chunks.file(address)];
        throw new NondeterminismError(`chunk ${other} differs from ${one} in replication ${differing}`);
      }
    }
    if (farthest?.key !== address.key || endOf(address) > endOf(farthest)) farthest = address;
  }
}

interface FoundChunk {
  readonly address: ChunkAddress;
  readonly content: ChunkContent;
}

function endOf({ first_replication, count }: ChunkAddress): number {
  return first_replication + count;
}

/** The first replication that both have and that is not the same in both. */
function firstDifference(one: FoundChunk, other: FoundChunk): number | undefined {
  const first = Math.max(one.address.first_replication, other.address.first_replication);
  const end = Math.min(endOf(one.address), endOf(other.address));
  for (let replication = first; replication < end; replication++) {
    const [before, after] = [rowOf(one, replication), rowOf(other, replication)];
    const isSame =
      before.outcome === after.outcome &&
      before.metrics.length === after.metrics.length &&
      before.metrics.every((value, column) => Object.is(value, after.metrics[column]));
    if (!isSame) return replication;
  }
  return undefined;
}

function rowOf(
  { address, content }: FoundChunk,
  replication: number,
): { readonly outcome: string; readonly metrics: Float64Array } {
  const row = replication - address.first_replication;
  const width = content.metrics.length / address.count;
  return { outcome: content.outcomes[row]!, metrics: content.metrics.subarray(row * width, (row + 1) * width) };
}
