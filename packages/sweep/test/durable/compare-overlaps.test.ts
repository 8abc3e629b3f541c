import { ChunkDirectory, type ChunkContent } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { compareOverlaps } from "../../src/durable/compare-overlaps.js";
import { NondeterminismError } from "../../src/index.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

const KEY = "a".repeat(32);

/** Two metrics a replication, which follow from its number. */
function contentOf(first: number, count: number, wrong?: number): ChunkContent {
  const rows = Array.from({ length: count }, (_, row) => first + row);
  return {
    outcomes: rows.map(() => "completed"),
    reasons: rows.map(() => ""),
    metrics: Float64Array.from(rows.flatMap((replication) => [replication, replication === wrong ? -1 : Number.NaN])),
    paths: new Float64Array(0),
    groups: new Float64Array(0),
    histograms: [],
    events: count,
  };
}

async function withChunks(
  ranges: readonly (readonly [first: number, count: number, wrong?: number])[],
  work: (chunks: ChunkDirectory) => Promise<void>,
): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const chunks = await ChunkDirectory.open(directory);
    for (const [first, count, wrong] of ranges) {
      await chunks.write({ key: KEY, first_replication: first, count }, contentOf(first, count, wrong));
    }
    await work(chunks);
  });
}

describe("compareOverlaps", () => {
  test("compareOverlaps accepts chunks that agree, whatever their borders", async () => {
    await withChunks(
      [
        [0, 10],
        [0, 4],
        [4, 4],
        [6, 10],
        [20, 5],
      ],
      async (chunks) => {
        await expect(compareOverlaps(chunks)).resolves.toBeUndefined();
      },
    );
  });

  test("compareOverlaps finds outcomes that differ where no metric does", async () => {
    await withChunks([[0, 10]], async (chunks) => {
      const content = contentOf(4, 4);
      const outcomes = content.outcomes.with(2, "truncated");
      await chunks.write({ key: KEY, first_replication: 4, count: 4 }, { ...content, outcomes });
      await expect(compareOverlaps(chunks)).rejects.toThrow(/in replication 6$/);
    });
  });

  test.each([
    [
      "inside",
      [
        [0, 10],
        [4, 4, 5],
      ],
      5,
    ],
    [
      "beyond a shorter one between",
      [
        [0, 10],
        [2, 2],
        [8, 4, 9],
      ],
      9,
    ],
    [
      "at the first replication that both have",
      [
        [0, 10],
        [9, 3, 9],
      ],
      9,
    ],
  ] as const)("compareOverlaps names the replication that differs %s", async (_where, ranges, replication) => {
    await withChunks(ranges, async (chunks) => {
      const attempt = compareOverlaps(chunks);
      await expect(attempt).rejects.toThrow(NondeterminismError);
      await expect(attempt).rejects.toThrow(new RegExp(`differs from .* in replication ${replication}$`));
    });
  });

  test("compareOverlaps does not compare what only one has", async () => {
    await withChunks(
      [
        [0, 10],
        [8, 4, 11],
      ],
      async (chunks) => {
        await expect(compareOverlaps(chunks)).resolves.toBeUndefined();
      },
    );
  });
});
