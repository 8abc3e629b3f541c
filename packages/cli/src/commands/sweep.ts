import { availableParallelism } from "node:os";
import { visibleText } from "@loadstar/report";
import {
  assertSameShare,
  isResultsDirectory,
  loadStudy,
  parseShard,
  ShardError,
  type RunStudyOptions,
  type Shard,
  type Study,
  type StudyOverrides,
} from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { audit } from "../audit.js";
import { defaultDirectory } from "../default-directory.js";
import { durationOf } from "../duration-of.js";
import { notesText } from "../notes-text.js";
import { shareOf } from "../share-of.js";
import { showFinished, showInterrupted, showShard, showStopped } from "../show-study.js";
import {
  failureBudgetOf,
  MOST_THREADS,
  overridesOf,
  PARQUET_HELP,
  studyOptions,
  timeoutOption,
  wholeNumber,
  type StudyArguments,
  type TimeoutArguments,
} from "../study-options.js";
import { runsText } from "../study-text.js";
import { exitCodeOf, INCONCLUSIVE, type InconclusiveRule } from "../sweep-exit-code.js";
import { UsageError } from "../usage-error.js";
import { watchStudy } from "../watch-study.js";

interface SweepArguments extends StudyArguments, TimeoutArguments {
  readonly file: string;
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  readonly parquet: boolean;
  readonly resume: boolean;
  readonly extend?: number | undefined;
  readonly deadline?: string | undefined;
  readonly threads?: number | undefined;
  readonly maxReplications?: number | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly inconclusive: InconclusiveRule | "extend";
  readonly shard?: string | undefined;
  readonly audit?: string | undefined;
  readonly failureBudget: number;
}

/** `loadstar sweep FILE`: runs all points and replications and writes a results directory. */
export function sweepCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      timeoutOption(studyOptions(yargs))
        .positional("file", { type: "string", demandOption: true, describe: "sweep or scenario file" })
        .option("out", { type: "string", requiresArg: true, describe: "results directory [results/<name>]" })
        .option("overwrite", { type: "boolean", default: false, describe: "replace earlier results there" })
        .option("parquet", { type: "boolean", default: false, describe: PARQUET_HELP })
        .option("resume", {
          type: "boolean",
          default: false,
          describe: "go on with what is there: only missing runs are made",
        })
        .option("extend", {
          type: "number",
          requiresArg: true,
          describe: "so many more replications of each point than the results there have",
        })
        .option("deadline", {
          type: "string",
          requiresArg: true,
          describe: "start nothing more after so long, such as 90s, 30m or 1h30m, and write what there is",
        })
        .option("threads", { alias: "j", type: "number", requiresArg: true, describe: "worker threads [one per core]" })
        .option("shard", {
          type: "string",
          requiresArg: true,
          describe: "I/N: make only share I of N, for loadstar merge; auto: ask Slurm, AWS Batch or Kubernetes",
        })
        .option("audit", {
          type: "string",
          requiresArg: true,
          describe: "share of the chunks to run again and compare, such as 2%",
        })
        .option("failure-budget", {
          type: "number",
          default: 0,
          requiresArg: true,
          describe: "failed replications that are tolerated; more end with 12",
        })
        .option("inconclusive", {
          choices: [...INCONCLUSIVE, "extend"] as const,
          default: "tell" as const,
          describe:
            "what an inconclusive objective makes the exit code: 11, 0 or 10; extend runs more until it is decided",
        })
        .option("max-replications", {
          type: "number",
          requiresArg: true,
          describe: "most runs of a point with --inconclusive extend [ten times as many]",
        })
        .option("json", { type: "boolean", default: false, describe: "print the summary as JSON" })
        .option("quiet", {
          type: "boolean",
          alias: "q",
          default: false,
          describe: "print nothing but errors and --json",
        })
        .example("$0 sweep sweeps/balancing.yaml", "results in results/balancing")
        .example(
          "$0 sweep sweeps/cores-for-growth.yaml --inconclusive extend --max-replications 2000",
          "more runs of each point until its objectives are proven or refuted",
        )
        .example("$0 sweep sweeps/balancing.yaml --resume", "after an interruption, or with points added")
        .example("$0 sweep results/balancing --extend 100", "100 more replications of each point of earlier results")
        .example(
          "$0 sweep sweeps/balancing.yaml --replication-timeout 60s",
          "a run that explodes does not hold up the others",
        )
        .example("$0 sweep sweeps/balancing.yaml --parquet", "for DuckDB and its like; series by metric")
        .example("$0 sweep sweeps/balancing.yaml --shard 2/4", "one of four machines; then loadstar merge")
        .example("$0 sweep sweeps/balancing.yaml -n 200 --param users=300,480", "more runs of fewer points")
        .example(
          "$0 sweep scenarios/outage.yaml --json -q | jq .points",
          "a scenario as a sweep of one point",
        ) as never,
    handler: async (words: SweepArguments) => {
      const threads = wholeNumber("--threads", words.threads ?? availableParallelism(), MOST_THREADS);
      const durability = durabilityOf(words);
      const stored = await isResultsDirectory(words.file);
      const overrides = { ...overridesOf(words), ...extensionOf(words) };
      const study = await loadStudy(words.file, { ...overrides, ...(await lengtheningOf(words, overrides)) });
      if (study.replications.until_decided && study.objectives.length === 0) {
        throw new UsageError(
          "until_decided, or --inconclusive extend, must come with objectives: the sweep and its scenario have none",
        );
      }
      const { err } = context.terminal;
      const shard = shardOf(words.shard);
      const budget = failureBudgetOf(words.failureBudget);
      if (shard !== undefined && words.parquet) {
        throw new UsageError("--parquet must not come with --shard, which writes no tables: give it to loadstar merge");
      }
      const share = words.audit === undefined ? undefined : shareOf("--audit", words.audit);
      const directory = words.out ?? (stored ? words.file : defaultDirectory(study, shard));
      if (shard !== undefined && words.shard === "auto" && durability.mode === "resume") {
        await assertSameShare(directory, shard);
      }
      if (!words.quiet) err.write(`${headline(study, threads)}${notesText(study, err.paint)}`);
      const { parquet, quiet } = words;
      const options = { ...durability, directory, threads, parquet, quiet };
      const ended = await watchStudy(study, { ...options, ...(shard === undefined ? {} : { shard }) }, context);
      if (ended.kind === "stopped") {
        await showStopped(ended, resumeLine(words, study), context);
        context.exitCode = EXIT.wrongInput;
        return;
      }
      if (ended.kind === "interrupted") {
        showInterrupted(ended, { study, words, resume: resumeLine(words, study) }, context);
        context.exitCode = EXIT.interrupted;
        return;
      }
      if (ended.kind === "shard_finished") {
        showShard(ended, words, context);
        if (ended.outcomes.failed > budget) context.exitCode = EXIT.failureBudget;
      } else {
        await showFinished(ended, words, context);
        const rule = words.inconclusive === "extend" ? "tell" : words.inconclusive;
        context.exitCode = exitCodeOf(ended, rule, budget);
      }
      if (share !== undefined) await audit(study, { directory, share, threads, quiet: words.quiet }, context);
    },
  } as Command;
}

