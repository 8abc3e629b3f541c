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
      expect(latency).toMatchObject({ follows_load: false });
      // More users are no better system.
      expect(throughput).toMatchObject({ verdict: "changed", follows_load: true });
      const smallest = Math.min(...rows.map(({ difference }) => difference.p_value));
      expect(Math.min(...rows.map(({ p_adjusted }) => p_adjusted))).toBeCloseTo(2 * smallest, 12);
    });
  });

  test("compareWithBaseline calls lower throughput worse where the load is the same, and changed where it is another one", async () => {
    await inTemporaryDirectory(async (directory) => {
      // The second way of the same parameter sends the same users to fewer cores, or lets them give up.
      const sweep = `${SWEEP.slice(0, SWEEP.indexOf("parameters:"))}parameters:
  cpu: { path: "topology_graph.nodes.servers[api].endpoints[0].steps[1].cpu_s.mean", values: [0.025, 0.1] }
  rate: { path: rqs_input.avg_request_per_minute_per_user.mean, values: [60, 40] }
  patience: { path: rqs_input.timeout_s, values: [50, 0.06] }
design: grid
baseline: { cpu: 0.025, rate: 60, patience: 50 }
`.replace("replications: 6", "replications: 30");
      const results = await resultsOf(await studyOf(directory, { sweep }), { directory: join(directory, "r") });
      const wanted = (name: string): boolean => /^(throughput_per_s|requests_timed_out|error_ratio)$/.test(name);
      const rows = await compareWithBaseline(results, "cpu=0.025,rate=60,patience=50", { confidence: 0.95, wanted });
      const verdictOf = (point_id: string, metric: string): string | undefined =>
        rows.find((row) => row.point_id === point_id && row.metric === metric)?.verdict;
      expect(verdictOf("cpu=0.1,rate=60,patience=50", "throughput_per_s")).toBe("worse");
      expect(verdictOf("cpu=0.025,rate=60,patience=0.06", "throughput_per_s")).toBe("worse");
      expect(verdictOf("cpu=0.025,rate=40,patience=50", "throughput_per_s")).toBe("changed");
      expect(verdictOf("cpu=0.025,rate=40,patience=0.06", "requests_timed_out")).toBe("changed");
      // A share of the requests can be compared whatever their number.
      expect(verdictOf("cpu=0.025,rate=40,patience=0.06", "error_ratio")).toBe("worse");
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
