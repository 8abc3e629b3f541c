import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

describe("main plan", () => {
  test("main plan shows points, runs, cost and metrics, and writes nothing", async () => {
    await withSmallFiles(async ({ sweep, directory }) => {
      const { code, out, err } = await outcomeOf("plan", sweep);
      expect({ code, err }).toEqual({ code: 0, err: "notes on the input: 1, see loadstar check\n" });
      const [headline, cost, metrics, ...points] = out.split("\n");
      expect(headline).toBe("two-loads: 2 points x 4 replications = 8 runs, seed 7");
      expect(cost).toMatch(/^about [\d,]+ requests, under 1 s of computing on one thread$/);
      expect(metrics).toBe("metrics: 45 kept, 0 left out; 12 time series");
      expect(points).toEqual(["points:", "  users=20", "  users=30", ""]);
      expect((await readdir(directory)).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
    });
  });

  test("main plan follows the options that change a sweep, and shows the first points of many", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const words = ["--param", "users=1,2,3,4,5,6,7,8,9,10", "-n", "3", "--seed", "0", "--metric", "latency_s_*"];
      const { out } = await outcomeOf("plan", sweep, ...words);
      expect(out).toContain("10 points x 3 replications = 30 runs, seed 0\n");
      expect(out).toContain("metrics: 9 kept, 36 left out; 1 time series\n");
      expect(out).toContain("  users=8\n  ... and 2 more\n");
    });
  });

  test("main plan --json gives the same as data", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, out, err } = await outcomeOf("plan", sweep, "--json", "--metric", "throughput_per_s");
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const plan = JSON.parse(out) as { requests: number; cpu_s: number };
      expect(plan).toMatchObject({
        name: "two-loads",
        seed: 7,
        replications: 4,
        points: [
          { point_id: "users=20", parameters: { users: 20 } },
          { point_id: "users=30", parameters: { users: 30 } },
        ],
        runs: 8,
        metrics: ["throughput_per_s"],
        metrics_left_out: 44,
      });
      // 4 runs of 5 s at 20 and 30 requests/s are 1,000 on average; the pilots draw other users.
      expect(plan.requests).toBeGreaterThan(500);
      expect(plan.requests).toBeLessThan(2000);
      expect(plan.cpu_s).toBeGreaterThan(0);
    });
  });
});
