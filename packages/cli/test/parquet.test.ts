import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

describe("main --parquet", () => {
  test("main sweep --parquet writes the same tables, and Parquet beside them", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const plain = await outcomeOf("sweep", sweep, "--out", path("plain"), "-j", "1");
      const { code, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "2", "--parquet");
      expect([plain.code, code]).toEqual([0, 0]);
      expect(err).toContain("histograms .arrow, manifest.json, parquet/)");
      await expect(access(path("plain/parquet"))).rejects.toThrow(/ENOENT/);
      const [before, after] = [await openResults(path("plain")), await openResults(path("r"))];
      const tables = after.manifest.files.filter(({ file }) => !file.startsWith("parquet/"));
      expect(tables).toEqual(before.manifest.files);
      await after.verifyDigests();
      const folders = await readdir(path("r/parquet/series"));
      expect(folders).toContain("metric=latency_s_mean");
      expect((await outcomeOf("compare", path("plain"), path("r"))).err).toContain("all tables have the same digests");
    });
  });

  test("main sweep --resume --parquet adds it to results that are there, byte for byte the same; without it goes", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const bytesOf = async (): Promise<Buffer> => await readFile(join(path("r"), "parquet", "runs.parquet"));
      await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1", "--parquet");
      const bytes = await bytesOf();
      expect((await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1", "--resume")).code).toBe(0);
      await expect(bytesOf()).rejects.toThrow(/ENOENT/);
      expect((await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1", "--resume", "--parquet")).code).toBe(0);
      expect(await bytesOf()).toEqual(bytes);
    });
  });

  test("main merge --parquet makes that of one machine; a shard has none", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("whole"), "-j", "1", "--parquet");
      for (const shard of ["1/2", "2/2"]) {
        const out = path(`part-${shard[0]}`);
        const refused = await outcomeOf("sweep", sweep, "--out", out, "-j", "1", "--shard", shard, "--parquet");
        expect([refused.code, refused.err]).toEqual([
          2,
          expect.stringContaining("--parquet must not come with --shard"),
        ]);
        await outcomeOf("sweep", sweep, "--out", out, "-j", "1", "--shard", shard);
      }
      const merged = await outcomeOf("merge", path("part-1"), path("part-2"), "--out", path("merged"), "--parquet");
      expect(merged.code).toBe(0);
      const [whole, parts] = [await openResults(path("whole")), await openResults(path("merged"))];
      expect(parts.manifest.files).toEqual(whole.manifest.files);
    });
  });
});
