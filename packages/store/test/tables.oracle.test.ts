import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC, type Table } from "apache-arrow";
import pl, { type DataFrame } from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createResults, tableFile, type TableName } from "../src/index.js";
import { HOSTILE_IDS, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** Polars is an independent implementation of Arrow, in another language. */
describe("createResults, every table", () => {
  const files = new Map<TableName, Buffer>();
  beforeAll(async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeSampleResults(join(directory, "r"));
      for (const table of ["points", "runs", "summary", "objectives", "series", "histograms"] as const) {
        files.set(table, await readFile(join(directory, "r", tableFile(table))));
      }
    });
  });
  afterAll(() => files.clear());

  const bytesOf = (table: TableName): Buffer => files.get(table) ?? Buffer.alloc(0);
  const frameOf = (table: TableName): DataFrame => pl.readIPC(bytesOf(table));

  test("writePoints: Polars sees typed columns, NaN apart from null, texts", () => {
    const frame = frameOf("points");
    expect(frame.columns).toEqual(["point_id", "users", "algorithm", "cached"]);
    expect(frame.toRecords()).toEqual([
      { point_id: "p0", users: 100, algorithm: "round_robin", cached: true },
      { point_id: "p1", users: Number.NaN, algorithm: "least_outstanding", cached: false },
      { point_id: "p2", users: null, algorithm: null, cached: null },
      { point_id: "p3", users: 0.5, algorithm: "round_robin", cached: true },
    ]);
  });

  test("openRuns: Polars sees all rows of two batches, their sums, and nulls apart from NaN", () => {
    const frame = frameOf("runs");
    expect(frame.shape).toEqual({ height: 5004, width: 7 });
    expect(frame.getColumn("replication").sum()).toBe(0 + 1 + 2 + 3 + (4999 * 5000) / 2);
    expect(frame.getColumn("requests_completed").sum()).toBe(10 + 40 + 4999 * 5000);
    const latency = frame.getColumn("latency_s_p95");
    expect(latency.nullCount()).toBe(2);
    expect(latency.toArray().slice(0, 4)).toEqual([0.25, null, null, Number.NaN]);
    expect(frame.getColumn("seed").toArray().slice(0, 5).map(Number)).toEqual([-1, -1, -1, -1, 20_261_121]);
    expect(frame.getColumn("outcome").toArray().slice(0, 4)).toEqual(["completed", "truncated", "failed", "completed"]);
    expect(frame.getColumn("reason").toArray().slice(0, 4)).toEqual(["", "events > 1000", 'worker died: "boom"\n', ""]);
    expect(new Set(frame.getColumn("point_id").toArray())).toEqual(new Set(["p0", "p3"]));
  });

  test("openSummary: Polars sees the columns in order, infinite ends and joined flags", () => {
    const [first, second] = frameOf("summary").toRecords();
    expect(Object.entries(first ?? {})).toEqual([
      ["point_id", "p0"],
      ["metric", "latency_s_p95"],
      ["estimand", "mean"],
      ["estimate", 0.25],
      ["std_error", Number.NaN],
      ["ci_low", Number.NEGATIVE_INFINITY],
      ["ci_high", Number.POSITIVE_INFINITY],
      ["confidence", 0.95],
      ["method", "student_t"],
      ["n", 1],
      ["n_failed", 2],
      ["flags", "not_estimable_needs_2,zero_variance"],
    ]);
    expect(second).toMatchObject({ point_id: "p3", estimand: "quantile_0.95", n: 200, flags: "" });
  });

  test("writeObjectives: Polars sees the columns in order, NaN and infinite numbers, joined flags", () => {
    const [first, second, third] = frameOf("objectives").toRecords();
    expect(Object.entries(first ?? {})).toEqual([
      ["point_id", "p0"],
      ["objective", "latency_s_p95 below 0.2 in 95 % of replications"],
      ["metric", "latency_s_p95"],
      ["side", "below"],
      ["limit", 0.2],
      ["estimand", "probability_0.95"],
      ["estimate", 0.5],
      ["bound_low", 0],
      ["bound_high", 1],
      ["confidence", 0.95],
      ["method", "clopper_pearson"],
      ["verdict", "inconclusive"],
      ["n", 2],
      ["n_failed", 2],
      ["n_needed", Number.NaN],
      ["flags", "failed_replications,pass_needs_59"],
    ]);
    expect(second).toMatchObject({ side: "above", bound_high: Number.POSITIVE_INFINITY, verdict: "pass", flags: "" });
    expect(third).toMatchObject({ point_id: "p3", estimand: "quantile_0.5", verdict: "fail", n_needed: 0 });
  });

  test("openSeries: Polars sees one row for each cell", () => {
    const frame = frameOf("series");
    expect(frame.columns).toEqual(["point_id", "metric", "t_s", "mean", "band_low", "band_high", "p05", "p50", "p95"]);
    expect(frame.height).toBe(9);
    expect(frame.getColumn("t_s").sum()).toBe(18);
    expect(frame.getColumn("mean").toArray().slice(0, 3)).toEqual([1, Number.NaN, 1]);
  });

  test("openHistograms: Polars sees bounds and whole counts", () => {
    const frame = frameOf("histograms");
    expect(frame.columns).toEqual(["point_id", "metric", "low", "high", "count"]);
    expect(Number(frame.getColumn("count").sum())).toBe(10);
    const smallest = 1 / 1_073_741_824;
    expect(frame.getColumn("low").toArray().slice(0, 3)).toEqual([0, smallest, 2 * smallest]);
    expect(frame.getColumn("high").toArray().slice(0, 2)).toEqual([smallest, (smallest * 129) / 128]);
  });

  test("createResults: Polars' stream reader gives the same from byte 8 as its file reader", () => {
    for (const bytes of files.values()) {
      const stream = pl.readIPCStream(bytes.subarray(8));
      expect(stream.toRecords()).toEqual(pl.readIPC(bytes).toRecords());
      expect(stream.height).toBeGreaterThan(0);
    }
  });

  test("createResults: metadata names the table, its version, and unit and description of every column", () => {
    for (const [table, bytes] of files) {
      const { schema }: Table = tableFromIPC(bytes);
      expect([...schema.metadata]).toEqual([
        ["loadstar_table", table],
        ["loadstar_schema_version", "1"],
      ]);
      for (const { metadata } of schema.fields) {
        expect([...metadata.keys()]).toEqual(["unit", "description"]);
        expect([...metadata.values()].every((text) => text.length > 0)).toBe(true);
      }
    }
    const { schema } = tableFromIPC(bytesOf("runs"));
    expect(schema.fields[5]?.metadata.get("unit")).toBe("s");
    expect(schema.fields[5]?.metadata.get("description")).toBe("95 % quantile of the latency");
  });

  test("createResults: Polars reads one without rows, and ids of every kind", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await createResults(join(directory, "r"), { mode: "new", study: {} });
      await writer.writePoints({ parameters: [], rows: HOSTILE_IDS.map((point_id) => ({ point_id, values: [] })) });
      await (await writer.openRuns([])).close();
      await (await writer.openSeries([])).close();
      await (await writer.openHistograms([])).close();
      await (await writer.openSummary()).close();
      await writer.writeObjectives([]);
      await writer.finish({});
      const read = async (table: TableName): Promise<Buffer> => await readFile(join(directory, "r", tableFile(table)));
      for (const table of ["runs", "summary", "objectives", "series", "histograms"] as const) {
        expect(pl.readIPC(await read(table)).height).toBe(0);
        expect(pl.readIPCStream((await read(table)).subarray(8)).height).toBe(0);
      }
      expect(
        pl
          .readIPC(await read("points"))
          .getColumn("point_id")
          .toArray(),
      ).toEqual(HOSTILE_IDS);
    });
  });
});
