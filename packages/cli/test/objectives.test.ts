import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SWEEP, withSmallFiles } from "./small-files.js";

const MET = "{ metric: error_ratio, below: 0.5 }";
const BROKEN = "{ metric: throughput_per_s, above: 1000, probability: 0.5 }";
/** Four replications cannot prove 95 %. */
const OPEN = "{ metric: error_ratio, below: 0.5, probability: 0.95 }";

function sweepWith(...objectives: readonly string[]): string {
  return `${SWEEP.replace("replications: 4", "replications: 8")}objectives: [${objectives.join(", ")}]\n`;
}

describe("main sweep", () => {
  test.each<readonly [string, readonly string[], readonly string[], number]>([
    ["all met", ["{ metric: throughput_per_s, above: 1 }"], [], 0],
    ["one broken", [BROKEN, OPEN], [], 10],
    ["one inconclusive", [OPEN], [], 11],
    ["one inconclusive that passes", [OPEN], ["--inconclusive", "pass"], 0],
    ["one inconclusive that fails", [OPEN], ["--inconclusive", "fail"], 10],
    ["one broken, where what is inconclusive passes", [BROKEN, OPEN], ["--inconclusive", "pass"], 10],
  ])("main sweep ends with the exit code for objectives: %s", async (_case, objectives, words, code) => {
    await withSmallFiles(
      async ({ sweep, path }) => {
        const outcome = await outcomeOf("sweep", sweep, "--out", path("r"), "-q", "-j", "1", ...words);
        expect(outcome.code).toBe(code);
        expect(outcome.out).toBe("");
      },
      { sweep: sweepWith(...objectives) },
    );
  });

  test("main sweep shows the verdicts, and so does main summary", async () => {
    await withSmallFiles(
      async ({ sweep, path }) => {
        const { out, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1");
        expect(out).toMatch(/throughput_per_s above 1000 in 50 % of runs\nusers +verdict +estimate +95 % bounds +n/);
        expect(out).toMatch(/ 20 +FAIL +0/);
        expect(out).toMatch(/error_ratio below 0.5 in 95 % of runs\n.*\n.*\n.*inconclusive +100/);
        expect(out).toContain("needs about 51 more");
        expect(err).toContain("objectives broken 2, met 0, inconclusive 2\n");
        const summary = await outcomeOf("summary", path("r"));
        expect(summary.code).toBe(0);
        expect(out).toContain(summary.out);
      },
      { sweep: sweepWith(BROKEN, OPEN) },
    );
  });

  test("main sweep --json prints the verdicts of each point", async () => {
    await withSmallFiles(
      async ({ sweep, path }) => {
        const { out } = await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1", "--json");
        const { points } = JSON.parse(out) as { readonly points: readonly { readonly objectives: unknown }[] };
        expect(points).toHaveLength(2);
        for (const { objectives } of points) {
          expect(objectives).toEqual([
            expect.objectContaining({
              objective: "throughput_per_s above 1000 in 50 % of runs",
              metric: "throughput_per_s",
              verdict: "fail",
              estimand: "probability_0.5",
              estimate: 0,
              n: 8,
              n_failed: 0,
              n_needed: 0,
            }),
          ]);
        }
      },
      { sweep: sweepWith(BROKEN) },
    );
  });

  test("main check and main sweep refuse an objective on nothing with exit code 2", async () => {
    await withSmallFiles(
      async ({ sweep, path }) => {
        for (const words of [
          ["check", sweep],
          ["sweep", sweep, "--out", path("r")],
        ]) {
          const { code, err } = await outcomeOf(...words);
          expect(code).toBe(2);
          expect(err).toContain('there is no metric "eror_ratio": did you mean error_ratio?');
        }
      },
      { sweep: sweepWith(MET.replace("error", "eror")) },
    );
  });
});
