import { execFile, execFileSync, type ChildProcess } from "node:child_process";
import { chmod, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { tableBytes } from "./killed-sweep.js";
import { SCENARIO, withSmallFiles } from "./small-files.js";
import { spawned } from "./spawned-command.js";

const EXECUTABLE = fileURLToPath(new URL("../bin/loadstar.js", import.meta.url));

/** Waits until a sweep has so many chunks on the disk. */
async function untilChunks(child: ChildProcess, directory: string, count: number): Promise<void> {
  const chunks = async (): Promise<number> =>
    (await readdir(join(directory, "chunks")).catch(() => [])).filter((name) => name.endsWith(".chunk")).length;
  while (child.exitCode === null && (await chunks()) < count) await wait(10);
}

describe("loadstar sweep", () => {
  test("loadstar sweep that is interrupted says a line that a shell takes and that really goes on", async () => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      const name = `it's "$HOME" & more.yaml`;
      await rename(path("sweep.yaml"), path(name));
      const words = [
        "sweep",
        name,
        "-n",
        "2000",
        "--out",
        "a b",
        "--set",
        "sim_settings.warm_up_s=1",
        "--metric",
        "latency_s*",
      ];
      await spawned(["sweep", name, ...words.slice(2, 4), "--out", "whole", ...words.slice(6)], { cwd });
      const interrupt = async (child: ChildProcess): Promise<void> => {
        await untilChunks(child, path("a b"), 1);
        child.kill("SIGINT");
      };
      const { code, err } = await spawned([...words, "-j", "1"], { cwd, meddle: interrupt });
      expect(code).toBe(130);
      const [, line] = /^resume: (.*)$/m.exec(err)!;
      await mkdir(path("bin"));
      await writeFile(path("bin/loadstar"), `#!/bin/sh\nexec "${process.execPath}" "${EXECUTABLE}" "$@"\n`);
      await chmod(path("bin/loadstar"), 0o755);
      const env = { PATH: `${path("bin")}:${process.env["PATH"] ?? ""}` };
      const resumed = await promisify(execFile)("/bin/sh", ["-c", line!], { cwd, env });
      expect(resumed.stderr).toMatch(/\n\d+ runs were there already\n/);
      expect(await tableBytes(path("a b"))).toEqual(await tableBytes(path("whole")));
    });
  });

  test("loadstar sweep stops in the middle of a replication that takes minutes, and can be resumed", async () => {
    await withSmallFiles(
      async ({ directory: cwd, path }) => {
        const interrupt = async (child: ChildProcess): Promise<void> => {
          await untilChunks(child, path("r"), 1);
          child.kill("SIGINT");
        };
        const words = ["sweep", "sweep.yaml", "-n", "1", "--out", "r", "-j", "2", "--param", "users=0.01,20"];
        const { code, err } = await spawned(words, { cwd, meddle: interrupt });
        expect({ code, resume: err.includes("resume:") }).toEqual({ code: 130, resume: true });
        const again = await spawned(
          ["sweep", "sweep.yaml", "-n", "1", "--out", "r", "--param", "users=0.01", "--resume"],
          { cwd },
        );
        expect(again.err).toContain("\n1 runs were there already\n");
      },
      { scenario: SCENARIO.replace("total_simulation_time: 5", "total_simulation_time: 50000000") },
    );
  });

  test("loadstar sweep refuses a directory to which another is writing, and takes it over when that one was killed", async () => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      const words = ["sweep", "sweep.yaml", "-n", "100000", "--out", "r", "-j", "1", "-q"];
      const second: (readonly [number, string])[] = [];
      const meddle = async (child: ChildProcess): Promise<void> => {
        await untilChunks(child, path("r"), 1);
        for (const more of ["--resume", "--overwrite"]) {
          const { code, err } = await spawned([...words, more], { cwd });
          second.push([code, err]);
        }
        child.kill("SIGKILL");
      };
      expect((await spawned(words, { cwd, meddle })).code).toBe(137);
      const refusal =
        /^error Cannot write results ".*r": one sweep at a time may write to it: current value is process \d+ on /;
      for (const [code, err] of second)
        expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(refusal) as string });
      expect(second).toHaveLength(2);
      const third = await spawned([...words.with(3, "10"), "--resume"], { cwd });
      expect(third).toMatchObject({ code: 0, err: "" });
    });
  });

  test("loadstar sweep on a full disk says so with exit code 2, and goes on when there is room", async (context) => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      await mkdir(path("disk"));
      if (!mounted("-o", "size=300k", path("disk"))) return context.skip("mounting is not permitted here");
      try {
        // Runs so long that chunks are small: some fit onto the disk before one does not.
        const longer = ["--set", "sim_settings.total_simulation_time=60"];
        const words = ["sweep", "sweep.yaml", "-n", "1200", "-j", "2", "-q", ...longer];
        await spawned([...words, "--out", "whole"], { cwd });
        const { code, err, out } = await spawned([...words, "--out", "disk/r"], { cwd });
        expect({ code, out }).toEqual({ code: 2, out: "" });
        const [told, kept, resume] = err.split("\n");
        expect(told).toMatch(/^error Cannot write .*: the disk must have free space: current value is ENOSPC$/);
        expect(kept).toMatch(/^stopped [1-9]\d* of 2400 runs are kept in disk\/r$/);
        expect(resume).toMatch(/^resume: loadstar sweep sweep\.yaml -n 1200 --set .* --out disk\/r --resume$/);
        expect((await readdir(path("disk/r"))).toSorted()).toEqual(["chunks", "study.json"]);
        expect(await spawned(["verify", "disk/r"], { cwd })).toMatchObject({ code: 0 });
        execFileSync("mount", ["-o", "remount,size=64m", path("disk")]);
        expect(await spawned([...words, "--out", "disk/r", "--resume"], { cwd })).toMatchObject({ code: 0, err: "" });
        expect(await tableBytes(path("disk/r"))).toEqual(await tableBytes(path("whole")));
      } finally {
        execFileSync("umount", ["-l", path("disk")]);
      }
    });
  });

  test("loadstar sweep on a disk that cannot be written says so with exit code 2", async (context) => {
    await withSmallFiles(async ({ directory: cwd, path }) => {
      await mkdir(path("disk"));
      if (!mounted("-o", "ro", path("disk"))) return context.skip("mounting is not permitted here");
      try {
        for (const out of ["disk", "disk/r"]) {
          const { code, err } = await spawned(["sweep", "sweep.yaml", "--out", out, "-q"], { cwd });
          expect(code).toBe(2);
          expect(err).toMatch(
            /^error Cannot (write|lock) results .*: the file system must be writable: current value is EROFS\n$/,
          );
        }
      } finally {
        execFileSync("umount", ["-l", path("disk")]);
      }
    });
  });
});

/** Mounts a file system in memory, where that is permitted. */
function mounted(...words: readonly string[]): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", ...words], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
