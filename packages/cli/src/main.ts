import { LOADSTAR_VERSION } from "@loadstar/sweep/loadstar-version";
import yargs from "yargs";
import { namedCommands, type ListedCommand } from "./commands.js";
import type { Command } from "./command.js";
import type { Context } from "./context.js";
import { EXIT } from "./exit-code.js";
import { processTerminal, type Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { wrongNumber } from "./wrong-number.js";

/** Runs the command line and gives its exit code. Never throws. */
export async function main(words: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const context: Context = { terminal, exitCode: EXIT.ok };
  try {
    await parserFor(words, await namedCommands(words, context), terminal).parseAsync();
    return context.exitCode;
  } catch (error) {
    // What knows all errors is loaded when there is one: it takes most of the time that help takes.
    const { tellError } = await import("./tell-error.js");
    const helpOf = async (place: readonly string[]): Promise<string> =>
      await parserFor(place, await namedCommands(place, context), terminal).getHelp();
    return await tellError(error, { words, terminal, helpOf });
  }
}

function parserFor(
  words: readonly string[],
  commands: readonly (ListedCommand & Partial<Command>)[],
  terminal: Terminal,
): ReturnType<typeof yargs> {
  const parser = yargs([...words])
    .scriptName("loadstar")
    .usage("$0 <command>\n\nMonte Carlo capacity answers for asynchronous backends.")
    .version(LOADSTAR_VERSION)
    .parserConfiguration({ "parse-positional-numbers": false })
    .strict()
    .middleware((parsed) => {
      refuseRepeated(parsed);
      refuseWrongNumber(parsed, words);
    }, true)
    .recommendCommands()
    .demandCommand(1, "Name a command: loadstar --help names them")
    .completion("completion", "print a completion script for bash or zsh", completed)
    .wrap(terminal.out.width)
    .help()
    .alias("help", "h")
    .example("$0 sweep sweeps/cores-for-growth.yaml", "run a sweep over all cores of this machine")
    .example("$0 run scenarios/outage.yaml --seed 7", "simulate once and look")
    .epilog(
      "Exit codes: 0 ok and objectives met, 1 defect in Loadstar, 2 wrong usage or input, 10 an objective is broken, " +
        "11 an objective is inconclusive, 12 replications failed, 13 nondeterminism found, 130 interrupted, resumable.",
    )
    .exitProcess(false)
    .fail((message, error) => {
      throw error === undefined || error.name === "YError" ? usageError(message ?? error.message) : error;
    });
  for (const { command, describe, builder = {}, handler = () => undefined } of commands) {
    parser.command({ command, describe, builder, handler });
  }
  return parser;
}

/** What the parser would offer, and how what is offered is told. */
type Offered = (tell: (error: Error | null, words: string[] | undefined) => void) => void | Promise<void>;

function completed(current: string, _parsed: unknown, ofParser: Offered, done: (words: string[]) => void): void {
  void ofParser((_error, words) => done(completionsFor(current, words ?? [])));
}

/** What is offered for a word, `--name` or `--name:what it is for`: files, which the shell knows, where nothing is typed yet; and no `--n` for `-n`. */
function completionsFor(current: string, words: readonly string[]): string[] {
  return words.filter((word) => (current === "" ? !word.startsWith("-") : !/^--\w(?::|$)/.test(word)));
}

/** What yargs finds wrong, in one line. */
function usageError(message: string): UsageError {
  return new UsageError(message.replaceAll(/\s*\n\s*/g, " "));
}

/** Options that take one value; yargs would make a list of several. */
const SINGLE = [
  "seed",
  "dialect",
  "replications",
  "out",
  "threads",
  "inconclusive",
  "confidence",
  "margin",
  "find",
  "range",
  "step",
  "tolerance",
  "want",
  "load",
  "from",
  "to",
  "grace",
  "healthy",
  "max-replications",
  "indifference",
  "method",
  "samples",
  "baseline",
  "format",
  "charts",
  "extend",
  "deadline",
  "shard",
  "audit",
  "failure-budget",
  "replication-timeout",
  "replication",
  "worst",
  "slowest",
  "events",
  "trace",
];

function refuseRepeated(words: Readonly<Record<string, unknown>>): void {
  const repeated = SINGLE.find((option) => Array.isArray(words[option]));
  if (repeated !== undefined) throw new UsageError(`--${repeated} must be given once`);
}

function refuseWrongNumber(parsed: Readonly<Record<string, unknown>>, words: readonly string[]): void {
  const problem = wrongNumber(parsed, words);
  if (problem !== undefined) throw new UsageError(problem);
}
