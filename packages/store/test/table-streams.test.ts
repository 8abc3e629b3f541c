import { bucketLow } from "@loadstar/engine";
import * as fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createResults, openResults, ResultsError, type Histogram, type ResultsWriter } from "../src/index.js";
import { completedRuns, METRICS, POINTS } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("table streams", () => {
  test("openRuns refuses names of columns that stand twice", async () => {
    await withWriter(async (writer) => {
      for (const name of ["seed", "point_id", "latency_s_p95"]) {
        const attempt = writer.openRuns([...METRICS, { name, unit: "1", description: "x" }]);
        await expect(attempt).rejects.toThrow(ResultsError);
        await expect(attempt).rejects.toThrow(`each column name must be used once: current value is "${name}"`);
      }
    });
  });

  test("openRuns accepts replications in order, with gaps, and no others", async () => {
    await withWriter(async (writer) => {
      const runs = await writer.openRuns(METRICS);
      await runs.append(completedRuns("p0", 0, 2));
      await runs.append(completedRuns("p0", 5, 2));
      await runs.append(completedRuns("p2", 0, 1));
      for (const [point_id, first] of [
        ["p0", 7],
        ["p1", 0],
        ["p2", 0],
      ] as const) {
        await expect(runs.append(completedRuns(point_id, first, 1))).rejects.toThrow(
          /rows must come in the order of the points/,
        );
      }
      await expect(runs.append(completedRuns("p9", 0, 1))).rejects.toThrow(
        /point_id must be one of points.arrow: current value is "p9"/,
      );
      await expect(runs.append(completedRuns("p3", -1, 1))).rejects.toThrow(
        /positions must be whole numbers from 0: current value is -1/,
      );
      expect((await runs.close()).rows).toBe(5);
    });
  });

  test("openRuns refuses columns of different lengths and unknown outcomes", async () => {
    await withWriter(async (writer) => {
      const runs = await writer.openRuns(METRICS);
      const rows = completedRuns("p0", 0, 2);
      await expect(runs.append({ ...rows, metrics: new Float64Array(3) })).rejects.toThrow(
        /2 outcomes must have 2 reasons and 4 metrics: current value is 2 and 3/,
      );
      await expect(runs.append({ ...rows, reasons: [] })).rejects.toThrow(/current value is 0 and 4/);
      await expect(runs.append({ ...rows, outcomes: ["completed", "great"] })).rejects.toThrow(
        /current value is "great"/,
      );
    });
  });

  test("openSeries refuses an unknown metric, a repeated series and columns of different lengths", async () => {
    await withWriter(async (writer) => {
      const series = await writer.openSeries(METRICS);
      const one = Float64Array.of(1);
      const columns = { t_s: one, mean: one, band_low: one, band_high: one, p05: one, p50: one, p95: one };
      const piece = { point_id: "p1", metric: "latency_s_p95", ...columns };
      await expect(series.append({ ...piece, p95: new Float64Array(2) })).rejects.toThrow(
        /p95 must have 1 values: current value is 2/,
      );
      await expect(series.append({ ...piece, metric: "unknown" })).rejects.toThrow(
        /metric must be one that the table was opened with: current value is "unknown"/,
      );
      await series.append(piece);
      await expect(series.append(piece)).rejects.toThrow(/each once/);
    });
  });

  test("openHistograms refuses counts that are not whole and buckets without a count", async () => {
    await withWriter(async (writer) => {
      const append = async (indices: number[], counts: number[], metric: string): Promise<void> => {
        const buckets = { indices: Int32Array.from(indices), counts: Float64Array.from(counts) };
        await histograms.append({ point_id: "p1", metric, buckets });
      };
      const histograms = await writer.openHistograms(METRICS);
      await expect(append([1, 2], [1], "latency_s_p95")).rejects.toThrow(
        /2 buckets must have as many counts: current value is 1/,
      );
      await append([], [], "latency_s_p95");
      await expect(append([1], [0.5], "requests_completed")).rejects.toThrow(
        /a count must be a whole number >= 0: current value is 0.5/,
      );
    });
  });

  test("readHistograms gives back the buckets of any histogram, by their lower bounds", async () => {
    const indices = fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 50 });
    await inTemporaryDirectory(async (directory) => {
      let index = 0;
      await fc.assert(
        fc.asyncProperty(indices, async (unordered) => {
          const ascending = Int32Array.from(unordered).sort();
          const counts = Float64Array.from(ascending, (bucket) => bucket + 1);
          const path = join(directory, `r${index++}`);
          const writer = await createResults(path, { mode: "new", study: {} });
          await writer.writePoints(POINTS);
          const histograms = await writer.openHistograms(METRICS);
          const expected: Histogram = {
            point_id: "p0",
            metric: "latency_s_p95",
            buckets: { indices: ascending, counts },
          };
          await histograms.append(expected);
          await histograms.close();
          await writer.finish({});
          for await (const histogram of (await openResults(path)).readHistograms()) expect(histogram).toEqual(expected);
        }),
        { seed: 3, numRuns: 25, examples: [[[0]], [[1]], [[128, 129, 130, 100_000]]] },
      );
    });
    expect(bucketLow(129)).toBe(2 * bucketLow(1));
  });
});

async function withWriter(work: (writer: ResultsWriter) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const writer = await createResults(join(directory, "r"), { mode: "new", study: {} });
    await writer.writePoints(POINTS);
    await work(writer);
    await writer.discard();
  });
}
