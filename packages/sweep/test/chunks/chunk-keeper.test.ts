import { readFile, truncate, writeFile } from "node:fs/promises";
import { ChunkDirectory, type ChunkContent } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { contentOf } from "../../src/chunks/chunk-content.js";
import { ChunkKeeper, type PointRange } from "../../src/chunks/chunk-keeper.js";
import type { ChunkOutcome, ChunkResult } from "../../src/chunks/chunk.js";
import { chunkSize } from "../../src/chunks/chunk-size.js";
import { batchRunner } from "../../src/chunks/run-batch.js";
import type { Study } from "../../src/index.js";
import { studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

const RANGE = { first_replication: 0, count: 3 };
const HERE: PointRange = { point: 0, range: RANGE };

interface Bench {
  readonly study: Study;
  readonly chunks: ChunkDirectory;
  readonly keeper: ChunkKeeper;
  /** Obtains the chunk of `RANGE`. */
  readonly obtain: () => Promise<ChunkResult>;
  /** Runs chunks as a thread does. */
  readonly runChunks: (missing: readonly PointRange[]) => Promise<readonly ChunkOutcome[]>;
  /** How many chunks were run. */
  readonly runs: () => number;
}

describe("ChunkKeeper", () => {
  test("ChunkKeeper runs a chunk that is missing and reads one that is there, bit by bit the same", async () => {
    await atBench(async ({ keeper, obtain, runs }) => {
      const ran = await obtain();
      expect({ runs: runs(), read: keeper.replicationsRead }).toEqual({ runs: 1, read: 0 });
      const read = await obtain();
      expect({ runs: runs(), read: keeper.replicationsRead }).toEqual({ runs: 1, read: 3 });
      expect({ ...read, elapsed_s: 0 }).toEqual({ ...ran, elapsed_s: 0 });
      expect(keeper.damaged).toEqual([]);
    });
  });

  test.each<[string, (file: string) => Promise<void>, RegExp]>([
    ["cut off", async (file) => await truncate(file, 200), /SHA-256|cut off/],
    ["empty", async (file) => await truncate(file, 0), /cut off: 0 bytes/],
    ["damaged by one bit", flipBit, /SHA-256 differs/],
    ["overwritten", async (file) => await writeFile(file, "x".repeat(1000)), /it is no chunk/],
  ])("ChunkKeeper runs a chunk again that is %s, says so, and mends it", async (_, damage, reason) => {
    await atBench(async ({ chunks, keeper, obtain, runs }) => {
      const ran = await obtain();
      const file = chunks.file(keeper.address(0, RANGE));
      const bytes = await readFile(file);
      await damage(file);
      expect({ ...(await obtain()), elapsed_s: 0 }).toEqual({ ...ran, elapsed_s: 0 });
      expect(runs()).toBe(2);
      expect(keeper.damaged).toEqual([{ file, reason: expect.stringMatching(reason) as string }]);
      expect(Buffer.compare(await readFile(file), bytes)).toBe(0);
    });
  });

  test.each<[string, (content: ChunkContent) => ChunkContent]>([
    ["too few metrics", (content) => ({ ...content, metrics: content.metrics.slice(1) })],
    ["too many paths", (content) => ({ ...content, paths: new Float64Array(content.paths.length + 1) })],
    ["groups of moments", (content) => ({ ...content, groups: new Float64Array(36) })],
    ["no histogram", (content) => ({ ...content, histograms: [] })],
    ["buckets out of order", (content) => withBuckets(content, Int32Array.of(2, 1), Float64Array.of(1, 1))],
    ["a bucket twice", (content) => withBuckets(content, Int32Array.of(2, 2), Float64Array.of(1, 1))],
    ["a bucket below 0", (content) => withBuckets(content, Int32Array.of(-1), Float64Array.of(1))],
    ["a bucket that fills all memory", (content) => withBuckets(content, Int32Array.of(2 ** 30), Float64Array.of(1))],
    ["half a count", (content) => withBuckets(content, Int32Array.of(1), Float64Array.of(0.5))],
    ["a count that is no number", (content) => withBuckets(content, Int32Array.of(1), Float64Array.of(Number.NaN))],
    ["a negative count", (content) => withBuckets(content, Int32Array.of(1), Float64Array.of(-1))],
  ])("ChunkKeeper trusts no chunk with %s, though its SHA-256 is right", async (_, change) => {
    await atBench(async ({ chunks, keeper, obtain, runs }) => {
      const ran = await obtain();
      await chunks.write(keeper.address(0, RANGE), change(contentOf(ran)));
      expect({ ...(await obtain()), elapsed_s: 0 }).toEqual({ ...ran, elapsed_s: 0 });
      expect(runs()).toBe(2);
      expect(keeper.damaged.map(({ reason }) => reason)).toEqual(["its shape is not that of its study"]);
    });
  });

  test("ChunkKeeper keeps nothing of a chunk whose thread was lost", async () => {
    await atBench(async ({ chunks, keeper, obtain }) => {
      const lost = { ...(await obtain()), is_lost: true, encoded: undefined };
      await chunks.removeAll();
      expect(await keeper.obtain([HERE], async () => await Promise.resolve([lost]))).toEqual([lost]);
      expect(chunks.list()).toEqual([]);
      expect(keeper.isPresent(0, RANGE)).toBe(false);
    });
  });

  test("ChunkKeeper obtains several chunks in order, whichever of them are there, and puts each under its own name", async () => {
    await atBench(async ({ study, chunks, keeper, runChunks, runs }) => {
      const wanted = [
        { point: 0, range: { first_replication: 0, count: 3 } },
        { point: 1, range: { first_replication: 0, count: 3 } },
        { point: 1, range: { first_replication: 3, count: 2 } },
        { point: 0, range: { first_replication: 3, count: 3 } },
      ];
      const alone = await runChunks(wanted);
      const before = runs();
      await keeper.obtain([wanted[1]!], runChunks);
      for (const asked of [keeper, new ChunkKeeper(study, chunks)]) {
        const all = await asked.obtain(wanted, runChunks);
        expect(all.map(plainly)).toEqual(alone.map(plainly));
      }
      expect(runs() - before).toBe(4);
    });
  });

  test("ChunkKeeper takes a chunk that is damaged for one that is there and of no use", async () => {
    await atBench(async ({ chunks, keeper, obtain }) => {
      await obtain();
      expect(await keeper.isUsable(0, RANGE)).toBe(true);
      expect(await keeper.isUsable(1, RANGE)).toBe(false);
      await flipBit(chunks.file(keeper.address(0, RANGE)));
      expect([keeper.isPresent(0, RANGE), await keeper.isUsable(0, RANGE)]).toEqual([true, false]);
      expect(keeper.damaged).toHaveLength(1);
    });
  });

  test("ChunkKeeper says how much of a usual chunk some replications are", async () => {
    await atBench(async ({ study, keeper }) => {
      const size = chunkSize(study.points[0]!.plan, { series: study.kept.series.length });
      const share = (count: number): number => keeper.share({ point: 0, range: { first_replication: 0, count } });
      expect([share(size), share(2 * size), share(size / 4)]).toEqual([1, 2, 0.25]);
    });
  });

  test("ChunkKeeper cuts what is missing around what is there", async () => {
    await atBench(async ({ keeper, obtain }) => {
      await obtain();
      expect(keeper.cut(0, { first_replication: 0, count: 10 })).toEqual([RANGE, { first_replication: 3, count: 7 }]);
      expect(keeper.cut(1, { first_replication: 0, count: 10 })).toEqual([{ first_replication: 0, count: 10 }]);
    });
  });
});

async function atBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const study = await studyOf(directory);
    const chunks = await ChunkDirectory.open(directory);
    const keeper = new ChunkKeeper(study, chunks);
    let runs = 0;
    const inThread = batchRunner();
    const runChunks = async (missing: readonly PointRange[]): Promise<readonly ChunkOutcome[]> => {
      runs += missing.length;
      return await inThread({ tasks: missing.map((it) => keeper.taskOf(it)) });
    };
    const obtain = async (): Promise<ChunkResult> => {
      const [chunk] = await keeper.obtain([HERE], runChunks);
      // What is read has no bytes, and what is run is the same without them.
      return { ...(chunk as ChunkResult), encoded: undefined };
    };
    await work({ study, chunks, keeper, obtain, runChunks, runs: () => runs });
  });
}

/** What is the same whether a chunk was run or read. */
function plainly(chunk: ChunkOutcome): ChunkOutcome {
  return { ...chunk, elapsed_s: 0, encoded: undefined };
}

function withBuckets(content: ChunkContent, indices: Int32Array, counts: Float64Array): ChunkContent {
  return { ...content, histograms: content.histograms.map(() => ({ indices, counts })) };
}

async function flipBit(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  await writeFile(file, bytes);
}
