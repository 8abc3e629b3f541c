import type { Command } from "./command.js";
import type { Context } from "./context.js";

/** A command as help and completion list it, and how it is loaded when it is the one that is wanted. */
export interface ListedCommand {
  readonly command: string;
  readonly describe: string;
  readonly load: () => Promise<(context: Context) => Command>;
}

/** All commands, in the order of help. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    command: "check <files..>",
    describe: "validate scenario and sweep files",
    load: async () => (await import("./commands/check.js")).checkCommand,
  },
  {
    command: "schema <kind>",
    describe: "print the JSON Schema of scenario or sweep files",
    load: async () => (await import("./commands/schema.js")).schemaCommand,
  },
  {
    command: "init [directory]",
    describe: "write a commented scenario and sweep to start from",
    load: async () => (await import("./commands/init.js")).initCommand,
  },
  {
    command: "run <scenario>",
    describe: "simulate a scenario once and show its statistics",
    load: async () => (await import("./commands/run.js")).runCommand,
  },
  {
    command: "plan <file>",
    describe: "show what a sweep would do",
    load: async () => (await import("./commands/plan.js")).planCommand,
  },
  {
    command: "sweep <file>",
    describe: "run a sweep (or a scenario, as one point) and write its results",
    load: async () => (await import("./commands/sweep.js")).sweepCommand,
  },
  {
    command: "summary <directory>",
    describe: "show the summary of a results directory again",
    load: async () => (await import("./commands/summary.js")).summaryCommand,
  },
  {
    command: "compare <base> <new>",
    describe: "compare two results directories",
    load: async () => (await import("./commands/compare.js")).compareCommand,
  },
  {
    command: "size <file>",
    describe: "find the largest or smallest value that meets the objectives",
    load: async () => (await import("./commands/size.js")).sizeCommand,
  },
  {
    command: "tipping <file>",
    describe: "find the load above which a passing trigger leaves the system collapsed",
    load: async () => (await import("./commands/tipping.js")).tippingCommand,
  },
  {
    command: "best <file>",
    describe: "select the point of a sweep with the best mean of a metric",
    load: async () => (await import("./commands/best.js")).bestCommand,
  },
  {
    command: "merge <directories..>",
    describe: "make one result of the shards of a sweep",
    load: async () => (await import("./commands/merge.js")).mergeCommand,
  },
  {
    command: "verify <directory>",
    describe: "check every digest, row and chunk of a results directory",
    load: async () => (await import("./commands/verify.js")).verifyCommand,
  },
  {
    command: "why <directory> [file]",
    describe: "say what --resume would run again, and why",
    load: async () => (await import("./commands/why.js")).whyCommand,
  },
  {
    command: "replay <directory>",
    describe: "run one replication of earlier results again and look at its slowest requests",
    load: async () => (await import("./commands/replay.js")).replayCommand,
  },
  {
    command: "sensitivity <file>",
    describe: "find out which parameters of a sweep matter, and how much is luck",
    load: async () => (await import("./commands/sensitivity.js")).sensitivityCommand,
  },
  {
    command: "report <directory>",
    describe: "write a results directory as one self-contained page, or for CI systems",
    load: async () => (await import("./commands/report.js")).reportCommand,
  },
];

/** Loads the commands that are named among the words of a command line: others are only listed. */
export async function namedCommands(
  words: readonly string[],
  context: Context,
): Promise<readonly (ListedCommand & Partial<Command>)[]> {
  return Promise.all(
    COMMANDS.map(async (listed) =>
      words.includes(listed.command.split(" ")[0]!) ? { ...listed, ...(await listed.load())(context) } : listed,
    ),
  );
}
