import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import pl, { type DataFrame } from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { createResults, openResults, tableFile, type TableName } from "../src/index.js";
import { completedRuns, HOSTILE_IDS, METRICS, POINTS, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** Polars is an independent implementation of Parquet, in another language. */
describe("createResults with parquet", () => {
  test("writeParquet: Polars sees the same rows as in the Arrow tables, NaN apart from null", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await writeSampleResults(results, { parquet: true });
      for (const table of ["points", "runs", "summary", "objectives", "histograms"] as const) {
        const parquet = pl.readParquet(join(results, "parquet", `${table}.parquet`));
        const arrow = pl.readIPC(await readFile(join(results, tableFile(table))));
        expect(parquet.columns).toEqual(arrow.columns);
        expect(parquet.toRecords()).toEqual(arrow.toRecords());
        expect(parquet.height).toBeGreaterThan(0);
      }
    });
  });

  test("writePartitions: the parts of a metric have its rows of series.arrow, without the column", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await writeSampleResults(results, { parquet: true });
      const arrow = pl.readIPC(await readFile(join(results, tableFile("series")))).toRecords();
      expect(new Set(arrow.map(({ metric }) => metric))).toEqual(new Set(METRICS.map(({ name }) => name)));
      for (const { name } of METRICS) {
        const part = partOf(results, `metric=${name}`);
        const own = arrow.filter(({ metric }) => metric === name);
        expect(part.toRecords()).toEqual(own.map(({ metric: _metric, ...row }) => row));
      }
    });
  });

  test("parquetLayout: the file names table, units and descriptions, as JSON and as an Arrow schema", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await writeSampleResults(results, { parquet: true });
      const arrow = tableFromIPC(await readFile(join(results, tableFile("runs"))));
      const text = (await readFile(join(results, "parquet", "runs.parquet"))).toString("latin1");
      const [, encoded = ""] = /ARROW:schema[^/]{1,5}(\/\/\/\/\/[A-Za-z0-9+/=]+)/.exec(text) ?? [];
      const { schema } = tableFromIPC(Buffer.from(encoded, "base64"));
      expect([...schema.metadata]).toEqual([...arrow.schema.metadata]);
      expect(schema.fields.map(({ name, nullable }) => [name, nullable])).toEqual(
        arrow.schema.fields.map(({ name, nullable }) => [name, nullable]),
      );
      expect(schema.fields.map(({ metadata }) => [...metadata])).toEqual(
        arrow.schema.fields.map(({ metadata }) => [...metadata]),
      );
      expect(String(schema.fields[0]?.type)).toBe("Utf8");
      expect(text).toContain('"latency_s_p95":{"unit":"s","description":"95 % quantile of the latency"}');
    });
  });

  test("writeParquet: equal results give equal bytes, all in the manifest with their digests", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "a"), { parquet: true });
      await writeSampleResults(join(directory, "b"), { parquet: true });
      const results = await openResults(join(directory, "a"));
      expect(results.manifest.files).toEqual((await openResults(join(directory, "b"))).manifest.files);
      await results.verifyDigests();
      const rows = new Map(results.manifest.files.map((digest) => [digest.file, digest.rows]));
      expect([...rows].filter(([file]) => file.startsWith("parquet/"))).toEqual([
        ["parquet/points.parquet", 4],
        ["parquet/runs.parquet", 5004],
        ["parquet/summary.parquet", 2],
        ["parquet/objectives.parquet", 3],
        ["parquet/series/metric=latency_s_p95/part-0.parquet", 6],
        ["parquet/series/metric=requests_completed/part-0.parquet", 3],
        ["parquet/histograms.parquet", 4],
      ]);
    });
  });

  test("ParquetFile: many row groups, and the sign of zero", async () => {
    await inTemporaryDirectory(async (directory) => {
      const metrics = Array.from({ length: 300 }, (_, k) => ({ name: `m${k}_s`, unit: "s", description: "x" }));
      const writer = await createResults(join(directory, "r"), { mode: "new", study: {}, parquet: true });
      await writer.writePoints(POINTS);
      const runs = await writer.openRuns(metrics);
      const count = 4500;
      const values = Float64Array.from({ length: 300 * count }, (_, k) => (k % 2 === 0 ? -0 : k));
      await runs.append({ ...completedRuns("p0", 0, count), metrics: values });
      await runs.close();
      await writer.finish({});
      const frame = pl.readParquet(join(directory, "r", "parquet", "runs.parquet"));
      expect(frame.shape).toEqual({ height: count, width: 305 });
      const zeros = frame.getColumn("m0_s").toArray();
      expect(zeros.every((value) => Object.is(value, -0))).toBe(true);
      const odd = frame.getColumn("m299_s").toArray();
      expect(odd).toEqual(Array.from({ length: count }, (_, k) => 300 * k + 299));
    });
  });

  test("writeParquet: tables without rows, ids of every kind", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      const writer = await createResults(results, { mode: "new", study: {}, parquet: true });
      await writer.writePoints({ parameters: [], rows: HOSTILE_IDS.map((point_id) => ({ point_id, values: [] })) });
      await (await writer.openRuns([])).close();
      await (await writer.openSeries([])).close();
      await (await writer.openHistograms([])).close();
      await (await writer.openSummary()).close();
      await writer.writeObjectives([]);
      await writer.finish({});
      const read = (table: TableName): DataFrame => pl.readParquet(join(results, "parquet", `${table}.parquet`));
      for (const table of ["runs", "summary", "objectives", "histograms"] as const) expect(read(table).height).toBe(0);
      expect(read("points").getColumn("point_id").toArray()).toEqual(HOSTILE_IDS);
      await (await openResults(results)).verifyDigests();
    });
  });

  test("writePartitions: names of every kind become folders of their own that Hive's readers decode", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      const names = ["../../etc/passwd", "a b=c%", "café.wait_s", "*?<>|\"'~", ".", "日".repeat(200), "日".repeat(199)];
      const many = Array.from({ length: 70 }, (_, k) => `n${k}`);
      const metrics = [...names, ...many].map((name) => ({ name }));
      const writer = await createResults(results, { mode: "new", study: {}, parquet: true });
      await writer.writePoints(POINTS);
      const series = await writer.openSeries(metrics);
      const columns = (mean: number): Float64Array => Float64Array.of(mean, mean);
      for (const [index, { name }] of metrics.entries()) {
        const c = columns(index);
        const values = { t_s: columns(1), mean: c, band_low: c, band_high: c, p05: c, p50: c, p95: c };
        await series.append({ point_id: "p0", metric: name, ...values });
      }
      await series.close();
      await writer.finish({});
      const { manifest } = await openResults(results);
      const folders = manifest.files.map(({ file }) => file.split("/")[2] ?? "").filter((name) => name !== "");
      expect(folders.length).toBe(metrics.length);
      expect(folders.slice(0, 5).map((folder) => decodeURIComponent(folder.slice("metric=".length)))).toEqual(
        names.slice(0, 5),
      );
      expect(folders[5]).toMatch(/^metric=(%E6%97%A5){24}~[0-9a-f]{16}$/);
      expect(new Set(folders).size).toBe(metrics.length);
      expect(folders.every((folder) => folder.length < 256 && /^[\w.=%~-]+$/.test(folder))).toBe(true);
      expect(folders.map((folder) => partOf(results, folder).getColumn("mean").toArray())).toEqual(
        metrics.map((_, index) => [index, index]),
      );
    });
  });
});

function partOf(results: string, folder: string): DataFrame {
  return pl.readParquet(join(results, "parquet", "series", folder, "part-0.parquet"));
}
