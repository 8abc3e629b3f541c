import { metricsOf } from "@loadstar/engine";
import { ChunkRoom, encodeChunk } from "@loadstar/store/chunks";
import { describe, expect, test } from "vitest";
import { contentOf } from "../../src/chunks/chunk-content.js";
import { chunkTask } from "../../src/chunks/chunk-task.js";
import type { ChunkOutcome, ChunkResult, ChunkTask, FoldedChunk } from "../../src/chunks/chunk.js";
import { batchRunner } from "../../src/chunks/run-batch.js";
import { unpackSummary } from "../../src/chunks/packed-summary.js";
import { runChunk } from "../../src/chunks/run-chunk.js";
import type { Study } from "../../src/index.js";
import { foldRulesOf, PointFold } from "../../src/point-fold.js";
import { SWEEP, studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";

const COUNT = 6;
const KEY = "0123456789abcdef".repeat(2);

/** Two points, and objectives to be judged. */
const JUDGED = `${SWEEP}objectives:
  - { metric: latency_s_p95, below: 0.5, probability: 0.5 }
`;

/** All replications of a point, to be packed and folded. */
function wholePoint(study: Study, point: number): ChunkTask {
  const range = { first_replication: 0, count: COUNT };
  const { point_id } = study.points[point]!;
  return { ...chunkTask(study, point, range), address: { key: KEY, ...range }, fold_as: point_id };
}

async function withStudy(work: (study: Study) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (directory) => await work(await studyOf(directory, { sweep: JUDGED })));
}

/** Without what it took. */
function timeless<Chunk extends ChunkOutcome>(chunk: Chunk): Chunk {
  return { ...chunk, elapsed_s: 0 };
}

describe("batchRunner", () => {
  test("batchRunner gives for a whole point the tables that its fold gives, and the bytes of its chunk", async () => {
    await withStudy(async (study) => {
      const run = batchRunner();
      const tasks = [0, 1].map((point) => wholePoint(study, point));
      const chunks = await run({ tasks, rules: foldRulesOf(study) });
      for (const [point, chunk] of chunks.entries()) {
        const { result } = runChunk(chunkTask(study, point, { first_replication: 0, count: COUNT }), undefined);
        const fold = new PointFold(study, study.points[point]!);
        fold.add(result);
        const { tables, summary, metrics, encoded } = chunk as FoldedChunk;
        const { point_id } = study.points[point]!;
        expect({ ...tables, summary: unpackSummary(summary, point_id) }).toEqual(fold.tables());
        expect(tables.objectives).toHaveLength(1);
        expect(metrics).toEqual(result.metrics);
        const address = { key: KEY, first_replication: 0, count: COUNT };
        expect(Buffer.from(encoded!)).toEqual(Buffer.from(encodeChunk(address, contentOf(result), new ChunkRoom())));
      }
    });
  });

  test("batchRunner gives numbers that its next chunks leave as they are, in the memory that it was given", async () => {
    await withStudy(async (study) => {
      const run = batchRunner();
      const rules = foldRulesOf(study);
      const [first] = await run({ tasks: [wholePoint(study, 0)], rules });
      const before = structuredClone(first);
      const room = new ArrayBuffer(1 << 20);
      const [again] = await run({ tasks: [{ ...wholePoint(study, 0), room }], rules });
      await run({ tasks: [wholePoint(study, 1)], rules });
      expect(first).toEqual(before);
      expect(timeless(again!)).toEqual(timeless(first!));
      const { metrics, tables } = again as FoldedChunk;
      const of = tables.series.flatMap(({ mean, band_low, band_high, p05, p50, p95 }) => {
        return [mean, band_low, band_high, p05, p50, p95];
      });
      expect([metrics, ...of].every(({ buffer }) => buffer === room)).toBe(true);
    });
  });

  test("batchRunner packs chunks that are not folded, each into bytes of its own", async () => {
    await withStudy(async (study) => {
      const tasks = [0, 1].map((point) => wholePoint(study, point));
      const alone = await Promise.all(tasks.map(async (task) => (await batchRunner()({ tasks: [task] }))[0]!.encoded!));
      const together = (await batchRunner()({ tasks })).map(({ encoded }) => encoded!);
      expect(together.map((bytes) => Buffer.from(bytes))).toEqual(alone.map((bytes) => Buffer.from(bytes)));
      expect(new Set([...together].map(({ buffer }) => buffer)).size).toBe(2);
      expect(together.map(({ buffer, length }) => buffer.byteLength - length)).toEqual([0, 0]);
    });
  });

  test("batchRunner folds and packs nothing unasked, and packs nothing of what ran out of time", async () => {
    await withStudy(async (study) => {
      const run = batchRunner();
      const task = wholePoint(study, 0);
      const [plain] = await run({ tasks: [{ ...task, address: undefined, fold_as: undefined }] });
      expect("tables" in plain!).toBe(false);
      expect(plain!.encoded).toBeUndefined();
      expect((plain as ChunkResult).metrics).toHaveLength(COUNT * study.kept.metrics.length);
      // Without rules there is nothing to fold by.
      const [packed] = await run({ tasks: [task] });
      expect(["tables" in packed!, packed!.encoded === undefined]).toEqual([false, false]);
      const rules = foldRulesOf(study);
      const plan = { ...task.plan, horizon_s: 3e4 };
      const [late] = await run({ tasks: [{ ...task, plan, plan_key: "long" }], rules, replication_timeout_s: 1e-9 });
      expect(late).toMatchObject({ is_lost: true, encoded: undefined });
      expect(unpackSummary((late as FoldedChunk).summary, "p").at(-1)).toMatchObject({ estimate: 0, n: COUNT });
      expect(metricsOf(plan).length).toBeGreaterThan(0);
    });
  });
});
