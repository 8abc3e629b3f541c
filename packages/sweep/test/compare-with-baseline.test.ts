import { join } from "node:path";
import { InputError } from "@loadstar/scenario";
import { describe, expect, test } from "vitest";
import { compareWithBaseline } from "../src/index.js";
import { resultsOf, valuesOf } from "./finished-study.js";
import { studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const BASELINE = `${SWEEP.replace("replications: 6", "replications: 30")}baseline: { users: 20 }\n`;

describe("compareWithBaseline", () => {
  test("compareWithBaseline takes differences of replications with the same number, corrected for their number", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { sweep: BASELINE });
      expect(study.baseline).toBe("users=20");
      const results = await resultsOf(study, { directory: join(directory, "r") });
      expect(results.manifest["baseline"]).toBe("users=20");
      const wanted = (name: string): boolean => name === "latency_s_mean" || name === "throughput_per_s";
      const rows = await compareWithBaseline(results, "users=20", { confidence: 0.95, wanted });
      expect(rows.map(({ point_id, metric }) => [point_id, metric])).toEqual([
        ["users=30", "throughput_per_s"],
        ["users=30", "latency_s_mean"],
      ]);
      const [before, after] = [await valuesOf(results, "users=20"), await valuesOf(results, "users=30")];
      const [throughput, latency] = rows;
      const differences = after["latency_s_mean"]!.map((value, row) => value - before["latency_s_mean"]![row]!);
      const mean = differences.reduce((sum, value) => sum + value, 0) / 30;
      expect(latency?.difference.estimate).toBeCloseTo(mean, 12);
      expect(latency).toMatchObject({ verdict: "worse", difference: { n: 30 } });
      expect(throughput).toMatchObject({ verdict: "better" });
      const smallest = Math.min(...rows.map(({ difference }) => difference.p_value));
      expect(Math.min(...rows.map(({ p_adjusted }) => p_adjusted))).toBeCloseTo(2 * smallest, 12);
    });
  });

  test.each([
    ["{ users: 25 }", "baseline: must be a point of the sweep: current value is users=25, the first point is users=20"],
    ["{}", "baseline: must have every parameter: missing is users"],
    ["{ users: 20, user: 1 }", "baseline.user: unknown parameter user: did you mean users?"],
  ])("loadStudy refuses the baseline %s", async (baseline, message) => {
    await inTemporaryDirectory(async (directory) => {
      const attempt = studyOf(directory, { sweep: `${SWEEP}baseline: ${baseline}\n` });
      await expect(attempt).rejects.toThrow(InputError);
      await expect(attempt).rejects.toThrow(message);
    });
  });
});
