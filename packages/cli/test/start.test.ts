import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { spawned } from "./spawned-command.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** What a command line loads of our packages, as the coverage of V8 tells: `package/folder/file`. */
async function loadedBy(words: readonly string[]): Promise<readonly string[]> {
  return inTemporaryDirectory(async (directory) => {
    await spawned(words, { cwd: directory, env: { NODE_V8_COVERAGE: join(directory, "coverage") } });
    const [file] = await readdir(join(directory, "coverage"));
    const { result } = JSON.parse(await readFile(join(directory, "coverage", file!), "utf8")) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result.flatMap(({ url }) => /\/packages\/(\w+\/(?!bin).+)$/.exec(url)?.[1] ?? []);
  });
}

async function packagesLoadedBy(words: readonly string[]): Promise<readonly string[]> {
  const packages = (await loadedBy(words)).map((file) => file.split("/")[0]!);
  return [...new Set(packages)].toSorted();
}

describe("loadstar", () => {
  test.each([[["--help"]], [["--version"]], [["--get-yargs-completions", "loadstar", "sw"]]])(
    "loadstar %j loads no command, so that it starts at once",
    async (words) => {
      // Of sweep only its version.
      expect(await packagesLoadedBy(words)).toEqual(["cli", "sweep"]);
    },
  );

  test.each([
    [["sw"], ["sweep"]],
    [
      ["sweep", "--rep"],
      ["--replications", "--replication-timeout"],
    ],
    [["sweep", ""], []],
    [["sweep", "sw"], []],
    [
      ["report", "r", "--format", ""],
      ["html", "md", "junit"],
    ],
  ])("loadstar completes %j, and leaves names of files to the shell", async (typed, offered) => {
    await inTemporaryDirectory(async (cwd) => {
      const { code, out, err } = await spawned(["--get-yargs-completions", "loadstar", ...typed], { cwd });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      // The shell chooses what begins as what was typed.
      const fitting = out.split("\n").filter((word) => word !== "" && word.startsWith(typed.at(-1)!));
      expect(fitting).toEqual(offered);
    });
  });

  test("loadstar completes for zsh with what options are for, and one dash for one letter", async () => {
    await inTemporaryDirectory(async (cwd) => {
      const words = ["--get-yargs-completions", "loadstar", "sweep", "--re"];
      const { out } = await spawned(words, { cwd, env: { SHELL: "/bin/zsh" } });
      expect(out).toContain("--resume:go on with what is there: only missing runs are made\n");
      expect(out).not.toMatch(/^--\w:/m);
    });
  });

  test("loadstar loads what a command that is named needs, of each package a few files and not hundreds", async () => {
    const files = await loadedBy(["check", "none.yaml"]);
    expect(files).toContain("scenario/bundle/index.js");
    expect(files.filter((file) => !file.includes("/bundle/"))).toEqual([]);
    expect(files.length).toBeLessThan(40);
  });
});
