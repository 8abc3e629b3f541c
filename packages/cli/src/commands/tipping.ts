import { availableParallelism } from "node:os";
import { renderTipping, tippingSentences, visibleText } from "@loadstar/report";
import {
  findTipping,
  loadTipping,
  type TippingEvent,
  type TippingStudy,
  type TippingTrial,
  type Trigger,
} from "@loadstar/sweep";
import { absentLine } from "../absent-line.js";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { durationOf } from "../duration-of.js";
import { EXIT } from "../exit-code.js";
import { notesText } from "../notes-text.js";
import { searchLimits, searchOptions, type SearchArguments } from "../search-options.js";
import { overridesOf } from "../study-options.js";
import { UsageError } from "../usage-error.js";
import { watchSearch } from "../watch-search.js";

interface TippingArguments extends SearchArguments {
  readonly file: string;
  readonly load: string;
  readonly from: number;
  readonly to: number;
  readonly tolerance?: number | undefined;
  readonly trigger: readonly string[];
  readonly grace?: string | undefined;
  readonly healthy: number;
  readonly confidence: number;
}

/** Replications of a load at most: those near a border take them all, with the trigger and without. */
const MOST_REPLICATIONS = 100;

/** `loadstar tipping FILE`: above which load a trigger that passes leaves the system collapsed. */
export function tippingCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      searchOptions(yargs)
        .positional("file", { type: "string", demandOption: true, describe: "scenario or sweep file with a trigger" })
        .option("load", {
          type: "string",
          demandOption: true,
          requiresArg: true,
          describe: "path into the scenario, or parameter of the sweep, that is the load",
        })
        .option("from", { type: "number", demandOption: true, requiresArg: true, describe: "smallest load" })
        .option("to", { type: "number", demandOption: true, requiresArg: true, describe: "largest load" })
        .option("tolerance", {
          type: "number",
          requiresArg: true,
          describe: "width of a border [a 20th of the range]",
        })
        .option("trigger", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: "generator, server or edge whose trigger is meant [all that have one]; may be repeated",
        })
        .option("grace", {
          type: "string",
          requiresArg: true,
          describe: "time to recover after the trigger, such as 60s [three quarters of what is left of the run]",
        })
        .option("healthy", {
          type: "number",
          default: 0.9,
          requiresArg: true,
          describe: "share of the requests after that which must be answered; below it a run is collapsed",
        })
        .option("confidence", { type: "number", default: 0.95, requiresArg: true, describe: "of all borders together" })
        .option("max-replications", {
          type: "number",
          default: MOST_REPLICATIONS,
          requiresArg: true,
          describe: "most runs of one load, with the trigger and without, before it stays open",
        })
        .example(
          "$0 tipping scenarios/overload.yaml --load rqs_input.arrival_rate_per_s --from 10 --to 80 --tolerance 10",
          "which loads survive the flash crowd of the file?",
        )
        .example(
          "$0 tipping scenarios/overload.yaml --load rqs_input.arrival_rate_per_s --from 10 --to 80 --tolerance 10 --set rqs_input.retry.budget_ratio=0.1",
          "and with a retry budget?",
        ) as never,
    handler: async (words: TippingArguments) => {
      const limits = searchLimits(words, availableParallelism());
      if (!(words.confidence > 0 && words.confidence < 1)) {
        throw new UsageError(`--confidence must be > 0 and < 1: current value is ${words.confidence}`);
      }
      const study = await studyOf(words);
      const { err } = context.terminal;
      if (!words.quiet) err.write(`${headline(study, limits.threads)}${notesText(study.range.base, err.paint)}`);
      const found = await search(study, { ...limits, words }, context);
      show(found, study, words, context);
    },
  } as Command;
}

/** Steps of a range unless somebody asks for others. */
const PARTS = 20;

