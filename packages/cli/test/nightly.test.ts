import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { withSmallFiles } from "./small-files.js";

const SCRIPT = fileURLToPath(new URL("../../../scripts/nightly.sh", import.meta.url));
const SLOWER = ["--set", "topology_graph.nodes.servers[api].endpoints[/work].steps[1].cpu_s.mean=0.045"];
const NIGHT = /^\d{4}-\d\d-\d\dT\d{6}Z$/;

describe("scripts/nightly.sh", () => {
  test("nightly.sh goes on with a night, compares with the last good one, keeps the last, and ends with what was found", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const nights = path("nights");
      const env = { NIGHTLY_DIR: nights, NIGHTLY_KEEP: "1" };
      const good = "2020-01-02T000000Z";
      await mkdir(join(nights, "2020-01-01-mine"), { recursive: true });
      expect(halfSweep(sweep, join(nights, good)).status).toBe(0);
      const first = nightly([sweep, "--threads", "1", "-n", "12"], env);
      expect([first.status, first.stderr]).toEqual([0, expect.stringContaining(`nightly: going on with ${good}`)]);
      expect(first.stderr).not.toContain("compared with");
      expect(await nightsIn(nights)).toEqual([good]);
      expect(await readdir(nights)).toContain(`${good}-report.html`);

      const worse = nightly([sweep, "--threads", "1", "-n", "12", ...SLOWER], {
        ...env,
        GITHUB_STEP_SUMMARY: path("step.md"),
      });
      expect([worse.status, worse.stderr]).toEqual([10, expect.stringContaining(`nightly: compared with ${good}`)]);
      expect(worse.stdout).toMatch(/WORSE/);
      expect(await readFile(path("step.md"), "utf8")).toContain("worse");
      const [kept, bad, ...more] = await nightsIn(nights);
      expect([kept, more, await lastGood(nights)]).toEqual([good, [], good]);

      const same = nightly([sweep, "--threads", "1", "-n", "12"], env);
      expect([same.status, same.stderr]).toEqual([0, expect.stringContaining("identical")]);
      const [now, ...old] = await nightsIn(nights);
      expect([now === bad, old, await lastGood(nights)]).toEqual([false, [], now]);
      expect((await readdir(nights)).toSorted()).toEqual(["2020-01-01-mine", now, `${now}-report.html`, "last-good"]);
    });
  });

  test("nightly.sh begins anew where the night that was interrupted was of another sweep", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const env = { NIGHTLY_DIR: path("nights") };
      const old = "2020-01-02T000000Z";
      expect(halfSweep(sweep, path(`nights/${old}`)).status).toBe(0);
      const anew = nightly([sweep, "--threads", "1", "-n", "2", "--seed", "8"], env);
      expect([anew.status, anew.stderr]).toEqual([0, expect.stringContaining("nightly: beginning anew")]);
      const [left, now] = await nightsIn(path("nights"));
      expect([left, await lastGood(path("nights"))]).toEqual([old, now]);
    });
  });

  test("nightly.sh without a sweep says how it is used; wrong input leaves no night", async () => {
    await withSmallFiles(async ({ path }) => {
      const env = { NIGHTLY_DIR: path("nights") };
      const help = nightly([], env);
      expect([help.status, help.stderr]).toEqual([2, expect.stringContaining("NIGHTLY_KEEP")]);
      expect(nightly([path("none.yaml")], env).status).toBe(2);
      expect(await nightsIn(path("nights"))).toEqual([]);
      expect(nightly([path("none.yaml")], { ...env, NIGHTLY_KEEP: "0" }).stderr).toContain("current value is 0");
      await rm(path("nights"), { recursive: true });
    });
  });
});

function nightly(words: readonly string[], env: Readonly<Record<string, string>>): ReturnType<typeof run> {
  return run("sh", [SCRIPT, ...words], env);
}

/** Half of a sweep, as an interruption would leave it. */
function halfSweep(sweep: string, out: string): ReturnType<typeof run> {
  const loadstar = fileURLToPath(new URL("../bin/loadstar.js", import.meta.url));
  return run(process.execPath, [loadstar, "sweep", sweep, "--shard", "1/2", "--out", out, "-j", "1", "-n", "12"], {});
}

function run(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(program, words, { encoding: "utf8", env: { PATH: process.env["PATH"] ?? "", ...env } });
}

async function nightsIn(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => NIGHT.test(name)).toSorted();
}

async function lastGood(directory: string): Promise<string> {
  return (await readFile(join(directory, "last-good"), "utf8")).trim();
}
