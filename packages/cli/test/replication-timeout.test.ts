import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SWEEP, withSmallFiles } from "./small-files.js";

/** A point of 5 s, and one of half a million events. */
const LONG = SWEEP.replace(
  / {2}users: .*/,
  "  horizon: { path: sim_settings.total_simulation_time, values: [5, 6000] }",
);

describe("main sweep --replication-timeout", () => {
  test("main sweep --replication-timeout ends runs that take too long, says so, and tries them again on --resume", async () => {
    await withSmallFiles(
      async ({ sweep, path }) => {
        const words = ["sweep", sweep, "-n", "2", "--out", path("r")];
        const timed = await outcomeOf(...words, "--replication-timeout", "0.001s");
        expect(timed.code).toBe(0);
        expect(timed.err).toContain("truncated 2 runs: a budget ended them, see reason in runs.arrow\n");
        expect(timed.err).toContain(
          "timed out 2 of them by wall time: --resume tries them again, with more --replication-timeout\n",
        );
        const resumed = await outcomeOf(...words, "--resume");
        expect(resumed.code).toBe(0);
        expect(resumed.err).not.toContain("truncated");
        expect(resumed.err).toContain("2 runs were there already\n");
      },
      { sweep: LONG },
    );
  });

  test.each([
    [
      ["--replication-timeout", "60"],
      "--replication-timeout must be a time of at most 596h, such as 90s, 30m or 1h30m",
    ],
    [["--replication-timeout", "1s", "--replication-timeout", "2s"], "--replication-timeout must be given once"],
  ])("main sweep refuses %j", async (words, message) => {
    await withSmallFiles(async ({ sweep, path }) => {
      const { code, out, err } = await outcomeOf("sweep", sweep, "--out", path("r"), ...words);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(message);
    });
  });

  test("main check refuses a sweep whose replication_timeout_s is no time", async () => {
    await withSmallFiles(
      async ({ sweep }) => {
        const { code, err } = await outcomeOf("check", sweep);
        expect(code).toBe(2);
        expect(err).toContain("replication_timeout_s: must be > 0: current value is 0");
      },
      { sweep: `${SWEEP}replication_timeout_s: 0\n` },
    );
  });
});
