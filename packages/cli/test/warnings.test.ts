import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SCENARIO, SWEEP, withSmallFiles } from "./small-files.js";

const SHORT = SCENARIO.replace("{ distribution: exponential, mean: 0.025 }", "{ mean: 0.025 }");
const PLACE = "16:24: topology_graph.nodes.servers[api].endpoints[/work].steps[1].cpu_s";
const CPU = PLACE.slice("16:24: ".length);

/** The lines of warnings on standard error. */
function warningsIn(err: string): readonly string[] {
  return err.split("\n").filter((line) => line.startsWith("warn"));
}

describe("warnings", () => {
  test("main check, run, plan, sweep and size name the place of a time that is 0 nearly always, once, and go on", async () => {
    await withSmallFiles(
      async ({ scenario, sweep, path }) => {
        const told = `warn  ${scenario}:${PLACE}: distribution is not stated and poisson is in force`;
        const size = [
          "--find",
          "users",
          "--range",
          "1..3",
          "--integer",
          "--objective",
          "error_ratio < 0.5 in 50 %",
          "--want",
          "largest",
        ];
        for (const words of [
          ["check", scenario],
          ["run", scenario],
          ["plan", sweep],
          ["sweep", sweep, "--out", path("results")],
          ["size", sweep, ...size],
        ]) {
          const { code, err } = await outcomeOf(...words);
          const warnings = warningsIn(err);
          expect({ code, count: warnings.length }, words[0]).toEqual({ code: 0, count: 1 });
          expect(warnings[0]).toContain(told);
          expect(warnings[0]).toContain("97.5 % of the draws are 0 s, the others 1 s or more");
          expect(warnings[0]).toContain("did you mean distribution: exponential?");
        }
      },
      { scenario: SHORT },
    );
  });

  test("main run and sweep keep JSON on stdout clean, and say nothing with --quiet", async () => {
    await withSmallFiles(
      async ({ scenario, sweep, path }) => {
        const run = await outcomeOf("run", scenario, "--json");
        expect(JSON.parse(run.out)).toMatchObject({ outcome: "completed" });
        expect(run.err.split("\n")).toEqual([expect.stringMatching(/^warn {2}/), ""]);
        const swept = await outcomeOf("sweep", sweep, "--json", "--out", path("loud"));
        expect(JSON.parse(swept.out)).toMatchObject({ points: [{}, {}] });
        expect(warningsIn(swept.err)).toHaveLength(1);
        for (const words of [
          ["run", scenario, "--quiet"],
          ["run", scenario, "--quiet", "--json"],
          ["sweep", sweep, "--quiet", "--json", "--out", path("quiet")],
        ]) {
          expect((await outcomeOf(...words)).err).toBe("");
        }
        const checked = await outcomeOf("check", scenario, "--json");
        const [file] = (JSON.parse(checked.out) as { files: readonly { notes: readonly object[] }[] }).files;
        expect(file!.notes.filter((note) => "warning" in note)).toEqual([
          expect.objectContaining({ line: 16, column: 24, path: CPU, warning: true }),
        ]);
      },
      { scenario: SHORT },
    );
  });

  test("main run and sweep warn of what runs: of values that are set, and not of what they replace", async () => {
    await withSmallFiles(async ({ scenario, sweep, path }) => {
      const poisson = await outcomeOf("run", scenario, "--set", `${CPU}={ mean: 0.025 }`);
      expect(warningsIn(poisson.err)).toEqual([expect.stringContaining(`${scenario}: ${CPU}: distribution`)]);
      await writeFile(scenario, SHORT);
      const mended = await outcomeOf("run", scenario, "--set", `${CPU}.distribution=exponential`);
      expect(warningsIn(mended.err)).toEqual([]);
      const means = `${SWEEP}  work: { path: "${CPU}.mean", values: [2, 0.5, 0.25] }\n`;
      await writeFile(sweep, means);
      const swept = await outcomeOf("sweep", sweep, "-n", "1", "--out", path("results"));
      expect(warningsIn(swept.err)).toEqual([
        expect.stringMatching(/^warn {2}.*scenario\.yaml at users=20,work=0\.5: .*cpu_s: .*mean 0\.5: 61 %/),
      ]);
    });
  });

  test("main run shows five warnings and leaves the others to check", async () => {
    const more = Array.from({ length: 6 }, () => "              - io_s: { mean: 0.01 }\n").join("");
    await withSmallFiles(
      async ({ scenario }) => {
        const { err } = await outcomeOf("run", scenario);
        expect(warningsIn(err)).toHaveLength(5);
        expect(err).toContain("notes on the input: 3, see loadstar check\n");
        expect(warningsIn((await outcomeOf("check", scenario)).err)).toHaveLength(7);
      },
      { scenario: SHORT.replace("  edges:\n", `${more}  edges:\n`) },
    );
  });
});
