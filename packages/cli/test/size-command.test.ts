import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

/** One server that bears less than 40 requests a second: 25 ms of CPU each. */
const WORDS = ["--find", "users", "--range", "15..60", "--step", "5", "--max-replications", "200", "-j", "2"];
const OBJECTIVE = ["--objective", "latency_s_mean < 0.2 in 80 %"];

describe("main size", () => {
  test("main size shows what was tried and the answer, and ends with 0", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, out, err } = await outcomeOf("size", sweep, ...WORDS, ...OBJECTIVE);
      expect(code).toBe(0);
      expect(out).toMatch(
        /^latency_s_mean below 0.2 in 80 % of runs\nusers +runs +verdict +estimate +97.5 % bounds +n/,
      );
      expect(out).toMatch(/\n +15 +search +pass +100.0 %/);
      expect(out).toMatch(/\n +60 +search +FAIL +/);
      expect(out).toMatch(
        /\n\nusers = \d+ is the largest in 15..60 that is proven \(95 % sure, \d+ fresh replications; \d+ is (not proven|broken)\): latency/,
      );
      expect(err).toMatch(/^two-loads: users in 15..60, 10 candidates on 2 threads, seed 7\n/);
      expect(err).toMatch(/\n[\d,]+ runs of \d+ candidates\n$/);
      const quiet = await outcomeOf("size", sweep, ...WORDS, ...OBJECTIVE, "-q");
      expect(quiet).toEqual({ code: 0, out: out.slice(out.lastIndexOf("\n", out.length - 2) + 1), err: "" });
    });
  });

  test("main size --json prints the answer and every trial, the same for any number of threads", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const words = ["size", sweep, ...WORDS, ...OBJECTIVE, "--json"];
      const { code, out } = await outcomeOf(...words);
      expect(code).toBe(0);
      const found = JSON.parse(out) as { trials: readonly object[] };
      expect(found).toMatchObject({ find: "users", low: 15, high: 60, answer: { kind: "found", want: "largest" } });
      expect(found.trials[0]).toMatchObject({
        value: 15,
        fresh: false,
        verdict: "pass",
        objectives: [{ metric: "latency_s_mean", estimand: "probability_0.8", verdict: "pass", confidence: 0.975 }],
      });
      expect(found.trials.at(-1)).toMatchObject({ fresh: true, verdict: "pass" });
      expect((await outcomeOf(...words.with(words.indexOf("-j") + 1, "1"))).out).toBe(out);
    });
  });

  test("main size ends with 10 where the objective is broken everywhere and with 11 where nothing is proven", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const broken = await outcomeOf("size", sweep, ...WORDS, "--objective", "latency_s_mean < 0.01");
      expect(broken.code).toBe(10);
      expect(broken.out).toContain(
        "No users in 15..60 will do: broken at 15 (30 replications) and 60 (30 replications)",
      );
      const open = await outcomeOf("size", sweep, ...WORDS, "--objective", "latency_s_mean < 9 in 99.9 %");
      expect(open.code).toBe(11);
      expect(open.out).toContain("No users in 15..60 is proven: open at 15 (30 replications)");
    });
  });

  test("main size asks which end is wanted where both are good", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const words = ["size", sweep, ...WORDS, "--objective", "latency_s_mean < 90"];
      const { code, out, err } = await outcomeOf(...words);
      expect(code).toBe(2);
      expect(out).toContain("Met at both ends of 15..60");
      expect(err).toContain("--want must be given: the objectives are met at both ends of the range");
      const largest = await outcomeOf(...words, "--want", "largest");
      expect(largest.out).toContain("users = 60 is the largest in 15..60 that is proven");
      expect(largest.out).toContain("; the end of the range)");
    });
  });

  test("main size tells of runs without a value, which count at their worst", async () => {
    await withSmallFiles(async ({ sweep }) => {
      const words = ["--find", "users", "--range", "0.5..30", "--step", "5", "--want", "largest", "-j", "2"];
      const { code, out, err } = await outcomeOf("size", sweep, ...words, "--objective", "latency_s_mean < 0.2");
      expect(code).toBe(11);
      expect(out).toContain("No users in 0.5..25.5 is proven: open at 0.5 (30 replications)");
      expect(err).toMatch(/\nabsent \d+ of 30 runs at users = 0.5, the metric is undefined there\n/);
    });
  });

  test("main size takes the objectives of the file", async () => {
    const objectives = "objectives: [{ metric: latency_s_mean, below: 0.2, confidence: 0.9 }]\n";
    const place = { sweep: `scenario: scenario.yaml\n${objectives}` };
    await withSmallFiles(async ({ sweep }) => {
      const path = "rqs_input.avg_active_users.mean";
      const words = ["--find", path, "--range", "15..60", "--tolerance", "10", "--max-replications", "100"];
      const { code, out } = await outcomeOf("size", sweep, ...words);
      expect(code).toBe(0);
      expect(out).toContain("(90 % sure");
      expect(out).toContain("mean of latency_s_mean below 0.2");
    }, place);
  });

  test.each([
    [["--range", "5"], '--range must be A..B: current value is "5"'],
    [["--range", "9..5"], "range: must go from a number to a larger one: current value is 9..5"],
    [["--range", "5..9", "--integer", "--step", "2"], "--integer and --step must not both be given"],
    [["--range", "5..9", "--step", "0"], "step: must be >="],
    [["--range", "5..9", "--objective", "quick"], "--objective: must be such as"],
    [["--range", "5..9", "--objective", "latency_s_men < 1"], "there is no metric"],
    [["--range", "5..9", "--max-replications", "0"], "--max-replications must be an integer from 1 to 1000000000"],
    [["--range", "5..9", "--range", "5..9"], "--range must be given once"],
    [["--range", "5..9"], "objectives: one must be given: the files name none"],
    [["--range", "5..9", "--objective", "latency_s_mean < 1", "--confidence", "0.4"], "confidence must be > 0.5"],
  ])("main size refuses %j", async (words, message) => {
    await withSmallFiles(async ({ sweep }) => {
      const { code, err } = await outcomeOf("size", sweep, "--find", "users", ...words);
      expect(code).toBe(2);
      expect(err).toContain(message);
    });
  });
});
