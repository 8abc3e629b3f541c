import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { spawned } from "./spawned-command.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** Packages of which a command line loads something, as the coverage of V8 tells. */
async function packagesLoadedBy(words: readonly string[]): Promise<readonly string[]> {
  return inTemporaryDirectory(async (directory) => {
    await spawned(words, { cwd: directory, env: { NODE_V8_COVERAGE: join(directory, "coverage") } });
    const [file] = await readdir(join(directory, "coverage"));
    const { result } = JSON.parse(await readFile(join(directory, "coverage", file!), "utf8")) as {
      readonly result: readonly { readonly url: string }[];
    };
    const packages = result.flatMap(({ url }) => /\/packages\/(\w+)\/dist\//.exec(url)?.[1] ?? []);
    return [...new Set(packages)].toSorted();
  });
}

describe("loadstar", () => {
  test.each([[["--help"]], [["--version"]], [["--get-yargs-completions", "loadstar", "sw"]]])(
    "loadstar %j loads no command, so that it starts at once",
    async (words) => {
      // Of sweep only its version.
      expect(await packagesLoadedBy(words)).toEqual(["cli", "sweep"]);
    },
  );

  test("loadstar loads what a command that is named needs", async () => {
    expect(await packagesLoadedBy(["check", "none.yaml"])).toContain("scenario");
  });
});
