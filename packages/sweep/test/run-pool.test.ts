import { metricsOf, seriesOf } from "@loadstar/engine";
import { describe, expect, it } from "vitest";
import type { ChunkResult } from "../src/chunks/chunk.js";
import { RunPool } from "../src/run-pool.js";
import { GROUP, PATHS_KEPT } from "../src/series/series-layout.js";
import { smallPlan } from "./small-plan.js";

const none = new Int32Array(0);

describe("RunPool", () => {
  it("RunPool has as many tasks under way as there are without a warning", async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on("warning", note);
    const pool = new RunPool({ threads: 6, signal: new AbortController().signal });
    try {
      const keep = { metrics: none, series: none, histograms: none };
      const task = { plan_key: "base", plan: smallPlan(), seed: 1, count: 1, keep };
      const tasks = Array.from(
        { length: pool.tasks },
        async (_, k) => await pool.run({ ...task, first_replication: k }),
      );
      const outcomes = (await Promise.all(tasks)).flatMap((chunk) => chunk.outcomes);
      expect(outcomes).toEqual(Array.from({ length: 12 }, () => "completed"));
      expect(warnings).toEqual([]);
    } finally {
      process.off("warning", note);
      await pool.close();
    }
  });

  it("RunPool that is interrupted drops what is under way and what waits, and ends its threads wherever they are", async () => {
    // A thread that is ended while it starts makes Node abort the process: so this is done more than once.
    for (let round = 0; round < 4; round++) {
      const interruption = new AbortController();
      const pool = new RunPool({ threads: 2, signal: interruption.signal });
      const keep = { metrics: none, series: none, histograms: none };
      const task = { plan_key: "base", plan: { ...smallPlan(), horizon_s: 5e4 }, seed: 1, count: 64, keep };
      const tasks = Array.from({ length: 6 }, async (_, k) => await pool.run({ ...task, first_replication: 64 * k }));
      if (round > 1) await new Promise((resolve) => void setTimeout(resolve, 300));
      interruption.abort(new Error("enough"));
      const settled = await Promise.allSettled(tasks);
      expect(settled.map((it) => (it.status === "rejected" ? String(it.reason) : it.status))).toEqual(
        Array.from({ length: 6 }, () => "Error: enough"),
      );
      await expect(pool.run({ ...task, first_replication: 0 })).rejects.toThrow("enough");
      await pool.close();
    }
  });

  it("RunPool runs chunks in memory of chunks before with the same results, and takes no memory but its own", async () => {
    const pool = new RunPool({ threads: 1 });
    try {
      const plan = { ...smallPlan(), series_cell_s: 1 };
      const all = (list: readonly unknown[]): Int32Array => Int32Array.from(list, (_, position) => position);
      const keep = { metrics: all(metricsOf(plan)), series: all(seriesOf(plan)), histograms: none };
      const run = async (first_replication: number, count: number): Promise<ChunkResult> =>
        await pool.run({ plan_key: "base", plan, seed: 1, first_replication, count, keep });
      // Kept paths, then a whole group and single paths.
      for (const [beginning, count] of [
        [0, 4],
        [PATHS_KEPT, GROUP + 2],
      ] as const) {
        const first = await run(beginning, count);
        const wanted = structuredClone({ ...first, elapsed_s: 0 });
        const { buffer } = first.metrics;
        const stranger = new Float64Array(8);
        pool.recycle([stranger, first.series.paths, first.metrics]);
        // Smaller, then as large again.
        const again = await run(beginning, 2);
        expect(again.metrics).toEqual(wanted.metrics.subarray(0, wanted.metrics.length / (count / 2)));
        expect([buffer.byteLength, stranger.length]).toEqual([0, 8]);
        expect(again.metrics.buffer).toBe(again.series.groups.buffer);
        pool.recycle([again.metrics]);
        expect({ ...(await run(beginning, count)), elapsed_s: 0 }).toEqual(wanted);
      }
    } finally {
      await pool.close();
    }
  });

  it("RunPool that was given nothing has nothing to end", async () => {
    const pool = new RunPool({ threads: 1000 });
    await pool.close();
    expect(pool.tasks).toBe(2000);
  });
});
