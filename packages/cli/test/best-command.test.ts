import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

const WORDS = ["--metric", "latency_s_mean", "--indifference", "0.005", "-j", "2"];

describe("main best", () => {
  test("main best shows what became of each point and the best, and ends with 0", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, out, err } = await outcomeOf("best", sweep, ...WORDS);
      expect(code).toBe(0);
      expect(out).toMatch(/^users +selection +latency_s_mean +95 % interval +n\n/);
      expect(out).toMatch(/\n +20 +BEST +[\d.]+ ms/);
      expect(out).toMatch(/\n +30 +out after \d+ +[\d.]+ m?s/);
      expect(out).toMatch(
        /\n\nusers=20 has the best \(smaller\) latency_s_mean, 95 % sure if by 5.000 ms or more; on \d+ fresh replications /,
      );
      expect(err).toMatch(
        /^two-loads: best latency_s_mean of 2 points on 2 threads, seed 7\nnotes on the input: 1, .*\n[\d,]+ runs\n$/,
      );
      const quiet = await outcomeOf("best", sweep, ...WORDS, "-q");
      expect(quiet).toEqual({ code: 0, out: out.slice(out.indexOf("\n\n") + 2), err: "" });
      expect((await outcomeOf("best", sweep, ...WORDS, "--larger", "-q")).out).toMatch(
        /^users=30 has the best \(larger\)/,
      );
    });
  });

  test("main best --json prints the answer and every point", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, out } = await outcomeOf("best", sweep, ...WORDS, "--json");
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        metric: "latency_s_mean",
        better: "smaller",
        best_point_id: "users=20",
        indifference: 0.005,
        confidence: 0.95,
        points: [{ point_id: "users=20", eliminated_at: null, estimate: { n_failed: 0 } }, { point_id: "users=30" }],
      });
    });
  });

  test("main best names points whose runs have no value, which cannot be the best", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, out, err } = await outcomeOf("best", sweep, ...WORDS, "--param", "users=0.5,20,30");
      expect(code).toBe(0);
      expect(out).toMatch(/\n +0.5 +out: \d+ absent /);
      expect(out).toContain("users=20 has the best");
      expect(err).toMatch(/\nabsent \d+ of \d+ runs at users=0.5, the metric is undefined there\n/);
    });
  });

  test("main best ends with 11 where replications end before it is sure", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const words = ["--metric", "latency_s_mean", "--indifference", "0.000001", "--max-replications", "20"];
      const { code, out } = await outcomeOf("best", sweep, ...words);
      expect(code).toBe(11);
      expect(out).toContain("No point is selected: 2 may still have the best (smaller) latency_s_mean");
    });
  });

  test.each([
    [["--metric", "latency_s_men"], 'there is no metric "latency_s_men": did you mean'],
    [["--metric", "api.cpu_utilization_ratio"], "is better must be said: larger or smaller"],
    [["--metric", "error_ratio", "--metric", "latency_s_mean"], "--metric must be given once"],
    [["--metric", "error_ratio", "--larger", "--smaller"], "--larger and --smaller must not both be given"],
    [
      ["--metric", "error_ratio", "--confidence", "0.5"],
      "--confidence must be > 0.5 for 2 points: current value is 0.5",
    ],
    [["--metric", "error_ratio", "--confidence", "1"], "--confidence must be > 0 and < 1: current value is 1"],
    [
      ["--metric", "error_ratio", "--param", "users=20"],
      "parameters: must make two points or more: current number is 1",
    ],
  ])("main best refuses %j", async (words, message) => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, err } = await outcomeOf("best", sweep, "--indifference", "0.01", ...words);
      expect(code).toBe(2);
      expect(err).toContain(message);
    });
  });

  test("main best refuses an indifference of nothing", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, err } = await outcomeOf("best", sweep, "--metric", "error_ratio", "--indifference", "0");
      expect(code).toBe(2);
      expect(err).toContain("--indifference must be > 0: current value is 0");
    });
  });
});
