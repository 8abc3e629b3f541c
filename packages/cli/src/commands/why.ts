import { visibleText } from "@loadstar/report";
import { whyRecompute, type RecomputeReport } from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { overridesOf, studyOptions, type StudyArguments } from "../study-options.js";

interface WhyArguments extends StudyArguments {
  readonly directory: string;
  readonly file?: string | undefined;
  readonly json: boolean;
}

/** Differences and points that are named. */
const NAMED = 20;

/** `loadstar why DIR [SWEEP]`: what resuming would run again, and which field makes it so. */
export function whyCommand({ terminal }: Context): Command {
  return {
    builder: (yargs) =>
      studyOptions(yargs)
        .positional("directory", { type: "string", demandOption: true, describe: "results directory" })
        .positional("file", {
          type: "string",
          describe: "sweep as it is now [the one it was made from, with what the command line said then]",
        })
        .option("json", { type: "boolean", default: false, describe: "print the answer as JSON" })
        .example("$0 why results/growth", "has the sweep or its scenario changed?")
        .example("$0 why results/growth sweeps/growth.yaml -n 500", "what would this take?") as never,
    handler: async (words: WhyArguments) => {
      const overrides = overridesOf(words);
      const report = await whyRecompute(words.directory, {
        ...(words.file === undefined ? {} : { file: words.file }),
        overrides,
      });
      if (words.json) terminal.out.write(`${JSON.stringify(report, undefined, 2)}\n`);
      else terminal.out.write(textOf(report));
    },
  } as Command;
}

function textOf({ points, differences, damaged, missing_file }: RecomputeReport): string {
  const sum = (of: "wanted" | "present"): number => points.reduce((total, point) => total + point[of], 0);
  const missing = points.filter(({ wanted, present }) => present < wanted);
  const lines = [
    ...(missing_file === undefined
      ? []
      : [`${missing_file} is not there: this is about the sweep as the directory remembers it`]),
    `${sum("present")} of ${sum("wanted")} runs are there, ${sum("wanted") - sum("present")} would be run`,
    ...named(
      missing.map(({ point_id, wanted, present }) => `  ${point_id}: ${present} of ${wanted}`),
      "points",
    ),
    ...named(
      damaged.map(({ file, reason }) => `damaged ${file}: ${reason}`),
      "chunks",
    ),
    ...(differences.length === 0 ? [] : ["changed since:"]),
    ...named(
      differences.map(({ field, before, after, points: at }) => {
        const where = at === undefined ? "" : ` at ${at} points`;
        return `  ${field}: ${before} -> ${after}${where}`;
      }),
      "changes",
    ),
  ];
  return `${lines.map(visibleText).join("\n")}\n`;
}

function named(lines: readonly string[], what: string): readonly string[] {
  if (lines.length <= NAMED) return lines;
  return [...lines.slice(0, NAMED), `  ... and ${lines.length - NAMED} more ${what}`];
}
