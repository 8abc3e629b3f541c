import { mkdir, readdir, readFile, rename, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ChunkDirectory, DamagedChunk, ResultsError } from "../../src/index.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { ADDRESS, CONTENT } from "./sample-chunk.js";

describe("ChunkDirectory", () => {
  test("ChunkDirectory writes chunks under names that say what they are about, and finds them again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const chunks = await ChunkDirectory.open(directory);
      expect(chunks.list()).toEqual([]);
      await chunks.write(ADDRESS, CONTENT);
      await chunks.write(ADDRESS, CONTENT);
      expect(await readdir(join(directory, "chunks"))).toEqual(["0123456789abcdef0123456789abcdef-64-3.chunk"]);
      for (const opened of [chunks, await ChunkDirectory.open(directory)]) {
        expect(opened.list()).toEqual([ADDRESS]);
        expect(opened.has(ADDRESS)).toBe(true);
        expect(opened.has({ ...ADDRESS, count: 2 })).toBe(false);
        expect(await opened.read(ADDRESS)).toEqual(CONTENT);
      }
    });
  });

  test("ChunkDirectory that was emptied has nothing, and writes chunks again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const chunks = await ChunkDirectory.open(directory);
      await chunks.write(ADDRESS, CONTENT);
      await chunks.removeAll();
      expect(chunks.list()).toEqual([]);
      expect(await readdir(directory)).toEqual([]);
      await chunks.write(ADDRESS, CONTENT);
      expect(await chunks.read(ADDRESS)).toEqual(CONTENT);
    });
  });

  test("ChunkDirectory writes many chunks at once, each with its own content, short ones in the memory of long ones", async () => {
    await inTemporaryDirectory(async (directory) => {
      const chunks = await ChunkDirectory.open(directory);
      const contentOf = (k: number): typeof CONTENT => {
        return {
          ...CONTENT,
          events: k,
          paths: Float64Array.from({ length: 40 * ((k % 3) + 1) }, (_, i) => 100 * k + i),
        };
      };
      const addresses = Array.from({ length: 12 }, (_, k) => ({ ...ADDRESS, first_replication: 3 * k }));
      for (let from = 0; from < 12; from += 6) {
        const some = addresses.slice(from, from + 6);
        await Promise.all(some.map(async (address, k) => await chunks.write(address, contentOf(from + k))));
      }
      for (const [k, address] of addresses.entries()) expect(await chunks.read(address)).toEqual(contentOf(k));
    });
  });

  test("ChunkDirectory lists the chunks of a key in the order of replications, the longest first", async () => {
    await inTemporaryDirectory(async (directory) => {
      const chunks = await ChunkDirectory.open(directory);
      const ranges = [
        [100, 28],
        [9, 1],
        [64, 3],
        [64, 36],
        [1000, 24],
      ] as const;
      for (const [first_replication, count] of ranges) {
        await chunks.writeBytes({ ...ADDRESS, first_replication, count }, new Uint8Array(1));
      }
      await chunks.writeBytes({ ...ADDRESS, key: "f".repeat(32) }, new Uint8Array(1));
      const listed = (await ChunkDirectory.open(directory)).list(ADDRESS.key);
      expect(listed.map((it) => [it.first_replication, it.count])).toEqual([
        [9, 1],
        [64, 36],
        [64, 3],
        [100, 28],
        [1000, 24],
      ]);
      expect(chunks.list()).toHaveLength(6);
      expect(chunks.list("e".repeat(32))).toEqual([]);
    });
  });

  test("ChunkDirectory pays no heed to names that it would not write", async () => {
    await inTemporaryDirectory(async (directory) => {
      const key = ADDRESS.key;
      const names = [
        `${key}-064-3.chunk`,
        `${key}-64-0.chunk`,
        `${key}-64-3.chunk.bak`,
        `${key}--1-3.chunk`,
        `${key}-64-3e0.chunk`,
        `${key.toUpperCase()}-64-3.chunk`,
        `${key.slice(1)}-64-3.chunk`,
        `${key}-9999999999999999-3.chunk`,
        `${key}-64-3.chunk\n`,
        "__proto__-0-1.chunk",
        ".0123456789ab.tmp",
      ];
      await mkdir(join(directory, "chunks"));
      for (const name of names) await writeFile(join(directory, "chunks", name), "");
      const chunks = await ChunkDirectory.open(directory);
      expect(chunks.list()).toEqual([]);
      await chunks.removeTemporaries();
      expect(await readdir(join(directory, "chunks"))).toHaveLength(names.length - 1);
    });
  });

  test("ChunkDirectory reads no chunk that is cut off, renamed or no file", async () => {
    await inTemporaryDirectory(async (directory) => {
      const chunks = await ChunkDirectory.open(directory);
      const other = { ...ADDRESS, first_replication: 0 };
      await chunks.write(ADDRESS, CONTENT);
      await chunks.write(other, CONTENT);
      await truncate(chunks.file(other), 100);
      await expect(chunks.read(other)).rejects.toThrow(DamagedChunk);
      await rename(chunks.file(ADDRESS), chunks.file(other));
      await expect(chunks.read(other)).rejects.toThrow("it is about other replications than its name says");
      await expect(chunks.read(ADDRESS)).rejects.toThrow(ResultsError);
      await symlink(chunks.file(other), chunks.file(ADDRESS));
      await expect(chunks.read(ADDRESS)).rejects.toThrow("it is no regular file");
    });
  });

  test("ChunkDirectory is never a link: what is behind it is not Loadstar's to write", async () => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(join(directory, "precious"));
      await writeFile(join(directory, "precious", ".0123456789ab.tmp"), "mine");
      await mkdir(join(directory, "r"));
      await symlink(join(directory, "precious"), join(directory, "r", "chunks"));
      await expect(ChunkDirectory.open(join(directory, "r"))).rejects.toThrow(ResultsError);
      expect(await readFile(join(directory, "precious", ".0123456789ab.tmp"), "utf8")).toBe("mine");
    });
  });

  test("ChunkDirectory says what the disk refused, and is settled when nothing is under way", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, "file"), "");
      await expect(ChunkDirectory.open(join(directory, "file"))).rejects.toThrow(/parent of the path must be a dir/);
      const chunks = await ChunkDirectory.open(join(directory, "r"));
      await writeFile(join(directory, "r"), "");
      const writing = chunks.write(ADDRESS, CONTENT);
      const failing = expect(writing).rejects.toThrow(/^Cannot write chunk .*ENOTDIR$/);
      await chunks.settled();
      await failing;
      expect(chunks.list()).toEqual([]);
    });
  });
});
