import { metricsOf } from "@loadstar/engine";
import { formatQuantity, renderRequests, visibleText } from "@loadstar/report";
import { replayRun, type ReplayedRun } from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { interruptible } from "../interruptible.js";
import { assertFree } from "../result-file.js";
import { runText } from "../run-text.js";
import { wholeNumber } from "../study-options.js";
import { UsageError } from "../usage-error.js";

interface ReplayArguments {
  readonly directory: string;
  readonly point?: string | undefined;
  readonly replication?: number | undefined;
  readonly worst?: string | undefined;
  readonly slowest: number;
  readonly events?: string | undefined;
  readonly trace?: string | undefined;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Requests that can be followed: more than anybody looks at. */
const MOST_SLOWEST = 1000;

/** Replications are numbered in 31 bits. */
const LAST_REPLICATION = 2_147_483_647;

/** `loadstar replay DIR`: one run of a sweep again, and where the time of its slowest requests went. */
export function replayCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("directory", { type: "string", demandOption: true, describe: "results directory, finished or not" })
        .option("point", {
          type: "string",
          requiresArg: true,
          describe: "id of the point, such as users=300,cores=2 [the only one; with --worst: all]",
        })
        .option("replication", { type: "number", requiresArg: true, describe: "number of the replication, from 0" })
        .option("worst", {
          type: "string",
          requiresArg: true,
          describe: "metric: take the replication with its worst value",
        })
        .option("slowest", { type: "number", default: 20, requiresArg: true, describe: "requests to follow" })
        .option("events", {
          type: "string",
          requiresArg: true,
          describe: "write everything that happens to this file, one line of JSON each",
        })
        .option("trace", {
          type: "string",
          requiresArg: true,
          describe: "write a trace of the slowest requests to this file, for ui.perfetto.dev or chrome://tracing",
        })
        .option("overwrite", { type: "boolean", default: false, describe: "replace these files" })
        .option("json", { type: "boolean", default: false, describe: "print metrics and requests as JSON" })
        .option("quiet", {
          type: "boolean",
          alias: "q",
          default: false,
          describe: "print nothing but errors and --json",
        })
        .example("$0 replay results/growth --point users=300 --replication 17", "why was this one slow?")
        .example(
          "$0 replay results/growth --worst latency_s_p99 --trace worst.json",
          "the worst run of all, to look at",
        )
        .example("$0 replay results/growth --worst throughput_per_s --point users=300", "the worst run of one point")
        .example(
          "$0 replay results/growth --replication 0 --events log.ndjson -q",
          "what happened, for scripts",
        ) as never,
    handler: async (words: ReplayArguments) => {
      if (Array.isArray(words.point)) throw new UsageError("--point must be given once");
      const { directory, point, worst, events, trace } = words;
      const slowest = wholeNumber("--slowest", words.slowest, MOST_SLOWEST);
      const replication = replicationOf(words);
      await assertFiles(words);
      const options = { point, replication, worst, slowest, events, trace };
      const found = await interruptible((signal) => replayRun(directory, { ...options, signal }));
      show(found, words, context);
    },
  } as Command;
}

function replicationOf({ replication, worst }: ReplayArguments): number | undefined {
  if ((replication === undefined) === (worst === undefined)) {
    throw new UsageError("replay must be given either --replication or --worst");
  }
  if (replication === undefined) return undefined;
  if (Number.isInteger(replication) && replication >= 0 && replication <= LAST_REPLICATION) return replication;
  throw new UsageError(
    `--replication must be an integer from 0 to ${LAST_REPLICATION}: current value is ${replication}`,
  );
}

async function assertFiles({ events, trace, overwrite }: ReplayArguments): Promise<void> {
  if (events !== undefined && events === trace) throw new UsageError("--events and --trace must be two files");
  if (events !== undefined) await assertFree({ option: "--events", file: events, overwrite });
  if (trace !== undefined) await assertFree({ option: "--trace", file: trace, overwrite });
}

function show(found: ReplayedRun, words: ReplayArguments, { terminal }: Context): void {
  const { out, err } = terminal;
  const { chosen, result, slowest, is_confirmed } = found;
  const { without_value } = chosen;
  if (without_value > 0) {
    const what = `${without_value} runs have no ${visibleText(words.worst ?? "")}`;
    err.write(`${err.paint.yellow("absent")} ${what}: look at one with --replication\n`);
  }
  if (words.json) out.write(`${JSON.stringify(jsonOf(found), undefined, 2)}\n`);
  if (words.quiet) return;
  err.write(headline(found, words.worst));
  if (!words.json) {
    const table = renderRequests(slowest, out);
    const parts = [
      runText(chosen.point.plan, result, out).trimEnd(),
      ...(table === "" ? [] : [`${out.paint.bold("Slowest requests")}\n${table}`]),
    ];
    out.write(`${parts.join("\n\n")}\n`);
  }
  const verdict = is_confirmed
    ? "the same as in the results, to the last bit"
    : "the results have no such run to compare";
  err.write(`${verdict}\n`);
  if (words.events !== undefined) err.write(`events: ${visibleText(words.events)}\n`);
  if (words.trace !== undefined) err.write(`trace: ${visibleText(words.trace)}  (open it at ui.perfetto.dev)\n`);
}

function headline({ study, chosen, result }: ReplayedRun, worst: string | undefined): string {
  const { point, replication } = chosen;
  const run = `${study.name}: ${point.point_id}, replication ${replication}, seed ${study.seed}`;
  if (worst === undefined) return `${visibleText(run)}\n`;
  const metrics = metricsOf(point.plan);
  const position = metrics.findIndex(({ name }) => name === worst);
  const value = formatQuantity(result.metrics[position]!, metrics[position]!.unit);
  return `${visibleText(run)}, the worst ${visibleText(worst)}: ${value}\n`;
}

function jsonOf({ study, chosen, result, is_confirmed, slowest }: ReplayedRun): object {
  const { point, replication } = chosen;
  const values = metricsOf(point.plan).map(({ name }, index) => [name, result.metrics[index]]);
  return {
    point_id: point.point_id,
    replication,
    seed: study.seed,
    is_confirmed,
    outcome: result.outcome,
    ...(result.reason === "" ? {} : { reason: result.reason }),
    metrics: Object.fromEntries(values),
    slowest,
  };
}
