import { formatProblem, InputError } from "@loadstar/scenario";
import { OccupiedError, ResultsError } from "@loadstar/store";
import { NondeterminismError } from "@loadstar/sweep";
import { visibleText } from "@loadstar/report";
import { COMMANDS } from "./commands.js";
import { EXIT } from "./exit-code.js";
import { Interrupted } from "./interrupted.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { optionsIn, usageText } from "./usage-text.js";

/** The command line that failed, where it came from, and the help that belongs to some words. */
export interface Failed {
  readonly words: readonly string[];
  readonly terminal: Terminal;
  readonly helpOf: (words: readonly string[]) => Promise<string>;
}

/** Says what ended a command, and gives the exit code for it. */
export async function tellError(error: unknown, failed: Failed): Promise<number> {
  const { err } = failed.terminal;
  const { red } = err.paint;
  if (error instanceof InputError) {
    for (const problem of error.problems) err.write(`${red("error")} ${visibleText(formatProblem(problem))}\n`);
    return EXIT.wrongInput;
  }
  if (error instanceof ResultsError) {
    err.write(`${red("error")} ${visibleText(error.message)}\n`);
    if (error instanceof OccupiedError) await tellWays(failed);
    return EXIT.wrongInput;
  }
  if (error instanceof NondeterminismError) {
    err.write(`${red("nondeterminism")} ${visibleText(error.message)}\n`);
    return EXIT.nondeterminism;
  }
  if (error instanceof Interrupted) {
    err.write(`${error.message}\n`);
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) return await tellUsage(error, failed);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = trace.split("\n").map(visibleText).join("\n");
  err.write(`${red("defect")} Loadstar failed in a way that it should not. Please report this:\n${lines}\n`);
  return EXIT.defect;
}

/** What a command can be asked to do with results that are there. */
const WAYS = [
  ["resume", "--resume goes on with what is there"],
  ["overwrite", "--overwrite replaces it"],
  ["out", "--out names another directory"],
] as const;

async function tellWays({ words, terminal, helpOf }: Failed): Promise<void> {
  const options = optionsIn(await helpOf(placeOf(words)));
  const ways = WAYS.filter(([option]) => options.includes(option)).map(([, way]) => way);
  terminal.err.write(`${terminal.err.paint.dim(ways.join(", "))}\n`);
}

/** Says what is wrong with the words, what was probably meant, and where help is. */
async function tellUsage({ message }: UsageError, { words, terminal, helpOf }: Failed): Promise<number> {
  const place = placeOf(words);
  const { red, dim } = terminal.err.paint;
  const text = visibleText(usageText(message, { words, commands: NAMES, options: optionsIn(await helpOf(place)) }));
  const hint = dim(`See ${["loadstar", ...place, "--help"].join(" ")}`);
  terminal.err.write(`${red("error")} ${text}\n${hint}\n`);
  return EXIT.wrongInput;
}

const NAMES = COMMANDS.map(({ command }) => command.split(" ")[0]!);

/** The command that the words name, as words. */
function placeOf(words: readonly string[]): readonly string[] {
  return NAMES.filter((name) => name === words[0]);
}
