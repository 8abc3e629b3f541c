import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { openResults } from "@loadstar/store";
import { visibleText } from "@loadstar/report";
import { loadStudy, type Study } from "@loadstar/sweep";
import type { CommandModule } from "yargs";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { MOST_THREADS, overridesOf, studyOptions, wholeNumber, type StudyArguments } from "../study-options.js";
import { readSummaryView, summaryJson, summaryText } from "../summary-view.js";
import { watchStudy, type FinishedEvent } from "../watch-study.js";

interface SweepArguments extends StudyArguments {
  readonly file: string;
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  readonly threads?: number | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly inconclusive: "tell" | "pass" | "fail";
}

/** `loadstar sweep FILE`: runs all points and replications and writes a results directory. */
export function sweepCommand(context: Context): CommandModule<object, never> {
  return {
    command: "sweep <file>",
    describe: "run a sweep (or a scenario, as one point) and write its results",
    builder: (yargs) =>
      studyOptions(yargs)
        .positional("file", { type: "string", demandOption: true, describe: "sweep or scenario file" })
        .option("out", { type: "string", requiresArg: true, describe: "results directory [results/<name>]" })
        .option("overwrite", { type: "boolean", default: false, describe: "replace earlier results there" })
        .option("threads", { alias: "j", type: "number", requiresArg: true, describe: "worker threads [one per core]" })
        .option("inconclusive", {
          choices: ["tell", "pass", "fail"] as const,
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
        .example("$0 sweep sweeps/balancing.yaml", "results in results/balancing")
        .example("$0 sweep sweeps/balancing.yaml -n 200 --param users=300,480", "more runs of fewer points")
        .example(
          "$0 sweep scenarios/outage.yaml --json -q | jq .points",
          "a scenario as a sweep of one point",
        ) as never,
    handler: async (words: SweepArguments) => {
      const threads = wholeNumber("--threads", words.threads ?? availableParallelism(), MOST_THREADS);
      const study = await loadStudy(words.file, overridesOf(words));
      const { err } = context.terminal;
      const directory = words.out ?? join("results", directoryNameOf(study.name));
      if (!words.quiet) err.write(headline(study, threads));
      const finished = await watchStudy(study, { ...words, directory, threads }, context);
      await show(finished, words, context);
      context.exitCode = exitCodeOf(finished, words.inconclusive);
    },
  } as CommandModule<object, never>;
}

/** Longest name of a results directory [bytes]: file systems allow 255, and the name of an unfinished one is longer. */
const LONGEST_NAME = 200;

/** A name from a file, made safe as the name of one directory. */
function directoryNameOf(name: string): string {
  const safe = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
  if (safe === "") return "sweep";
  return Buffer.from(safe)
    .subarray(0, LONGEST_NAME)
    .toString()
    .replace(/\uFFFD$/, "");
}

/** Failed replications weigh most, then what is proven broken, then what is not proven. */
function exitCodeOf({ outcomes, verdicts }: FinishedEvent, inconclusive: SweepArguments["inconclusive"]): number {
  if (outcomes.failed > 0) return EXIT.failureBudget;
  if (verdicts.fail > 0) return EXIT.objectiveBroken;
  if (verdicts.inconclusive === 0 || inconclusive === "pass") return EXIT.ok;
  return inconclusive === "fail" ? EXIT.objectiveBroken : EXIT.inconclusive;
}

function headline({ name, points, replications, seed, notes, kept, source }: Study, threads: number): string {
  const runs = points.length * replications;
  const lines = [
    `${visibleText(name)}: ${points.length} points x ${replications} replications = ${runs} runs on ${threads} threads, seed ${seed}`,
    ...(kept.left_out > 0 && source.sweep.metrics === undefined
      ? [`metrics of single components are left out (${kept.left_out}): choose with metrics: or --metric`]
      : []),
    ...(notes.length > 0 ? [`notes on the input: ${notes.length}, see loadstar check`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

async function show(finished: FinishedEvent, words: SweepArguments, { terminal }: Context): Promise<void> {
  const { out, err } = terminal;
  const view = await readSummaryView(await openResults(finished.directory));
  if (words.json) out.write(`${JSON.stringify(summaryJson(view, []), undefined, 2)}\n`);
  else if (!words.quiet) out.write(`${summaryText(view, [], out)}\n`);
  const { truncated, failed } = finished.outcomes;
  const { red, yellow, green } = err.paint;
  if (truncated > 0)
    err.write(`${yellow("truncated")} ${truncated} runs: a budget ended them, see reason in runs.arrow\n`);
  if (failed > 0)
    err.write(`${red("failed")} ${failed} runs, the first: ${visibleText(finished.first_failure ?? "")}\n`);
  const { pass, fail, inconclusive } = finished.verdicts;
  if (fail > 0) err.write(`${red("objectives broken")} ${fail}, met ${pass}, inconclusive ${inconclusive}\n`);
  else if (inconclusive > 0) err.write(`${yellow("objectives inconclusive")} ${inconclusive}, met ${pass}\n`);
  if (words.quiet) return;
  if (pass > 0 && fail + inconclusive === 0) err.write(`${green("objectives met")} ${pass}\n`);
  const shown = relative(".", finished.directory);
  const place = shown.startsWith("..") ? finished.directory : shown;
  err.write(`${finished.events.toLocaleString("en-US")} events in ${finished.wall_s.toFixed(1)} s\n`);
  err.write(`results: ${visibleText(place)}  (points, runs, summary, series, histograms .arrow, manifest.json)\n`);
}
