import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { writeFileAtomically } from "@loadstar/store";
import { visibleText } from "@loadstar/report";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { TEMPLATES_DIRECTORY } from "../templates-directory.js";
import { UsageError } from "../usage-error.js";

interface InitArguments {
  readonly directory: string;
}

const FILES = ["scenario.yaml", "sweep.yaml"] as const;

/** `loadstar init [DIR]`: a commented scenario and sweep to start from. Overwrites nothing. */
export function initCommand({ terminal }: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("directory", { type: "string", default: ".", describe: "where to" })
        .example("$0 init checkout", "checkout/scenario.yaml and checkout/sweep.yaml") as never,
    handler: async ({ directory }: InitArguments) => {
      await writeTemplates(directory);
      const shown = FILES.map((file) => visibleText(relative(".", join(directory, file))));
      terminal.err.write(`wrote ${shown.join(" and ")}\nnext: loadstar sweep ${shown[1]}\n`);
    },
  } as Command;
}

async function writeTemplates(directory: string): Promise<void> {
  const present = FILES.find((file) => existsSync(join(directory, file)));
  if (present !== undefined) {
    throw new UsageError(
      `Cannot write templates to "${directory}": nothing is overwritten: current directory has ${present}`,
    );
  }
  try {
    for (const file of FILES)
      await writeFileAtomically(join(directory, file), await readFile(join(TEMPLATES_DIRECTORY, file)));
  } catch (error) {
    // One without the other would stand in the way of the next attempt.
    for (const file of FILES) await rm(join(directory, file), { force: true }).catch(() => undefined);
    throw error;
  }
}
