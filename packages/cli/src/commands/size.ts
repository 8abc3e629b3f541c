import { availableParallelism } from "node:os";
import { readObjective } from "@loadstar/scenario";
import { renderSize, sizeSentence, visibleText } from "@loadstar/report";
import {
  loadCapacity,
  sizeCapacity,
  type CapacityAnswer,
  type CapacityEvent,
  type CapacityRange,
  type CapacityStudy,
  type CapacityTrial,
} from "@loadstar/sweep";
import { absentLine } from "../absent-line.js";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { notesText } from "../notes-text.js";
import { searchOptions, searchLimits, type SearchArguments } from "../search-options.js";
import { overridesOf } from "../study-options.js";
import { UsageError } from "../usage-error.js";
import { watchSearch } from "../watch-search.js";

interface SizeArguments extends SearchArguments {
  readonly file: string;
  readonly find: string;
  readonly range: string;
  readonly integer: boolean;
  readonly step?: number | undefined;
  readonly tolerance?: number | undefined;
  readonly objective: readonly string[];
  readonly want?: "largest" | "smallest" | undefined;
  readonly confidence?: number | undefined;
}

/** `loadstar size FILE`: the largest load, or the smallest resource, that meets the objectives. */
export function sizeCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      searchOptions(yargs)
        .positional("file", { type: "string", demandOption: true, describe: "sweep or scenario file" })
        .option("find", {
          type: "string",
          demandOption: true,
          requiresArg: true,
          describe: "parameter of the sweep, or path into the scenario, whose value is searched",
        })
        .option("range", { type: "string", demandOption: true, requiresArg: true, describe: "A..B: where to search" })
        .option("integer", { type: "boolean", default: false, describe: "whole steps of 1 from A on" })
        .option("step", { type: "number", requiresArg: true, describe: "steps from A on" })
        .option("tolerance", {
          type: "number",
          requiresArg: true,
          describe: "how far the answer may fall short [a step, or a hundredth of the range]",
        })
        .option("objective", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: 'such as "latency_s_p95 < 0.2 in 95 %" [those of the file]; may be repeated, all must hold',
        })
        .option("want", {
          choices: ["largest", "smallest"] as const,
          describe: "which value that meets them [what both ends of the range say]",
        })
        .option("confidence", { type: "number", requiresArg: true, describe: "of the answer [that of the file, 0.95]" })
        .example(
          "$0 size sweeps/outage-headroom.yaml --find users --range 300..550 --step 10",
          "how many users will it bear? objectives of the file",
        )
        .example(
          '$0 size sweeps/cores-for-growth.yaml --find cores --range 1..8 --integer --param users=900 --objective "latency_s_p95 < 0.1 in 95 %"',
          "how many cores do 900 users need?",
        ) as never,
    handler: async (words: SizeArguments) => {
      const limits = searchLimits(words, availableParallelism());
      const range = rangeOf(words);
      const study = await loadCapacity(words.file, { find: words.find, range, overrides: overridesFor(words) });
      const { err } = context.terminal;
      if (!words.quiet) err.write(`${headline(study, limits.threads)}${notesText(study.base, err.paint)}`);
      const found = await search(study, words, limits, context);
      show(found, study, words, context);
    },
  } as Command;
}

interface Found {
  readonly answer: CapacityAnswer;
  readonly trials: readonly CapacityTrial[];
  readonly runs: number;
}

async function search(
  study: CapacityStudy,
  words: SizeArguments,
  limits: { readonly threads: number; readonly max_replications: number },
  context: Context,
): Promise<Found> {
  const trials: CapacityTrial[] = [];
  let found: Found | undefined;
  const options = { most: limits.max_replications, quiet: words.quiet };
  await watchSearch<CapacityEvent>(
    (signal) => sizeCapacity(study, { ...limits, want: words.want, signal }),
    {
      ...options,
      progressOf: (event) => {
        if (event.kind !== "progress") return undefined;
        const { value, fresh, replications } = event;
        return { what: `${visibleText(study.find)} = ${value}${fresh ? ", proof" : ""}`, replications };
      },
      tell: (event) => {
        if (event.kind === "judged") trials.push(event.trial);
        if (event.kind === "finished") found = { answer: event.answer, trials, runs: event.runs };
      },
    },
    context,
  );
  if (found === undefined) throw new Error("Cannot finish search: it told no end");
  return found;
}

function show(found: Found, study: CapacityStudy, words: SizeArguments, context: Context): void {
  const { out, err } = context.terminal;
  const { find, base, values } = study;
  const { answer, trials, runs } = found;
  const [low, high] = [values[0]!, values.at(-1)!];
  if (words.json) out.write(`${JSON.stringify({ find, low, high, ...found }, undefined, 2)}\n`);
  else {
    const units = new Map(base.objectives.map(({ metric }) => [metric.name, metric.unit]));
    const table = renderSize(trials, { find, units, width: out.width, paint: out.paint });
    const sentence = sizeSentence(answer, { find, low, high, objectives: base.objectives, trials });
    out.write(`${words.quiet ? "" : `${table}\n\n`}${sentence}\n`);
  }
  if (answer.kind === "both_ends") {
    throw new UsageError("--want must be given: the objectives are met at both ends of the range");
  }
  for (const { value, replications, n_failed, first_reason } of trials) {
    if (n_failed === 0) continue;
    const place = `${visibleText(find)} = ${value}`;
    err.write(absentLine({ place, n_failed, replications, first_reason }, err.paint));
  }
  if (!words.quiet) err.write(`${runs.toLocaleString("en-US")} runs of ${trials.length} candidates\n`);
  context.exitCode = exitCodeOf(answer);
}

function exitCodeOf(answer: CapacityAnswer): number {
  if (answer.kind === "found") return EXIT.ok;
  return answer.kind === "none" && answer.verdict === "fail" ? EXIT.objectiveBroken : EXIT.inconclusive;
}

function overridesFor(words: SizeArguments): Parameters<typeof loadCapacity>[1]["overrides"] & object {
  const objectives = words.objective.map((text) => readObjective(text, { file: "--objective" }));
  return {
    ...overridesOf(words),
    ...(objectives.length === 0 ? {} : { objectives }),
    ...(words.confidence === undefined ? {} : { confidence: words.confidence }),
  };
}

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})$`);

function rangeOf({ range, integer, step, tolerance }: SizeArguments): CapacityRange {
  const match = RANGE.exec(range);
  if (match === null) throw new UsageError(`--range must be A..B: current value is ${JSON.stringify(range)}`);
  if (integer && step !== undefined) throw new UsageError("--integer and --step must not both be given");
  return { low: Number(match[1]), high: Number(match[2]), step: integer ? 1 : step, tolerance };
}

function headline({ find, base, values }: CapacityStudy, threads: number): string {
  const range = `${values[0]}..${values.at(-1)}`;
  return `${visibleText(base.name)}: ${visibleText(find)} in ${range}, ${values.length} candidates on ${threads} threads, seed ${base.seed}\n`;
}
