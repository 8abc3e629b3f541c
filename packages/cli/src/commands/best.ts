import { availableParallelism } from "node:os";
import { renderSelection, selectionSentence, visibleText } from "@loadstar/report";
import { loadStudy, selectBest, type SelectionEvent, type Study } from "@loadstar/sweep";
import { absentLine } from "../absent-line.js";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { notesText } from "../notes-text.js";
import { searchOptions, searchLimits, type SearchArguments } from "../search-options.js";
import { overridesOf } from "../study-options.js";
import { UsageError } from "../usage-error.js";
import { watchSearch } from "../watch-search.js";

interface BestArguments extends SearchArguments {
  readonly file: string;
  readonly metric: string;
  readonly larger: boolean;
  readonly smaller: boolean;
  readonly indifference: number;
  readonly confidence: number;
}

type Selected = Extract<SelectionEvent, { readonly kind: "finished" }>;

/** `loadstar best SWEEP`: the point with the best mean of a metric, with a guarantee. */
export function bestCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      searchOptions(yargs)
        .positional("file", { type: "string", demandOption: true, describe: "sweep file" })
        .option("metric", { type: "string", demandOption: true, requiresArg: true, describe: "metric to compare" })
        .option("larger", {
          type: "boolean",
          default: false,
          describe: "more is better [what the name says: latency less, throughput more]",
        })
        .option("smaller", { type: "boolean", default: false, describe: "less is better" })
        .option("indifference", {
          type: "number",
          demandOption: true,
          requiresArg: true,
          describe: "smallest difference that matters, in the unit of the metric",
        })
        .option("confidence", {
          type: "number",
          default: 0.95,
          requiresArg: true,
          describe: "that the best is selected, if it is better by the indifference",
        })
        .example(
          "$0 best sweeps/balancing.yaml --param users=480 --metric latency_s_p95 --indifference 0.005",
          "which algorithm? 5 ms do not matter",
        )
        .example(
          "$0 best sweeps/memory-size.yaml --metric worker.cpu_utilization_ratio --larger --indifference 0.01",
          "where the name does not say what is better",
        ) as never,
    handler: async (words: BestArguments) => {
      const limits = searchLimits(words, availableParallelism());
      const better = directionOf(words);
      assertNumbers(words);
      const study = await loadStudy(words.file, overridesOf({ ...words, metric: [] }));
      assertGuess(words.confidence, study);
      const { err } = context.terminal;
      if (!words.quiet) err.write(`${headline(study, words.metric, limits.threads)}${notesText(study, err.paint)}`);
      let selected: Selected | undefined;
      const { metric, indifference, confidence, quiet } = words;
      await watchSearch<SelectionEvent>(
        (signal) => selectBest(study, { ...limits, metric, better, indifference, confidence, signal }),
        {
          most: limits.max_replications,
          quiet,
          progressOf: (event) => {
            if (event.kind !== "progress") return undefined;
            return { what: `${event.survivors} points`, replications: event.replications };
          },
          tell: (event) => {
            if (event.kind === "finished") selected = event;
          },
        },
        context,
      );
      if (selected === undefined) throw new Error("Cannot finish selection: it told no end");
      show(selected, study, words, context);
    },
  } as Command;
}

function directionOf({ larger, smaller }: BestArguments): "larger" | "smaller" | undefined {
  if (larger && smaller) throw new UsageError("--larger and --smaller must not both be given");
  if (larger) return "larger";
  return smaller ? "smaller" : undefined;
}

function assertNumbers({ metric, indifference, confidence }: BestArguments): void {
  if (typeof metric !== "string") throw new UsageError("--metric must be given once");
  if (!(indifference > 0 && indifference < Infinity)) {
    throw new UsageError(`--indifference must be > 0: current value is ${indifference}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new UsageError(`--confidence must be > 0 and < 1: current value is ${confidence}`);
  }
}

/** One in as many as there are points is had by guessing. */
function assertGuess(confidence: number, { points }: Study): void {
  if (points.length < 2 || confidence * points.length > 1) return;
  const least = Number((1 / points.length).toPrecision(3));
  throw new UsageError(`--confidence must be > ${least} for ${points.length} points: current value is ${confidence}`);
}

function headline({ name, points, seed }: Study, metric: string, threads: number): string {
  return `${visibleText(name)}: best ${visibleText(metric)} of ${points.length} points on ${threads} threads, seed ${seed}\n`;
}

function show(selected: Selected, study: Study, words: BestArguments, context: Context): void {
  const { out, err } = context.terminal;
  const { indifference, confidence } = words;
  const points = study.points.map(({ point_id, values }) => ({
    point_id,
    parameters: Object.fromEntries(study.parameters.map(({ name }, index) => [name, values[index] ?? null])),
  }));
  if (words.json) {
    const { kind: _, metric, best_point_id = null, ...found } = selected;
    const answer = { metric: metric.name, indifference, confidence, best_point_id, ...found };
    out.write(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    const table = renderSelection(selected, { points, width: out.width, paint: out.paint });
    const sentence = selectionSentence(selected, { indifference, confidence });
    out.write(`${words.quiet ? "" : `${table}\n\n`}${sentence}\n`);
  }
  for (const { point_id, estimate, first_reason } of selected.points) {
    const { n, n_failed } = estimate;
    if (n_failed === 0) continue;
    err.write(
      absentLine({ place: visibleText(point_id), n_failed, replications: n + n_failed, first_reason }, err.paint),
    );
  }
  if (!words.quiet) err.write(`${selected.runs.toLocaleString("en-US")} runs\n`);
  context.exitCode = selected.best_point_id === undefined ? EXIT.inconclusive : EXIT.ok;
}
