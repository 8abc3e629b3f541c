import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openResults, ResultsError, type PointRuns, type RunBatch } from "../src/index.js";
import { METRICS, OBJECTIVES, POINTS, SUMMARY, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("openResults", () => {
  test("openResults reads back what was written", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const results = await openResults(join(directory, "r"));
      expect(results.directory).toBe(join(directory, "r"));
      expect(results.manifest["loadstar_version"]).toBe("0.1.0");
      expect(results.has("runs")).toBe(true);
      const points = await results.readPoints();
      expect(points.rows).toEqual(POINTS.rows);
      expect(points.parameters[0]).toEqual(POINTS.parameters[0]);
      expect(points.parameters[1]).toEqual({
        name: "algorithm",
        type: "string",
        unit: "none",
        description: 'Parameter "algorithm" of the sweep',
      });
      expect(await results.readSummary()).toEqual(SUMMARY);
      expect(results.has("objectives")).toBe(true);
      expect(await results.readObjectives()).toEqual(OBJECTIVES);
      expect(await results.readRunMetrics()).toEqual(METRICS);
      await results.verifyDigests();
    });
  });

  test("readRuns yields the batches of the file, with the metrics asked for", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const results = await openResults(join(directory, "r"));
      const batches: RunBatch[] = [];
      for await (const batch of results.readRuns({ metrics: ["requests_completed"] })) batches.push(batch);
      expect(batches.map(({ point_ids }) => point_ids.length)).toEqual([4096, 908]);
      const [first] = batches;
      expect(first?.point_ids.slice(2, 6)).toEqual(["p0", "p0", "p3", "p3"]);
      expect(first?.outcomes.slice(0, 4)).toEqual(["completed", "truncated", "failed", "completed"]);
      expect(first?.reasons.slice(0, 2)).toEqual(["", "events > 1000"]);
      expect(first?.seeds.slice(3, 5)).toEqual(BigInt64Array.of(-1n, 20_261_121n));
      expect(first?.replications.slice(2, 6)).toEqual(Int32Array.of(2, 3, 0, 1));
      expect(first?.metrics.map((column) => column.slice(0, 6))).toEqual([
        Float64Array.of(10, Number.NaN, Number.NaN, 40, 0, 2),
      ]);
    });
  });

  test("readPointRuns joins the rows of a point over batches, and takes one point alone", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const results = await openResults(join(directory, "r"));
      const all: PointRuns[] = [];
      for await (const runs of results.readPointRuns()) all.push(runs);
      expect(all.map(({ point_id, replications }) => [point_id, replications.length])).toEqual([
        ["p0", 4],
        ["p3", 5000],
      ]);
      const replications = Int32Array.from({ length: 5000 }, (_, index) => index);
      expect(all[1]?.replications).toEqual(replications);
      expect(all[1]?.metrics).toEqual([Float64Array.from(replications), Float64Array.from(replications, (k) => 2 * k)]);
      const one: PointRuns[] = [];
      for await (const runs of results.readPointRuns({ point_id: "p3", metrics: [] })) one.push(runs);
      expect(one).toEqual([{ ...all[1], metrics: [] }]);
    });
  });

  test("readSeries and readHistograms yield one group after the other, filtered", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const results = await openResults(join(directory, "r"));
      const keys: string[] = [];
      for await (const { point_id, metric, t_s, mean } of results.readSeries()) {
        keys.push(`${point_id} ${metric}`);
        expect([t_s, mean]).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(1, Number.NaN, 1)]);
      }
      expect(keys).toEqual(["p0 latency_s_p95", "p0 requests_completed", "p3 latency_s_p95"]);
      const filtered: string[] = [];
      for await (const { point_id } of results.readSeries({ metrics: ["latency_s_p95"] })) filtered.push(point_id);
      for await (const { metric } of results.readSeries({ point_id: "p0" })) filtered.push(metric);
      expect(filtered).toEqual(["p0", "p3", "latency_s_p95", "requests_completed"]);
      for await (const histogram of results.readHistograms()) {
        expect(histogram).toEqual({
          point_id: "p1",
          metric: "latency_s_p95",
          buckets: { indices: Int32Array.of(0, 1, 129, 4000), counts: Float64Array.of(3, 1, 4, 2) },
        });
      }
    });
  });

  test("readRuns closes the file when the consumer stops early", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const results = await openResults(join(directory, "r"));
      const before = await openDescriptors();
      for (let k = 0; k < 5; k++) for await (const batch of results.readRuns()) if (batch.point_ids.length > 0) break;
      expect(await openDescriptors()).toBe(before);
    });
  });

  test("openResults refuses what is not results of a version it knows", async () => {
    const entry = { file: "runs.arrow", rows: 0, bytes: 0, sha256: "0".repeat(64) };
    const files = (changes: object): string =>
      JSON.stringify({ loadstar_manifest: 1, files: [{ ...entry, ...changes }] });
    const cases: readonly (readonly [string, string])[] = [
      ["{", "manifest.json must be JSON"],
      ["[1]", "manifest.json must be a Loadstar manifest: current value is other JSON"],
      ['{"name": "app"}', "manifest.json must be a Loadstar manifest"],
      [
        '{"loadstar_manifest": 2, "files": []}',
        "manifest version must be 1, the one this Loadstar knows: current value is 2",
      ],
      ['{"loadstar_manifest": 1}', "the manifest must have a list of files: current value is undefined"],
      [files({ file: "../secret" }), 'a file of the manifest must be a plain file name: current value is "../secret"'],
      [files({ file: "/etc/passwd" }), "a file of the manifest must be a plain file name"],
      [files({ file: ".." }), "a file of the manifest must be a plain file name"],
      [files({ file: "C:\\runs.arrow" }), "a file of the manifest must be a plain file name"],
      [files({ rows: -1 }), 'rows and bytes of "runs.arrow" must be whole numbers: current value is [-1,0]'],
      [files({ bytes: 1.5 }), "rows and bytes"],
      [files({ sha256: "x" }), 'sha256 of "runs.arrow" must be 64 hexadecimal digits: current value is "x"'],
      [JSON.stringify({ loadstar_manifest: 1, files: [null] }), "an entry of files must be an object"],
      [JSON.stringify({ loadstar_manifest: 1, files: [entry, entry] }), "the manifest must list each file once"],
      [files({}), "the path must exist: current value is ENOENT"],
    ];
    await inTemporaryDirectory(async (directory) => {
      for (const [text, message] of cases) {
        await writeFile(join(directory, "manifest.json"), text);
        await expect(openResults(directory)).rejects.toThrow(ResultsError);
        await expect(openResults(directory)).rejects.toThrow(message);
      }
      await truncate(join(directory, "manifest.json"), 268_435_457);
      await expect(openResults(directory)).rejects.toThrow("manifest.json must have at most 268435456 bytes");
      await rm(join(directory, "manifest.json"));
      await expect(openResults(directory)).rejects.toThrow("it must hold a manifest.json, which is written last");
      await mkdir(join(directory, "manifest.json"));
      await expect(openResults(directory)).rejects.toThrow("manifest.json must be a regular file");
      await expect(openResults(join(directory, "missing"))).rejects.toThrow(
        "the path must exist: current value is ENOENT",
      );
    });
  });

  test("openResults refuses a truncated file and a link", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const runs = join(directory, "r", "runs.arrow");
      await truncate(runs, 1000);
      await expect(openResults(join(directory, "r"))).rejects.toThrow(
        /runs.arrow": it must have the \d+ bytes of the manifest: current value is 1000 bytes/,
      );
      await rm(runs);
      await symlink("/etc/hostname", runs);
      await expect(openResults(join(directory, "r"))).rejects.toThrow(/runs.arrow": it must be a regular file/);
    });
  });

  test("openResults leaves it to each reader to refuse a file that is not the manifest's, wherever it differs", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const path = join(directory, "r", "summary.arrow");
      const intact = await readFile(path);
      for (const position of [0, 8, 20, 1000, intact.length >> 1, intact.length - 1]) {
        const damaged = Buffer.from(intact);
        damaged[position] = (damaged[position] ?? 0) ^ 1;
        await writeFile(path, damaged);
        const results = await openResults(join(directory, "r"));
        await expect(results.readSummary()).rejects.toThrow(ResultsError);
        await expect(results.readSummary()).rejects.toThrow(
          /summary.arrow": its SHA-256 must be that of the manifest, /,
        );
        await expect(results.verifyDigests()).rejects.toThrow(/its SHA-256/);
      }
    });
  });

  test("openResults leaves it to each reader to refuse what a manifest promised in vain", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const series = await readFile(join(directory, "r", "series.arrow"));
      const summary = await readFile(join(directory, "r", "summary.arrow"));
      const hollow = Buffer.concat([Buffer.from("ARROW1\0\0"), Buffer.alloc(100), Buffer.from("ARROW1")]);
      const renamed = Buffer.from(summary.toString("latin1").replaceAll("n_failed", "n_passed"), "latin1");
      const cases: readonly (readonly [Buffer, number, RegExp])[] = [
        [series, 9, /it must be table "summary" of schema version 1: current value is \["series","1"\]/],
        [summary, 3, /it must have the rows of the manifest \(3\): current value is 2/],
        [summary, 1, /it must have the rows of the manifest \(1\): current value is 2/],
        [renamed, 2, /its columns must be those of table "summary": current value is .*"n_passed"/],
        [hollow, 0, /summary.arrow": .*: current value is /],
        [Buffer.from("text"), 0, /it must begin and end as an Arrow file/],
        [Buffer.alloc(0), 0, /it must begin and end as an Arrow file/],
      ];
      for (const [bytes, rows, message] of cases) {
        await writeManifestFor(join(directory, "r"), "summary.arrow", bytes, rows);
        const results = await openResults(join(directory, "r"));
        await expect(results.readSummary()).rejects.toThrow(ResultsError);
        await expect(results.readSummary()).rejects.toThrow(message);
      }
      await expect((await openResults(join(directory, "r"))).readPoints()).rejects.toThrow(
        "the manifest must list points.arrow: current value is a list without it",
      );
    });
  });

  test("readRuns refuses a metric that is not there", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      const results = await openResults(join(directory, "r"));
      await expect(results.readRuns({ metrics: ["latency"] }).next()).rejects.toThrow(
        /a metric must be one of its columns: current value is "latency"/,
      );
    });
  });
});

async function openDescriptors(): Promise<number> {
  return (await readdir("/dev/fd")).length;
}

/** Makes a directory hold one file, with a manifest that speaks for it. */
async function writeManifestFor(directory: string, file: string, bytes: Buffer, rows: number): Promise<void> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await writeFile(join(directory, file), bytes);
  const manifest = { loadstar_manifest: 1, files: [{ file, rows, bytes: bytes.byteLength, sha256 }] };
  await writeFile(join(directory, "manifest.json"), JSON.stringify(manifest));
}