async function studyOf(words: TippingArguments): Promise<TippingStudy> {
  const { from, to, grace } = words;
  return await loadTipping(words.file, {
    find: words.load,
    range: { low: from, high: to, tolerance: words.tolerance ?? (to - from) / PARTS },
    overrides: overridesOf(words),
    targets: words.trigger,
    grace_s: grace === undefined ? undefined : durationOf("--grace", grace),
    healthy: words.healthy,
  });
}

interface Found {
  readonly finished: Extract<TippingEvent, { readonly kind: "finished" }>;
  readonly trials: readonly TippingTrial[];
}

async function search(
  study: TippingStudy,
  options: { readonly threads: number; readonly max_replications: number; readonly words: TippingArguments },
  context: Context,
): Promise<Found> {
  const { words, ...limits } = options;
  const trials: TippingTrial[] = [];
  let found: Found | undefined;
  await watchSearch<TippingEvent>(
    (signal) => findTipping(study, { ...limits, confidence: words.confidence, signal }),
    {
      most: limits.max_replications,
      quiet: words.quiet,
      progressOf: (event) => {
        if (event.kind !== "progress") return undefined;
        return { what: `${visibleText(study.range.find)} = ${event.value}`, replications: event.replications };
      },
      tell: (event) => {
        if (event.kind === "judged") trials.push(event.trial);
        if (event.kind === "finished") found = { finished: event, trials };
      },
    },
    context,
  );
  if (found === undefined) throw new Error("Cannot finish search: it told no end");
  return found;
}

function show({ finished, trials }: Found, study: TippingStudy, words: TippingArguments, context: Context): void {
  const { out, err } = context.terminal;
  const { triggers, trigger_end_s, judged_from_s, healthy, range } = study;
  const { with_trigger, without_trigger, runs } = finished;
  if (words.json) {
    const about = { load: range.find, triggers, trigger_end_s, judged_from_s, healthy, confidence: words.confidence };
    out.write(`${JSON.stringify({ ...about, with_trigger, without_trigger, trials, runs }, undefined, 2)}\n`);
  } else {
    const table = renderTipping(trials, { width: out.width, paint: out.paint });
    const sentences = tippingSentences(finished, { find: range.find, confidence: words.confidence });
    out.write(`${words.quiet ? "" : `${table}\n\n`}${sentences}\n`);
  }
  for (const { value, replications, with_trigger: one, without_trigger: other, first_reason } of trials) {
    const n_failed = Math.max(one.n_failed, other.n_failed);
    if (n_failed === 0) continue;
    const place = `${visibleText(range.find)} = ${value}`;
    err.write(absentLine({ place, n_failed, replications, first_reason }, err.paint));
  }
  if (!words.quiet) err.write(`${runs.toLocaleString("en-US")} runs of ${trials.length} loads\n`);
  const isKnown = with_trigger.recovers !== undefined || with_trigger.collapses !== undefined;
  context.exitCode = isKnown ? EXIT.ok : EXIT.inconclusive;
}

function headline({ range, triggers, judged_from_s, healthy }: TippingStudy, threads: number): string {
  const { find, base, values } = range;
  const search = `${visibleText(find)} in ${values[0]}..${values.at(-1)}, ${values.length} candidates on ${threads} threads`;
  return [
    `${visibleText(base.name)}: ${search}, seed ${base.seed}`,
    ...triggers.map((trigger) => `trigger: ${triggerText(trigger)}`),
    `collapsed: less than ${Number((100 * healthy).toPrecision(6))} % of the requests after ${judged_from_s} s are answered`,
    "",
  ].join("\n");
}

function triggerText({ kind, target, start_s, end_s }: Trigger): string {
  const what = {
    load: "more load from",
    server_down: "outage of",
    crash: "crash of",
    slow_down: "slowness of",
    error_spike: "errors of",
    pool_exhaustion: "fewer units at",
    gc_storm: "pauses of",
    network_spike: "slow network at",
    network_degraded: "degraded network at",
    network_partition: "partition of",
    memory_leak: "memory leak of",
  }[kind];
  return `${what} ${visibleText(target)} from ${start_s} s to ${end_s} s`;
}
