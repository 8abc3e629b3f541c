import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SCENARIO, withSmallFiles } from "./small-files.js";

describe("main check", () => {
  test("main check without a file is wrong usage, also where standard input was meant", async () => {
    const { code, err } = await outcomeOf("check", "-");
    expect(code).toBe(2);
    expect(err).toContain("check must be given files: standard input is not read");
  });

  test("main check says ok for good files, with notes, and nothing on stdout", async () => {
    await withSmallFiles(
      async ({ scenario, sweep }) => {
        const { code, out, err } = await outcomeOf("check", scenario, sweep);
        expect({ code, out }).toEqual({ code: 0, out: "" });
        expect(err).toContain(`ok    ${scenario}\n`);
        expect(err).toContain(`ok    ${sweep}\n`);
        expect(err).toMatch(/^note {2}.*scenario\.yaml:\d+:\d+: .*dropout_rate/m);
      },
      {
        scenario: SCENARIO.replace(
          "{ id: uplink, source: browser, target: api, latency: 0.002, dropout_rate: 0 }",
          "{ id: uplink, source: browser, target: api, latency: 0.002 }",
        ),
      },
    );
  });

  test("main check names every problem of every file, whatever is in them", async () => {
    await withSmallFiles(async ({ path, directory, scenario }) => {
      await writeFile(path("empty.yaml"), "");
      await writeFile(path("binary.yaml"), Buffer.from([0, 255, 254, 1, 2, 27, 91]));
      await writeFile(path("bom.yaml"), `\uFEFF${SCENARIO}`);
      await writeFile(path("broken.yaml"), SCENARIO.replace("cpu_cores: 1", "cpu_cores: 0").replace("cpu_s", "cpus"));
      await mkdir(path("directory"));
      const files = ["empty.yaml", "binary.yaml", "bom.yaml", "broken.yaml", "directory", "missing.yaml"].map(path);
      const { code, out, err } = await outcomeOf("check", ...files, scenario);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      const lines = err.replaceAll(`${directory}/`, "").split("\n");
      expect(lines.filter((line) => line.startsWith("error"))).toEqual([
        "error empty.yaml:1:1: must be a mapping: current value is null",
        expect.stringMatching(/^error binary\.yaml:1:\d+: must be/),
        "error broken.yaml:11:40: topology_graph.nodes.servers[api].server_resources.cpu_cores: must be >= 1: current value is 0",
        expect.stringMatching(/^error broken\.yaml:16:\d+: .*did you mean cpu_s\?/),
        "error directory: must be a file: it is a directory",
        "error missing.yaml: must be a file: there is none",
      ]);
      expect(lines.filter((line) => line.startsWith("ok"))).toEqual(["ok    bom.yaml", "ok    scenario.yaml"]);
      expect(hasControlCharacters(err)).toBe(false);
    });
  });

  test("main check --json gives files with problems and notes on stdout, and nothing else", async () => {
    await withSmallFiles(async ({ scenario, path }) => {
      const { code, out, err } = await outcomeOf("check", "--json", scenario, path("missing.yaml"));
      expect({ code, err }).toEqual({ code: 2, err: "" });
      const [good, missing] = (JSON.parse(out) as { files: readonly object[] }).files;
      expect(good).toMatchObject({ file: scenario, problems: [] });
      expect(missing).toEqual({
        file: path("missing.yaml"),
        problems: [
          { file: path("missing.yaml"), line: 0, column: 0, path: "", message: "must be a file: there is none" },
        ],
        notes: [],
      });
    });
  });

  test("main check takes --set and --dialect as the other commands do", async () => {
    await withSmallFiles(async ({ scenario }) => {
      const set = await outcomeOf("check", scenario, "--set", "sim_settings.warm_up_s=5");
      expect(set.code).toBe(2);
      expect(set.err).toContain("sim_settings.warm_up_s: must be < total_simulation_time (5): current value is 5");
      expect((await outcomeOf("check", scenario, "--dialect", "asyncflow")).code).toBe(0);
    });
  });
});

/** Whether a text holds anything that a terminal obeys, but for line ends. */
function hasControlCharacters(text: string): boolean {
  return /[^\P{C}\n]/u.test(text);
}
