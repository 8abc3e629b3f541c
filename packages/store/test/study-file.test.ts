import { mkdir, readdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readStudyFile, ResultsError, STUDY_FILE } from "../src/index.js";
import { writeStudyFile } from "../src/study-file.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("readStudyFile", () => {
  test("readStudyFile gives back what writeStudyFile wrote, and nothing where there is none", async () => {
    await inTemporaryDirectory(async (directory) => {
      expect(await readStudyFile(directory)).toBeUndefined();
      const study = { name: '../<b>"\n', sweep: { parameters: [1e300, null, "日本"] }, shard: { index: 1, count: 2 } };
      await writeStudyFile(directory, study);
      expect(await readStudyFile(directory)).toEqual(study);
      await writeStudyFile(directory, {});
      expect(await readStudyFile(directory)).toEqual({});
      expect(await readdir(directory)).toEqual([STUDY_FILE]);
    });
  });

  test.each([
    ["", "it must be JSON"],
    ["{", "it must be JSON"],
    ["[]", "it must be a mapping"],
    ["null", "it must be a mapping"],
    ["7", "it must be a mapping"],
    ["{}", "its version must be 1, the one this Loadstar knows: current value is none"],
    ['{"loadstar_study": 2}', "its version must be 1, the one this Loadstar knows: current value is 2"],
    [`{"loadstar_study": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "its version must be 1"],
  ])("readStudyFile refuses %.30s", async (text, rule) => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, STUDY_FILE), text);
      await expect(readStudyFile(directory)).rejects.toThrow(ResultsError);
      await expect(readStudyFile(directory)).rejects.toThrow(rule);
    });
  });

  test("readStudyFile reads no file that is larger than any study", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, STUDY_FILE), "");
      await truncate(join(directory, STUDY_FILE), 268_435_457);
      await expect(readStudyFile(directory)).rejects.toThrow("it must be a file of a sensible size");
    });
  });

  test("readStudyFile reads no link and no directory", async () => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(join(directory, "a", STUDY_FILE), { recursive: true });
      await expect(readStudyFile(join(directory, "a"))).rejects.toThrow("it must be a file of a sensible size");
      await mkdir(join(directory, "b"));
      await symlink("/dev/zero", join(directory, "b", STUDY_FILE));
      await expect(readStudyFile(join(directory, "b"))).rejects.toThrow("it must be a file of a sensible size");
    });
  });

  test("readStudyFile takes no prototype from a file", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, STUDY_FILE), '{"loadstar_study": 1, "__proto__": {"polluted": 1}}');
      const study = await readStudyFile(directory);
      expect(Object.keys(study ?? {})).toEqual(["__proto__"]);
      expect("polluted" in {}).toBe(false);
    });
  });
});
