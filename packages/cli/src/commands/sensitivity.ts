import { writeFileAtomically } from "@loadstar/store";
import { availableParallelism } from "node:os";
import { renderSensitivity, visibleText } from "@loadstar/report";
import {
  loadSensitivity,
  runSensitivity,
  SENSITIVITY_METHODS,
  type Sensitivity,
  type SensitivityAnalysis,
  type SensitivityEvent,
  type SensitivityMethod,
} from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { notesText } from "../notes-text.js";
import { assertFree } from "../result-file.js";
import {
  MOST_THREADS,
  overridesOf,
  parameterOption,
  scenarioOptions,
  timeoutOption,
  wholeNumber,
} from "../study-options.js";
import type { ScenarioArguments, TimeoutArguments } from "../study-options.js";
import { UsageError } from "../usage-error.js";
import { watchRuns } from "../watch-runs.js";

interface SensitivityArguments extends ScenarioArguments, TimeoutArguments {
  readonly file: string;
  readonly param: readonly string[];
  readonly metric: readonly string[];
  readonly method: SensitivityMethod;
  readonly samples?: number | undefined;
  readonly confidence?: number | undefined;
  readonly threads?: number | undefined;
  readonly out?: string | undefined;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

type Finished = Extract<SensitivityEvent, { readonly kind: "finished" }>;

/** `loadstar sensitivity FILE --metric NAME`: which parameters matter, and how much is luck. */
export function sensitivityCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      timeoutOption(parameterOption(scenarioOptions(yargs)))
        .positional("file", { type: "string", demandOption: true, describe: "sweep file with ranges or values" })
        .option("metric", {
          type: "string",
          array: true,
          nargs: 1,
          demandOption: true,
          describe: "name of a metric; may be repeated: the runs are the same",
        })
        .option("method", {
          choices: SENSITIVITY_METHODS,
          default: "sobol" as const,
          describe: "shares of the variance; a cheap screening; or one parameter at a time",
        })
        .option("samples", {
          type: "number",
          requiresArg: true,
          describe:
            "sobol: rows of (parameters + 3) runs, a power of two [512]; morris: trajectories of (parameters + 2) runs [16]; " +
            "tornado: replications [those of the sweep]",
        })
        .option("confidence", { type: "number", requiresArg: true, describe: "of each interval [that of the sweep]" })
        .option("threads", { alias: "j", type: "number", requiresArg: true, describe: "worker threads [one per core]" })
        .option("out", { type: "string", requiresArg: true, describe: "write the numbers to this JSON file" })
        .option("overwrite", { type: "boolean", default: false, describe: "replace that file" })
        .option("json", { type: "boolean", default: false, describe: "print the numbers as JSON" })
        .option("quiet", {
          type: "boolean",
          alias: "q",
          default: false,
          describe: "print nothing but errors and --json",
        })
        .example(
          "$0 sensitivity sweeps/what-matters.yaml --metric latency_s_p95",
          "Sobol indices, with the seed as a factor",
        )
        .example(
          "$0 sensitivity sweeps/what-matters.yaml --metric error_ratio --method morris",
          "which can be forgotten?",
        )
        .example(
          "$0 sensitivity sweeps/what-matters.yaml --metric latency_s_p95 --method tornado --out tornado.json",
          "what does each parameter do alone?",
        ) as never,
    handler: async (words: SensitivityArguments) => {
      const { method, metric: metrics, samples, confidence, out: file, overwrite } = words;
      assertConfidence(confidence);
      const threads = wholeNumber("--threads", words.threads ?? availableParallelism(), MOST_THREADS);
      if (file !== undefined) await assertFree({ option: "--out", file, overwrite });
      const options = {
        method,
        metrics,
        ...(samples === undefined ? {} : { samples: wholeNumber("--samples", samples) }),
      };
      const { metrics: _kept, ...overrides } = overridesOf(words);
      const study = await loadSensitivity(words.file, options, {
        ...overrides,
        ...(confidence === undefined ? {} : { confidence }),
      });
      const { err } = context.terminal;
      if (!words.quiet) err.write(`${headline(study, threads)}${notesText(study, err.paint)}`);
      const start = (signal: AbortSignal): AsyncGenerator<SensitivityEvent> =>
        runSensitivity(study, { threads, signal });
      const finished = await watchRuns(start, words, context);
      const json = `${JSON.stringify(numbersOf(study, finished), undefined, 2)}\n`;
      if (file !== undefined) await writeFileAtomically(file, json);
      if (words.json) context.terminal.out.write(json);
      show(finished, study, { words, context });
      context.exitCode = exitCodeOf(finished);
    },
  } as Command;
}

function assertConfidence(confidence: number | undefined): void {
  if (confidence === undefined || (confidence > 0 && confidence < 1)) return;
  throw new UsageError(`--confidence must be > 0 and < 1: current value is ${confidence}`);
}

function headline({ name, design, factors, runs, points, seed }: Sensitivity, threads: number): string {
  const what = `${factors.length} parameters${design.method === "tornado" ? "" : " and the seed"}`;
  const size = `${runs.length} runs at ${points.length} points on ${threads} threads, seed ${seed}`;
  return `${visibleText(name)}: ${design.method} over ${what}, ${size}\n`;
}

/** Everything that was found, without what depends on the machine: the same seed gives the same bytes. */
function numbersOf({ name, seed, confidence, design, runs, points }: Sensitivity, finished: Finished): object {
  return {
    name,
    method: design.method,
    seed,
    confidence,
    points: points.length,
    runs: runs.length,
    outcomes: finished.outcomes,
    metrics: finished.analyses.map(({ metric, ...analysis }) => ({
      metric: metric.name,
      unit: metric.unit,
      ...analysis,
    })),
  };
}

function show(
  { analyses, outcomes, first_failure, events, wall_s }: Finished,
  { runs }: Sensitivity,
  { words, context }: { readonly words: SensitivityArguments; readonly context: Context },
): void {
  const { out, err } = context.terminal;
  const whole = analyses.filter(({ n_missing }) => n_missing === 0);
  const tables = whole.map((analysis) => renderSensitivity(analysis, out));
  if (!words.json && !words.quiet && tables.length > 0) out.write(`${tables.join("\n\n")}\n`);
  const { truncated, failed } = outcomes;
  for (const analysis of analyses) if (analysis.n_missing > 0) err.write(missing(analysis, { runs: runs.length, err }));
  if (truncated > 0) err.write(`${err.paint.yellow("truncated")} ${truncated} runs: a budget ended them\n`);
  if (failed > 0)
    err.write(`${err.paint.red("failed")} ${failed} runs, the first: ${visibleText(first_failure ?? "")}\n`);
  if (words.quiet) return;
  err.write(`${events.toLocaleString("en-US")} events in ${wall_s.toFixed(1)} s; each interval holds by itself\n`);
  if (words.out !== undefined) err.write(`numbers: ${visibleText(words.out)}\n`);
}

function missing(
  { metric, n_missing }: SensitivityAnalysis,
  { runs, err }: { readonly runs: number; readonly err: Context["terminal"]["err"] },
): string {
  const remedy = "narrow the ranges, or choose a metric that every run has";
  return `${err.paint.yellow("no answer")} for ${visibleText(metric.name)}: ${n_missing} of ${runs} runs gave no value: ${remedy}\n`;
}

function exitCodeOf({ outcomes, analyses }: Finished): number {
  if (outcomes.failed > 0) return EXIT.failureBudget;
  return analyses.some(({ n_missing }) => n_missing > 0) ? EXIT.inconclusive : EXIT.ok;
}
