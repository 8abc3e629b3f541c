import { mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openResults, ResultsError, verifyResults } from "../src/index.js";
import { writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("the Parquet folder", () => {
  test("createResults replaces it with the tables, and removes it where it is not asked for", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await writeSampleResults(results, { parquet: true });
      expect((await readdir(join(results, "parquet"))).toSorted()).toEqual([
        "histograms.parquet",
        "objectives.parquet",
        "points.parquet",
        "runs.parquet",
        "series",
        "summary.parquet",
      ]);
      await writeSampleResults(results, { mode: "overwrite", parquet: true });
      expect(await verifyResults(results)).toEqual({
        tables: 6,
        rows: 5026,
        chunks: 0,
        unfinished: false,
        problems: [],
      });
      await writeSampleResults(results, { mode: "overwrite" });
      expect((await readdir(results)).filter((entry) => !entry.endsWith(".arrow"))).toEqual(["manifest.json"]);
    });
  });

  test("createResults refuses to replace a folder with files of strangers", async () => {
    await inTemporaryDirectory(async (directory) => {
      for (const file of ["mine.csv", "series/notes.md", "series/metric=x/part-1.parquet"]) {
        const results = join(directory, file.replaceAll("/", "-"));
        await writeSampleResults(results, { parquet: true });
        await mkdir(join(results, "parquet", "series", "metric=x"), { recursive: true });
        await writeFile(join(results, "parquet", file), "");
        const attempt = writeSampleResults(results, { mode: "overwrite" });
        await expect(attempt).rejects.toThrow(ResultsError);
        await expect(attempt).rejects.toThrow(`current value is ${JSON.stringify(`parquet/${file}`)}`);
        expect(await readFile(join(results, "parquet", file), "utf8")).toBe("");
      }
    });
  });

  test("verifyResults names a Parquet file that was changed", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await writeSampleResults(results, { parquet: true });
      const file = join(results, "parquet", "runs.parquet");
      const bytes = await readFile(file);
      bytes[100] = bytes[100]! ^ 1;
      await writeFile(file, bytes);
      const { problems } = await verifyResults(results);
      expect(problems).toEqual([expect.stringContaining("runs.parquet")]);
      expect(problems[0]).toContain("its SHA-256 must be that of the manifest");
    });
  });

  test("openResults refuses a folder that is a link, and paths that lead elsewhere", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await writeSampleResults(results, { parquet: true });
      await rename(join(results, "parquet"), join(directory, "elsewhere"));
      await symlink(join(directory, "elsewhere"), join(results, "parquet"));
      await expect(openResults(results)).rejects.toThrow(/it must be a directory: current value is something else/);
      const manifest = await readFile(join(results, "manifest.json"), "utf8");
      for (const path of ["parquet/../points.arrow", "parquet/series/metric=../part-0.parquet/x", "/etc/passwd"]) {
        await writeFile(join(results, "manifest.json"), manifest.replace("parquet/runs.parquet", path));
        await expect(openResults(results)).rejects.toThrow(/must be a plain file name/);
      }
    });
  });
});
