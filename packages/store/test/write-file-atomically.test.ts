import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
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

  test("writeFileAtomically replaces a file, and a link by a file", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [path, target] = [join(directory, "page.html"), join(directory, "target")];
      await writeFile(target, "kept");
      await symlink(target, path);
      await writeFileAtomically(path, "first");
      await writeFileAtomically(path, "second");
      expect(await readFile(path, "utf8")).toBe("second");
      expect(await readFile(target, "utf8")).toBe("kept");
    });
  });

  test("writeFileAtomically refuses a directory, and leaves nothing behind", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "page.html");
      await mkdir(path);
      await expect(writeFileAtomically(path, "text")).rejects.toThrow(ResultsError);
      await expect(writeFileAtomically(path, "text")).rejects.toThrow(
        /^Cannot write file ".*page\.html": it must be a file/,
      );
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
