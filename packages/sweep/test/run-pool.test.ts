import { describe, expect, it } from "vitest";
import { RunPool } from "../src/run-pool.js";
import { smallPlan } from "./small-plan.js";

const none = new Int32Array(0);

describe("RunPool", () => {
  it("RunPool has as many tasks under way as there are without a warning", async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on("warning", note);
    const pool = new RunPool({ threads: 3, signal: new AbortController().signal });
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
});
