import { lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ResultsError, TextFileWriter } from "../src/index.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("TextFileWriter", () => {
  test("TextFileWriter puts a text in the place of another when it is whole, not before", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, "deep", "er", "log");
      for (const words of ["first", "second"]) {
        const writer = await TextFileWriter.open(file);
        await writer.write(words);
        await writer.write(" é\n");
        const before = await readFile(file, "utf8").catch(() => "nothing");
        expect(before).toBe(words === "first" ? "nothing" : "first é\n");
        await writer.keep();
        await writer.discard();
        expect(await readFile(file, "utf8")).toBe(`${words} é\n`);
      }
      expect(await readdir(join(directory, "deep", "er"))).toEqual(["log"]);
    });
  });

  test("TextFileWriter replaces no device, and follows links", async () => {
    await inTemporaryDirectory(async (directory) => {
      await expect(TextFileWriter.open("/dev/null")).rejects.toThrow("it must be a regular file");
      await writeFile(join(directory, "target"), "old");
      await symlink("target", join(directory, "link"));
      const writer = await TextFileWriter.open(join(directory, "link"));
      await writer.write("new");
      await writer.keep();
      expect((await lstat(join(directory, "link"))).isSymbolicLink()).toBe(true);
      expect(await readFile(join(directory, "target"), "utf8")).toBe("new");
    });
  });

  test("TextFileWriter that is discarded leaves nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await TextFileWriter.open(join(directory, "log"));
      await writer.write("half");
      await writer.discard();
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("TextFileWriter says what is in its way, and leaves nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, "file"), "");
      await mkdir(join(directory, "log"));
      await writeFile(join(directory, "log", "inside"), "");
      const below = TextFileWriter.open(join(directory, "file", "log"));
      await expect(below).rejects.toThrow(ResultsError);
      await expect(TextFileWriter.open(join(directory, "log"))).rejects.toThrow(
        /^Cannot write file ".*log": it must be a regular file: /,
      );
      expect((await readdir(directory)).toSorted()).toEqual(["file", "log"]);
    });
  });
});
