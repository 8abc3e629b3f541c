import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceDirectory } from "../src/replace-directory.js";
import { ResultsError } from "../src/results-error.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("replaceDirectory", () => {
  test("replaceDirectory moves the new directory in and the old one out", async () => {
    await inTemporaryDirectory(async (parent) => {
      const [partial, directory] = [await directoryWith(parent, "new"), await directoryWith(parent, "old")];
      await replaceDirectory(partial, { directory, found: "results" }, "1");
      expect(await readdir(parent)).toEqual(["old"]);
      expect(await readFile(join(directory, "content"), "utf8")).toBe("new");
    });
  });

  test("replaceDirectory puts the old directory back if the new one cannot be moved in", async () => {
    await inTemporaryDirectory(async (parent) => {
      const directory = await directoryWith(parent, "old");
      // A directory cannot be moved into itself: the second of the two renames fails.
      const attempt = replaceDirectory(parent, { directory, found: "results" }, "1");
      await expect(attempt).rejects.toThrow(ResultsError);
      await expect(attempt).rejects.toThrow(/^Cannot put results in place at ".*": .*: current value is EINVAL$/);
      expect(await readdir(parent)).toEqual(["old"]);
      expect(await readFile(join(directory, "content"), "utf8")).toBe("old");
    });
  });

  test("replaceDirectory does not replace a directory that was filled after it was found empty", async () => {
    await inTemporaryDirectory(async (parent) => {
      const [partial, directory] = [await directoryWith(parent, "new"), await directoryWith(parent, "old")];
      const attempt = replaceDirectory(partial, { directory, found: "empty directory" }, "1");
      await expect(attempt).rejects.toThrow(/the directory must be empty: current value is ENOTEMPTY/);
      expect(await readFile(join(directory, "content"), "utf8")).toBe("old");
    });
  });
});

async function directoryWith(parent: string, name: string): Promise<string> {
  const directory = join(parent, name);
  await mkdir(directory);
  await writeFile(join(directory, "content"), name);
  return directory;
}
