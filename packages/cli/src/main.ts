import { formatProblem, InputError } from "@loadstar/scenario";
import { ResultsError } from "@loadstar/store";
import { LOADSTAR_VERSION, NondeterminismError } from "@loadstar/sweep";
import { visibleText } from "@loadstar/report";
import yargs, { type CommandModule } from "yargs";
import { bestCommand } from "./commands/best.js";
import { checkCommand } from "./commands/check.js";
import { compareCommand } from "./commands/compare.js";
import { initCommand } from "./commands/init.js";
import { mergeCommand } from "./commands/merge.js";
import { planCommand } from "./commands/plan.js";
import { reportCommand } from "./commands/report.js";
import { replayCommand } from "./commands/replay.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { sizeCommand } from "./commands/size.js";
import { sensitivityCommand } from "./commands/sensitivity.js";
import { summaryCommand } from "./commands/summary.js";
import { tippingCommand } from "./commands/tipping.js";
import { sweepCommand } from "./commands/sweep.js";
import { verifyCommand } from "./commands/verify.js";
import { whyCommand } from "./commands/why.js";
import type { Context } from "./context.js";
import { Interrupted } from "./interrupted.js";
import { EXIT } from "./exit-code.js";
import { processTerminal, type Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { optionsIn, usageText, wrongNumber } from "./usage-text.js";

/** Runs the command line and gives its exit code. Never throws. */
export async function main(words: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const context: Context = { terminal, exitCode: EXIT.ok };
  try {
    await parserFor(words, context).parseAsync();
    return context.exitCode;
  } catch (error) {
    return error instanceof UsageError ? await refuse(error, words, terminal) : report(error, terminal);
  }
}

const COMMANDS: readonly ((context: Context) => CommandModule<object, never>)[] = [
  checkCommand,
  schemaCommand,
  initCommand,
  runCommand,
  planCommand,
  sweepCommand,
  summaryCommand,
  compareCommand,
  sizeCommand,
  tippingCommand,
  bestCommand,
  mergeCommand,
  verifyCommand,
  whyCommand,
  replayCommand,
  sensitivityCommand,
  reportCommand,
];

function parserFor(words: readonly string[], context: Context): ReturnType<typeof yargs> {
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
    .completion("completion", "print a completion script for bash or zsh")
    .wrap(context.terminal.out.width)
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
  for (const command of COMMANDS) parser.command(command(context));
  return parser;
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

/** Says what is wrong with the words, what was probably meant, and where help is. */
async function refuse({ message }: UsageError, words: readonly string[], terminal: Terminal): Promise<number> {
  const context: Context = { terminal, exitCode: EXIT.ok };
  const commands = COMMANDS.map((command) => String(command(context).command).split(" ")[0]!);
  const command = commands.find((name) => name === words[0]);
  const place = command === undefined ? [] : [command];
  const help = await parserFor(place, context).getHelp();
  const { red, dim } = terminal.err.paint;
  const text = visibleText(usageText(message, { words, commands, options: optionsIn(help) }));
  const hint = dim(`See ${["loadstar", ...place, "--help"].join(" ")}`);
  terminal.err.write(`${red("error")} ${text}\n${hint}\n`);
  return EXIT.wrongInput;
}

function report(error: unknown, { err }: Terminal): number {
  const { red } = err.paint;
  if (error instanceof InputError) {
    for (const problem of error.problems) err.write(`${red("error")} ${visibleText(formatProblem(problem))}\n`);
    return EXIT.wrongInput;
  }
  if (error instanceof ResultsError) {
    err.write(`${red("error")} ${visibleText(error.message)}\n`);
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
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = trace.split("\n").map(visibleText).join("\n");
  err.write(`${red("defect")} Loadstar failed in a way that it should not. Please report this:\n${lines}\n`);
  return EXIT.defect;
}
