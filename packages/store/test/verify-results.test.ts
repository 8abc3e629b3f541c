import { open, readdir, readFile, rm, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createResults, ResultsError, verifyResults } from "../src/index.js";
import { ADDRESS, CONTENT } from "./chunks/sample-chunk.js";
import { writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** Rows of all sample tables. */
const ROWS = 4 + 5004 + 2 + 3 + 9 + 4;

describe("verifyResults", () => {
  test("verifyResults counts what it looked at, and finds nothing wrong with what is whole", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      expect(await verifyResults(path)).toEqual({ tables: 6, rows: ROWS, chunks: 0, unfinished: false, problems: [] });
      await unfinished(path);
      expect(await verifyResults(path)).toEqual({ tables: 6, rows: ROWS, chunks: 1, unfinished: false, problems: [] });
      await unfinished(join(directory, "u"));
      expect(await verifyResults(join(directory, "u"))).toEqual({
        tables: 0,
        rows: 0,
        chunks: 1,
        unfinished: true,
        problems: [],
      });
      // What is damaged is not merely unfinished.
      await flipBit(join(directory, "u", "chunks", (await readdir(join(directory, "u", "chunks")))[0]!));
      expect(await verifyResults(join(directory, "u"))).toMatchObject({ chunks: 1, unfinished: false });
    });
  });

  test("verifyResults names every table with one flipped bit, and the others are looked at all the same", async () => {
    await inTemporaryDirectory(async (directory) => {
      for (const table of ["points", "runs", "summary", "objectives", "series", "histograms"]) {
        const path = join(directory, table);
        await writeSampleResults(path);
        await flipBit(join(path, `${table}.arrow`));
        const { tables, problems } = await verifyResults(path);
        expect(tables).toBe(6);
        expect(problems).toEqual([
          expect.stringContaining(`${table}.arrow": its SHA-256 must be that of the manifest`),
        ]);
      }
    });
  });

  test("verifyResults names a table that is cut off or gone, and still reads the chunks", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      const chunk = await unfinished(path);
      await truncate(join(path, "runs.arrow"), 1000);
      const cut = await verifyResults(path);
      expect(cut).toMatchObject({ chunks: 1, problems: [expect.stringContaining("runs.arrow")] });
      await unlink(join(path, "runs.arrow"));
      await flipBit(chunk);
      const gone = await verifyResults(path);
      expect(gone.problems).toEqual([
        expect.stringMatching(/runs\.arrow.*ENOENT/),
        `Cannot read chunk "${chunk}": its SHA-256 differs`,
      ]);
    });
  });

  test("verifyResults names a row count that is not that of the manifest", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      const file = join(path, "manifest.json");
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replace('"rows": 5004', '"rows": 5003'));
      const { problems } = await verifyResults(path);
      expect(problems).toEqual([expect.stringContaining("5003")]);
    });
  });

  test("verifyResults of an unfinished sweep says that an earlier manifest is damaged", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      await unfinished(path);
      await writeFile(join(path, "manifest.json"), "{");
      const { chunks, problems } = await verifyResults(path);
      expect({ chunks, problems }).toEqual({
        chunks: 1,
        problems: [expect.stringContaining("manifest.json must be JSON")],
      });
    });
  });

  test("verifyResults refuses what is no results directory", async () => {
    await inTemporaryDirectory(async (directory) => {
      await expect(verifyResults(directory)).rejects.toThrow(ResultsError);
      await expect(verifyResults(directory)).rejects.toThrow("it must hold a manifest.json");
      await expect(verifyResults(join(directory, "none"))).rejects.toThrow(/ENOENT/);
      await writeFile(join(directory, "manifest.json"), '{"name": "a web app"}');
      await expect(verifyResults(directory)).rejects.toThrow("manifest.json must be a Loadstar manifest");
      await rm(join(directory, "manifest.json"));
      await writeFile(join(directory, "study.json"), "{}");
      await expect(verifyResults(directory)).rejects.toThrow("its version must be 1");
    });
  });
});

/** Makes of a directory an unfinished sweep with one chunk, and gives the chunk's file. */
async function unfinished(path: string): Promise<string> {
  const writer = await createResults(path, { mode: "resume", study: {} });
  await writer.chunks.write(ADDRESS, CONTENT);
  await writer.discard();
  return writer.chunks.file(ADDRESS);
}

async function flipBit(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    const { size } = await handle.stat();
    const byte = new Uint8Array(1);
    await handle.read(byte, 0, 1, Math.floor(size / 2));
    await handle.write(Uint8Array.of(byte[0]! ^ 8), 0, 1, Math.floor(size / 2));
  } finally {
    await handle.close();
  }
}
