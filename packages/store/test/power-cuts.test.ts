import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import {
  ChunkDirectory,
  createResults,
  openResults,
  OccupiedError,
  readStudyFile,
  TextFileWriter,
  writeFileAtomically,
  type ChunkAddress,
} from "../src/index.js";
import { hasManifest } from "../src/manifest.js";
import { CONTENT } from "./chunks/sample-chunk.js";
import { powerCuts, treeOf, writeTree, type PowerCut, type Tree } from "./power-cuts.js";
import { recordedDisk, type DiskOperation } from "./recorded-disk.js";
import { completedRuns, METRICS, POINTS, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const CHUNK: ChunkAddress = { key: "0".repeat(32), first_replication: 0, count: 3 };

describe("power cuts", () => {
  test("powerCuts of a file that is created, written and renamed: what a disk may hold after each", () => {
    const operations: readonly DiskOperation[] = [
      { kind: "create", path: "/r/new" },
      { kind: "write", path: "/r/new" },
      { kind: "sync", path: "/r/new", bytes: Uint8Array.of(2) },
      { kind: "rename", path: "/r/new", to: "/r/file" },
      { kind: "sync_directory", path: "/r" },
    ];
    const cuts = [...powerCuts(new Map([["file", Uint8Array.of(1)]]), operations, "/r")];
    expect(cuts.map(({ operations: done, tree }) => [done, Object.fromEntries(tree)])).toEqual([
      [0, { file: Uint8Array.of(1) }],
      [1, { file: Uint8Array.of(1), new: new Uint8Array(0) }],
      [3, { file: Uint8Array.of(1), new: Uint8Array.of(2) }],
      [4, { file: Uint8Array.of(2) }],
      [5, { file: Uint8Array.of(2) }],
    ]);
  });

  test("finish in place of other results: whenever the power is cut, one of them is there whole, or a study that can be gone on with", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeResults(path, { rows: 2, metric: "latency_s_p95" });
      const before = await treeOf(path);
      const old = (await openResults(path)).manifest;
      const operations = await recordedDisk(
        async () => await writeResults(path, { rows: 3, metric: "requests_completed" }),
      );
      const wanted = (await openResults(path)).manifest;
      const stateOf = async (place: string): Promise<string> => {
        if (!(await hasManifest(place))) {
          expect(await readStudyFile(place)).toEqual({ rows: 3 });
          await (await createResults(place, { mode: "resume", study: {} })).leave();
          return "study";
        }
        const results = await openResults(place);
        await results.verifyDigests();
        const isNew = isDeepStrictEqual(results.manifest, wanted);
        if (!isNew) expect(results.manifest).toEqual(old);
        return isNew ? "new" : "old";
      };
      const found = new Set<string>();
      for (const cut of powerCuts(before, operations, path)) {
        await atPowerCut(cut, async (place) => {
          const state = await stateOf(place);
          found.add(state);
          if (cut.operations === operations.length) expect(state).toBe("new");
        });
      }
      expect(found).toEqual(new Set(["old", "study", "new"]));
    });
  });

  test("ChunkDirectory has a chunk whole or not at all, also one that replaces another, whenever the power is cut", async () => {
    await inTemporaryDirectory(async (directory) => {
      const chunks = await ChunkDirectory.open(directory);
      const operations = await recordedDisk(async () => {
        await chunks.write(CHUNK, CONTENT);
        await chunks.write(CHUNK, { ...CONTENT, events: 2 });
      });
      const found = new Set<number>();
      for (const cut of powerCuts(new Map(), operations, directory)) {
        await atPowerCut(cut, async (place) => {
          const there = await ChunkDirectory.open(place);
          for (const address of there.list()) found.add((await there.read(address)).events);
        });
      }
      expect(found).toEqual(new Set([CONTENT.events, 2]));
    });
  });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ["writeFileAtomically", async (path) => await writeFileAtomically(path, "whole and new")],
    [
      "TextFileWriter",
      async (path) => {
        const writer = await TextFileWriter.open(path);
        for (const text of ["whole ", "and new"]) await writer.write(text);
        await writer.keep();
      },
    ],
  ])(
    "%s leaves the old or the new file whenever the power is cut, and the new one when it has ended",
    async (_, write) => {
      await inTemporaryDirectory(async (directory) => {
        const before: Tree = new Map([["page.html", Buffer.from("old")]]);
        const path = join(directory, "r");
        await writeTree(path, before);
        const operations = await recordedDisk(async () => await write(join(path, "page.html")));
        const texts = (cuts: readonly PowerCut[]): ReadonlySet<string> =>
          new Set(cuts.map(({ tree }) => Buffer.from(tree.get("page.html")!).toString("utf8")));
        const cuts = [...powerCuts(before, operations, path)];
        expect(texts(cuts)).toEqual(new Set(["old", "whole and new"]));
        const atEnd = cuts.filter(({ operations: done }) => done === operations.length);
        expect(texts(atEnd)).toEqual(new Set(["whole and new"]));
      });
    },
  );
});

describe("createResults", () => {
  test("createResults looks again when it has the lock: results that another process finished meanwhile stay", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      const writing = recordedDisk(
        async () => await createResults(path, { mode: "new", study: { name: "second" } }),
        async (operation) => {
          if (operation.path === join(path, ".lock") && operation.kind === "create") await writeSampleResults(path);
        },
      );
      await expect(writing).rejects.toThrow(OccupiedError);
      await expect(writing).rejects.toThrow(/it must be empty: current value is complete results$/);
      expect(await readdir(path)).not.toContain("study.json");
      expect(await readdir(path)).not.toContain(".lock");
      await (await openResults(path)).verifyDigests();
    });
  });
});

/** Runs `work` with a directory that holds what a power cut left, and says which one it was where it fails. */
async function atPowerCut({ operations, tree }: PowerCut, work: (directory: string) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const place = join(directory, "r");
    // Locks of processes that are gone have tests of their own, and take a second.
    await writeTree(place, new Map([...tree].filter(([path]) => !path.startsWith(".lock"))));
    try {
      await work(place);
    } catch (error) {
      throw new Error(`after ${operations} operations: ${[...tree.keys()].join(", ")}`, { cause: error });
    }
  });
}

/** Results with Parquet, in place of others. */
async function writeResults(
  directory: string,
  { rows, metric }: { readonly rows: number; readonly metric: string },
): Promise<void> {
  const writer = await createResults(directory, { mode: "overwrite", study: { rows }, parquet: true });
  await writer.chunks.write(CHUNK, CONTENT);
  await writer.writePoints(POINTS);
  const runs = await writer.openRuns(METRICS);
  await runs.append(completedRuns("p3", 0, rows));
  await runs.close();
  const series = await writer.openSeries(METRICS);
  const column = Float64Array.of(1, 2);
  const columns = { mean: column, band_low: column, band_high: column, p05: column, p50: column, p95: column };
  await series.append({ point_id: "p3", metric, t_s: column, ...columns });
  await series.close();
  await writer.finish({});
}
