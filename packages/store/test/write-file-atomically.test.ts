import { lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ResultsError, writeFileAtomically } from "../src/index.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("writeFileAtomically", () => {
  test("writeFileAtomically writes the whole text, makes the directories above, and leaves nothing else", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "a", "b", "page.html");
      expect(await writeFileAtomically(path, "größe")).toBe(7);
      expect(await readFile(path, "utf8")).toBe("größe");
      expect(await readdir(join(directory, "a", "b"))).toEqual(["page.html"]);
    });
  });

  test("writeFileAtomically replaces a file, also through a link", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [path, target] = [join(directory, "page.html"), join(directory, "target")];
      await writeFile(target, "old");
      await symlink(target, path);
      await writeFileAtomically(path, "first");
      await writeFileAtomically(path, "second");
      expect(await readFile(path, "utf8")).toBe("second");
      expect(await readFile(target, "utf8")).toBe("second");
      expect((await lstat(path)).isSymbolicLink()).toBe(true);
    });
  });

  test("writeFileAtomically refuses what is no regular file, and leaves nothing behind", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "page.html");
      await mkdir(path);
      await expect(writeFileAtomically(path, "text")).rejects.toThrow(ResultsError);
      await expect(writeFileAtomically(path, "text")).rejects.toThrow(
        /^Cannot write file ".*page\.html": it must be a regular file/,
      );
      await expect(writeFileAtomically("/dev/null", "text")).rejects.toThrow("it must be a regular file");
      expect(await readdir(directory)).toEqual(["page.html"]);
    });
  });

  test("writeFileAtomically names the path below a file", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, "file"), "");
      const path = join(directory, "file", "page.html");
      await expect(writeFileAtomically(path, "text")).rejects.toThrow("every parent of the path must be a directory");
    });
  });
});
