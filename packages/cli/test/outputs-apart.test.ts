import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

describe("main", () => {
  test("main writes no report, chart, trace, log or number into a results directory, whatever may be overwritten", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const results = path("r");
      await outcomeOf("sweep", sweep, "--out", results, "-q", "-j", "1");
      const before = await readdir(results, { recursive: true });
      const run = ["replay", results, "--point", "users=20", "--replication", "0", "--overwrite", "-q"];
      const cases = [
        ["report", results, "--out", path("r/runs.arrow")],
        ["report", results, "--out", path("r/page.html")],
        ["report", results, "--charts", path("r/chunks")],
        [...run, "--trace", path("r/runs.arrow")],
        [...run, "--events", path("r/deep/er/log")],
        ["sensitivity", sweep, "--metric", "latency_s_p95", "--overwrite", "--out", path("r/manifest.json")],
      ];
      for (const words of cases) {
        const { code, out, err } = await outcomeOf(...words);
        expect({ code, out }, words.join(" ")).toEqual({ code: 2, out: "" });
        expect(err).toContain("it must not be in a results directory, which holds nothing else: current value is in ");
      }
      expect(await readdir(results, { recursive: true })).toEqual(before);
      expect(await outcomeOf("verify", results)).toMatchObject({ code: 0 });
      expect(await outcomeOf("report", results)).toMatchObject({ code: 0 });
    });
  });
});
