import { execFileSync, spawnSync } from "node:child_process";
import { openSync, closeSync, existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { withSmallFiles } from "./small-files.js";

const EXECUTABLE = fileURLToPath(new URL("../bin/loadstar.js", import.meta.url));

describe("loadstar where there is no room", () => {
  test("loadstar whose standard output is full says so with exit code 2, and not that it has a defect", async (context) => {
    if (!existsSync("/dev/full")) return context.skip("there is no device that is always full");
    await withSmallFiles(({ scenario }) => {
      const full = openSync("/dev/full", "w");
      try {
        for (const words of [
          ["run", scenario, "--json"],
          ["schema", "sweep"],
        ]) {
          const { status, stderr } = spawnSync(process.execPath, [EXECUTABLE, ...words], {
            stdio: ["ignore", full, "pipe"],
            encoding: "utf8",
          });
          expect({ status, stderr }).toEqual({
            status: 2,
            stderr: "error Cannot write to standard output: it must take what is written: current value is ENOSPC\n",
          });
        }
      } finally {
        closeSync(full);
      }
      return Promise.resolve();
    });
  });

  test("loadstar whose error channel is full does its work all the same", async (context) => {
    if (!existsSync("/dev/full")) return context.skip("there is no device that is always full");
    await withSmallFiles(async ({ sweep, directory, path }) => {
      const full = openSync("/dev/full", "w");
      try {
        const { status } = spawnSync(process.execPath, [EXECUTABLE, "sweep", sweep, "--out", "r"], {
          cwd: directory,
          stdio: ["ignore", "ignore", full],
        });
        expect(status).toBe(0);
      } finally {
        closeSync(full);
      }
      expect(await outcomeOf("verify", path("r"))).toMatchObject({ code: 0 });
    });
  });

  test("loadstar init on a disk with room for one file leaves neither", async (context) => {
    await withSmallFiles(async ({ path }) => {
      await mkdir(path("disk"));
      try {
        execFileSync("mount", ["-t", "tmpfs", "tmpfs", "-o", "size=4k", path("disk")], { stdio: "ignore" });
      } catch {
        return context.skip("mounting is not permitted here");
      }
      try {
        const { code, err } = await outcomeOf("init", path("disk"));
        expect({ code, err }).toEqual({
          code: 2,
          err: expect.stringMatching(
            /^error Cannot write file ".*sweep\.yaml": the disk must have free space/,
          ) as string,
        });
        expect(await readdir(path("disk"))).toEqual([]);
      } finally {
        execFileSync("umount", ["-l", path("disk")]);
      }
    });
  });
});