/** What `--inconclusive extend` and `--max-replications` say together. */
function extensionOf(words: SweepArguments): Pick<StudyOverrides, "extend"> {
  const max = words.maxReplications;
  if (words.inconclusive !== "extend") {
    if (max === undefined) return {};
    throw new UsageError("--max-replications must come with --inconclusive extend");
  }
  return { extend: max === undefined ? {} : { max: wholeNumber("--max-replications", max) } };
}

function headline(study: Study, threads: number): string {
  const { name, seed, kept, source } = study;
  const lines = [
    `${visibleText(name)}: ${runsText(study)} on ${threads} threads, seed ${seed}`,
    ...(kept.left_out > 0 && source.sweep.metrics === undefined
      ? [`metrics of single components are left out (${kept.left_out}): choose with metrics: or --metric`]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What `--overwrite`, `--resume`, `--extend` and `--deadline` say together. */
function durabilityOf(words: SweepArguments): Pick<RunStudyOptions, "mode" | "deadline_s"> {
  const isResumed = words.resume || words.extend !== undefined;
  if (words.overwrite && isResumed) {
    throw new UsageError("--overwrite must not come with --resume or --extend: it begins anew");
  }
  const mode = words.overwrite ? "overwrite" : isResumed ? "resume" : "new";
  return words.deadline === undefined ? { mode } : { mode, deadline_s: durationOf("--deadline", words.deadline) };
}

/** Replications that `--extend` asks for: those of the results that are there, and as many more. */
async function lengtheningOf(
  words: SweepArguments,
  { replications, extend }: StudyOverrides,
): Promise<Pick<StudyOverrides, "replications">> {
  if (words.extend === undefined) return {};
  if (replications !== undefined || extend !== undefined) {
    throw new UsageError("--extend must not come with --replications or --inconclusive extend");
  }
  const more = wholeNumber("--extend", words.extend);
  const stored = (await isResultsDirectory(words.file)) ? words.file : undefined;
  const directory = words.out ?? stored ?? defaultDirectory(await loadStudy(words.file, overridesOf(words)));
  const { min, max } = (await loadStudy(directory)).replications;
  if (min === max) return { replications: max + more };
  throw new UsageError("--extend must be of a fixed number of replications: raise max of the sweep, and --resume");
}

/** @throws UsageError */
function shardOf(word: string | undefined): Shard | undefined {
  try {
    return word === undefined ? undefined : parseShard(word, process.env);
  } catch (error) {
    throw error instanceof ShardError ? new UsageError(`--shard ${error.message}`) : error;
  }
}

/** The command that goes on with what an interrupted one left. */
function resumeLine(words: SweepArguments, study: Study): string {
  const { min, max } = study.replications;
  const told = [
    ...(words.replications === undefined && words.extend === undefined ? [] : ["-n", String(min === max ? max : min)]),
    ...(words.seed === undefined ? [] : ["--seed", String(words.seed)]),
    ...(words.dialect === undefined ? [] : ["--dialect", words.dialect]),
    ...words.set.flatMap((word) => ["--set", word]),
    ...words.param.flatMap((word) => ["--param", word]),
    ...words.metric.flatMap((word) => ["--metric", word]),
    ...(words.inconclusive === "tell" ? [] : ["--inconclusive", words.inconclusive]),
    ...(words.replicationTimeout === undefined ? [] : ["--replication-timeout", words.replicationTimeout]),
    ...(words.shard === undefined ? [] : ["--shard", words.shard]),
    ...(words.maxReplications === undefined ? [] : ["--max-replications", String(words.maxReplications)]),
    ...(words.parquet ? ["--parquet"] : []),
    ...(words.audit === undefined ? [] : ["--audit", words.audit]),
    ...(words.failureBudget === 0 ? [] : ["--failure-budget", String(words.failureBudget)]),
    ...(words.out === undefined ? [] : ["--out", words.out]),
  ];
  return ["loadstar", "sweep", words.file, ...told, "--resume"].map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
