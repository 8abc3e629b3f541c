import type { ChildProcess } from "node:child_process";
import { readdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { LOADSTAR_VERSION } from "@loadstar/sweep";
import { describe, expect, test } from "vitest";
import { SCENARIO, withSmallFiles } from "./small-files.js";
import { spawned } from "./spawned-command.js";

describe("loadstar", () => {
  test("loadstar prints help and version on stdout", async () => {
    await withSmallFiles(async ({ directory: cwd }) => {
      const help = await spawned(["--help"], { cwd });
      expect(help).toMatchObject({ code: 0, err: "" });
      for (const command of [
        "check",
        "init",
        "run",
        "plan",
        "sweep",
        "size",
        "tipping",
        "best",
        "sensitivity",
        "merge",
        "why",
      ]) {
        expect(help.out).toMatch(new RegExp(`^ {2}loadstar ${command}\\b`, "m"));
      }
      expect(await spawned(["--version"], { cwd })).toEqual({ code: 0, out: `${LOADSTAR_VERSION}\n`, err: "" });
    });
  });

  test("loadstar sweep writes to results/<name> by default, only JSON on stdout, no bar without a terminal", async () => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      const { code, out, err } = await spawned(["sweep", "sweep.yaml", "--json"], { cwd });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toHaveProperty("points");
      expect(err).toContain("results: results/two-loads  (");
      expect(["█", "░", "\r", "\u001B"].filter((mark) => err.includes(mark))).toEqual([]);
      expect(await readdir(path("results"))).toEqual(["two-loads"]);
      const quiet = await spawned(["sweep", "sweep.yaml", "--json", "--quiet", "--overwrite"], { cwd });
      expect(quiet).toEqual({ code: 0, out, err: "" });
    });
  });

  test("loadstar init finds the files that it writes, from where the executable is built to", async () => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      expect(await spawned(["init", "new"], { cwd })).toMatchObject({ code: 0, out: "" });
      expect((await readdir(path("new"))).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
    });
  });

  test("loadstar colours only where colours are wanted: FORCE_COLOR, and NO_COLOR above all", async () => {
    await withSmallFiles(async ({ directory: cwd }) => {
      const hasColours = async (env: Readonly<Record<string, string>>): Promise<boolean> => {
        const { err } = await spawned(["check", "missing.yaml"], { cwd, env });
        return err.includes("\u001B[");
      };
      expect(await hasColours({})).toBe(false);
      expect(await hasColours({ FORCE_COLOR: "1" })).toBe(true);
      expect(await hasColours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    });
  });

  test("loadstar never lets a name out of the results directory or into the terminal", async () => {
    const hostile = SCENARIO.replace("name: small", String.raw`name: "../../x<script>\u202E"`);
    await withSmallFiles(
      async ({ directory: cwd, path }) => {
        const { code, out, err } = await spawned(["sweep", "scenario.yaml", "-n", "2"], { cwd });
        expect(code).toBe(0);
        expect(err).toContain(String.raw`../../x<script>\u{202e}: 1 points`);
        expect(out + err).not.toContain("\u202E");
        expect((await readdir(cwd)).toSorted()).toEqual(["results", "scenario.yaml", "sweep.yaml"]);
        expect(await readdir(path("results"))).toEqual(["x-script-"]);
      },
      { scenario: hostile },
    );
    const controls = SCENARIO.replace("id: uplink", String.raw`id: "up\e[31mlink"`);
    await withSmallFiles(
      async ({ directory: cwd }) => {
        const { code, out, err } = await spawned(["sweep", "scenario.yaml"], { cwd });
        expect({ code, out }).toEqual({ code: 2, out: "" });
        expect(err).toContain(String.raw`must not contain control characters: current value is "up\u001b[31mlink"`);
        expect(err).not.toContain("\u001B");
      },
      { scenario: controls },
    );
  });

  test("loadstar cuts a name that no file system takes", async () => {
    await withSmallFiles(
      async ({ directory: cwd, path }) => {
        expect(await spawned(["sweep", "scenario.yaml", "-n", "2", "-q"], { cwd })).toEqual({
          code: 0,
          out: "",
          err: "",
        });
        expect(await readdir(path("results"))).toEqual(["名".repeat(66)]);
      },
      { scenario: SCENARIO.replace("name: small", `name: ${"名".repeat(200)}`) },
    );
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "loadstar sweep stops at %s with exit code 130, keeps what it has and says how to go on",
    async (signal) => {
      await withSmallFiles(async ({ directory: cwd, path }) => {
        const interrupt = async (child: ChildProcess): Promise<void> => {
          const chunks = async (): Promise<number> => (await readdir(path("r/chunks")).catch(() => [])).length;
          while (child.exitCode === null && (await chunks()) < 2) await wait(20);
          child.kill(signal);
        };
        const words = ["sweep", "sweep.yaml", "-n", "100000", "--out", "r", "-j", "2"];
        const { code, out, err } = await spawned(words, { cwd, meddle: interrupt });
        expect(code).toBe(130);
        expect(out).toMatch(/^partial: \d+ of 200000 runs\n/);
        expect(err).toMatch(/interrupted \d+ of 200000 runs are kept in r\n/);
        expect(err.endsWith("resume: loadstar sweep sweep.yaml -n 100000 --out r --resume\n")).toBe(true);
        expect((await readdir(path("r"))).toSorted()).toEqual(["chunks", "study.json"]);
      });
    },
  );

  test("loadstar sweep that is interrupted shows points that are complete, and the others as far as they have come", async () => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      // So many chunks of the second point cannot be on the disk while those of the first are still awaited.
      const ofSecond = async (): Promise<number> => {
        const names = await readdir(path("r/chunks")).catch((): string[] => []);
        const counts = new Map<string, number>();
        for (const name of names) counts.set(name.slice(0, 32), (counts.get(name.slice(0, 32)) ?? 0) + 1);
        return counts.size < 2 ? 0 : Math.min(...counts.values());
      };
      const interrupt = async (child: ChildProcess): Promise<void> => {
        while (child.exitCode === null && (await ofSecond()) < 5) await wait(10);
        child.kill("SIGINT");
      };
      const words = [
        "sweep",
        "sweep.yaml",
        "-n",
        "20000",
        "--param",
        "users=2,2000",
        "--out",
        "r",
        "-j",
        "1",
        "--json",
      ];
      const { code, out } = await spawned(words, { cwd, meddle: interrupt });
      expect(code).toBe(130);
      const { partial, points } = JSON.parse(out) as {
        readonly partial: boolean;
        readonly points: readonly { readonly point_id: string; readonly metrics: Readonly<Record<string, object>> }[];
      };
      expect(partial).toBe(true);
      const few = points.find(({ point_id }) => point_id === "users=2");
      expect(few?.metrics["requests_completed"]).toMatchObject({ n: 20000 });
    });
  });

  test.each([
    ["stdout", ["schema", "scenario"]],
    ["stdout", ["--help"]],
    ["stdout", ["sweep", "sweep.yaml", "--out", "r"]],
    ["stderr", ["sweep", "sweep.yaml", "--out", "r"]],
  ] as const)("loadstar does not mind that nobody reads its %s: %j", async (channel, words) => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      const meddle = (child: ChildProcess): void => void child[channel]?.destroy();
      const { code, out, err } = await spawned(words, { cwd, meddle });
      expect({ code, trace: /EPIPE|node:/.exec(out + err) }).toEqual({ code: 0, trace: null });
      if (words[0] === "sweep") expect(await readdir(path("r"))).toContain("manifest.json");
    });
  });
});
