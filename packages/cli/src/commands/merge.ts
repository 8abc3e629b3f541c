import { mergeChunks } from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { exitCodeOf, INCONCLUSIVE, type InconclusiveRule } from "../sweep-exit-code.js";
import { PARQUET_HELP } from "../study-options.js";
import { showFinished } from "../show-study.js";
import { failureBudgetOf } from "../study-options.js";
import { watchStudy } from "../watch-study.js";

interface MergeArguments {
  readonly directories: readonly string[];
  readonly out: string;
  readonly overwrite: boolean;
  readonly failureBudget: number;
  readonly parquet: boolean;
  readonly inconclusive: InconclusiveRule;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `loadstar merge DIR... --out DIR`: one result from the shards of a sweep. */
export function mergeCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("directories", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "directories of shards",
        })
        .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "results directory" })
        .option("overwrite", { type: "boolean", default: false, describe: "replace earlier results there" })
        .option("failure-budget", {
          type: "number",
          default: 0,
          requiresArg: true,
          describe: "failed replications that are tolerated; more end with 12",
        })
        .option("parquet", { type: "boolean", default: false, describe: PARQUET_HELP })
        .option("inconclusive", {
          choices: INCONCLUSIVE,
          default: "tell" as const,
          describe: "what an inconclusive objective makes the exit code: 11, 0 or 10",
        })
        .option("json", { type: "boolean", default: false, describe: "print the summary as JSON" })
        .option("quiet", {
          type: "boolean",
          alias: "q",
          default: false,
          describe: "print nothing but errors and --json",
        })
        .example("$0 merge results/growth-shard-* --out results/growth", "after all shards have ended") as never,
    handler: async (words: MergeArguments) => {
      const { directories, out, overwrite, parquet, quiet } = words;
      const mode = overwrite ? "overwrite" : "new";
      const budget = failureBudgetOf(words.failureBudget);
      const { study, copied, repeated } = await mergeChunks(directories, { directory: out, mode });
      if (!quiet) {
        const twice = repeated === 0 ? "" : `, ${repeated} were there twice and are equal`;
        context.terminal.err.write(`${copied} chunks of ${directories.length} directories${twice}\n`);
      }
      const options = { directory: out, mode: "resume", missing: "refuse", threads: 1, parquet, quiet } as const;
      const ended = await watchStudy(study, options, context);
      if (ended.kind === "stopped") throw ended.error;
      if (ended.kind !== "finished") {
        context.exitCode = EXIT.interrupted;
        return;
      }
      await showFinished(ended, words, context);
      context.exitCode = exitCodeOf(ended, words.inconclusive, budget);
    },
  } as Command;
}
