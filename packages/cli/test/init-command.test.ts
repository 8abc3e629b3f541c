import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("main init", () => {
  test("main init writes a scenario and a sweep that check, plan and run", async () => {
    await inTemporaryDirectory(async (directory) => {
      const place = join(directory, "new", "study");
      const { code, out, err } = await outcomeOf("init", place);
      expect({ code, out }).toEqual({ code: 0, out: "" });
      expect(err).toMatch(/^wrote .*scenario\.yaml and .*sweep\.yaml\nnext: loadstar sweep .*sweep\.yaml\n$/);
      expect((await readdir(place)).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
      const [scenario, sweep] = [join(place, "scenario.yaml"), join(place, "sweep.yaml")];
      expect((await outcomeOf("check", scenario, sweep)).code).toBe(0);
      expect((await outcomeOf("plan", sweep)).out).toContain("6 points x 30 replications = 180 runs");
      const short = ["--set", "sim_settings.total_simulation_time=3", "--set", "sim_settings.warm_up_s=0"];
      const run = await outcomeOf("sweep", sweep, "-n", "2", "-j", "1", "--out", join(directory, "r"), ...short);
      expect(run).toMatchObject({ code: 0, out: expect.stringContaining("latency_s_p95") as string });
    });
  });

  test.each(["scenario.yaml", "sweep.yaml"])("main init refuses where %s is, and writes nothing", async (file) => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, file), "mine");
      expect(await outcomeOf("init", directory)).toEqual({
        code: 2,
        out: "",
        err: `error Cannot write templates to "${directory}": nothing is overwritten: current directory has ${file}\nSee loadstar init --help\n`,
      });
      expect(await readdir(directory)).toEqual([file]);
      expect(await readFile(join(directory, file), "utf8")).toBe("mine");
    });
  });

  test("main init refuses a place where nothing can be written", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, "file"), "");
      for (const place of [join(directory, "file"), "/proc/loadstar"]) {
        const { code, err } = await outcomeOf("init", place);
        expect(code).toBe(2);
        expect(err).toMatch(/^error Cannot write file ".*scenario\.yaml": .*: current value is E[A-Z]+\n$/);
      }
    });
  });

  test("main init shows the name of a directory and does not obey it", async () => {
    await inTemporaryDirectory(async (directory) => {
      const place = join(directory, "red\u001B[31m");
      await mkdir(place);
      const { code, err } = await outcomeOf("init", place);
      expect(code).toBe(0);
      expect(err).toContain(String.raw`red\u{1b}[31m/sweep.yaml`);
      expect(err).not.toContain("\u001B");
    });
  });
});
