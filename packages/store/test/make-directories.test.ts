import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeDirectories } from "../src/index.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("makeDirectories", () => {
  test("makeDirectories creates every missing level, and nothing where all is there", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "a", "b", "c");
      await makeDirectories(path);
      await makeDirectories(path);
      expect((await stat(path)).isDirectory()).toBe(true);
      await mkdir(join(path, "d"));
    });
  });

  test("makeDirectories below a file says so", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, "file"), "");
      await expect(makeDirectories(join(directory, "file", "x"))).rejects.toMatchObject({ code: "ENOTDIR" });
    });
  });

  test.runIf(process.platform === "linux")("makeDirectories ends where Node's own does not: below /proc", async () => {
    await expect(makeDirectories("/proc/loadstar/x")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
