import { formatPercent, otherLoadSentence, renderComparison, visibleText } from "@loadstar/report";
import { openResults, type Results } from "@loadstar/store";
import {
  compareResults,
  matchesAny,
  type Comparison,
  type ComparisonRow,
  type ComparisonVerdict,
} from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-code.js";
import { UsageError } from "../usage-error.js";

interface CompareArguments {
  readonly base: string;
  readonly new: string;
  readonly metric: readonly string[];
  readonly confidence: number;
  readonly margin?: number | undefined;
  readonly all: boolean;
  readonly json: boolean;
}

/** Verdicts in the order in which they are counted. */
const ORDER: readonly ComparisonVerdict[] = ["worse", "better", "changed", "undecided", "equivalent", "identical"];

/** Verdicts that are shown unless all are asked for. */
const NEWS: ReadonlySet<ComparisonVerdict> = new Set(["worse", "better", "changed"]);

/** `loadstar compare BASE NEW`: what is different between two results. */
export function compareCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("base", { type: "string", demandOption: true, describe: "results to compare with" })
        .positional("new", { type: "string", demandOption: true, describe: "results to judge" })
        .option("metric", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: "metrics to compare, * for any text; may be repeated",
        })
        .option("confidence", {
          type: "number",
          default: 0.95,
          requiresArg: true,
          describe: "of all verdicts together",
        })
        .option("margin", {
          type: "number",
          requiresArg: true,
          describe: "share of the base that makes no difference, such as 0.02; what is undecided then ends with 11",
        })
        .option("all", { type: "boolean", default: false, describe: "show what is not different too" })
        .option("json", { type: "boolean", default: false, describe: "print every comparison as JSON" })
        .example("$0 compare results/last-night results/tonight", "exit code 10 if anything is worse")
        .example("$0 compare a b --metric 'latency_s_*' --margin 0.05", "is latency the same within 5 %?") as never,
    handler: async (words: CompareArguments) => {
      assertFractions(words);
      const base = await openResults(words.base);
      const next = await openResults(words.new);
      const { confidence, margin } = words;
      const wanted = words.metric.length === 0 ? undefined : (name: string) => matchesAny(words.metric, name);
      const comparison = await compareResults(base, next, { confidence, margin, ...(wanted && { wanted }) });
      assertMatch(comparison, words.metric);
      context.exitCode = exitCodeOf(comparison, margin);
      if (words.json) context.terminal.out.write(`${JSON.stringify(comparison, undefined, 2)}\n`);
      else await show(comparison, base, words, context);
    },
  } as Command;
}

function assertFractions({ confidence, margin }: CompareArguments): void {
  if (!(confidence > 0.5 && confidence < 1)) {
    throw new UsageError(`--confidence must be > 0.5 and < 1: current value is ${confidence}`);
  }
  if (margin !== undefined && !(margin > 0 && Number.isFinite(margin))) {
    throw new UsageError(`--margin must be > 0: current value is ${margin}`);
  }
}

function assertMatch({ identical, rows }: Comparison, patterns: readonly string[]): void {
  if (identical || rows.length > 0) return;
  if (patterns.length === 0) throw new UsageError("compare must be given results with a point and a metric in common");
  throw new UsageError(`--metric must match a metric of both results: current value is ${patterns.join(", ")}`);
}

function exitCodeOf({ rows }: Comparison, margin: number | undefined): number {
  if (rows.some(({ verdict }) => verdict === "worse")) return EXIT.objectiveBroken;
  const open = rows.some(({ verdict }) => verdict === "undecided" || verdict === "changed");
  return margin !== undefined && open ? EXIT.inconclusive : EXIT.ok;
}

async function show(comparison: Comparison, base: Results, words: CompareArguments, context: Context): Promise<void> {
  const { out, err } = context.terminal;
  if (comparison.identical) {
    err.write(`${err.paint.green("identical")} all tables have the same digests\n`);
    return;
  }
  const { rows, unmatched } = comparison;
  const shown = rows.filter(({ verdict }) => words.all || NEWS.has(verdict));
  const { parameters, rows: pointRows } = await base.readPoints();
  const points = pointRows.map(({ point_id, values }) => ({
    point_id,
    parameters: Object.fromEntries(parameters.map(({ name }, index) => [name, values[index] ?? null])),
  }));
  const confidence = 2 * words.confidence - 1;
  const table = renderComparison(shown, { points, confidence, width: out.width, paint: out.paint });
  if (table !== "") out.write(`${table}\n`);
  if (unmatched.points.length > 0) err.write(`points in one of the two only: ${names(unmatched.points)}\n`);
  if (unmatched.metrics.length > 0) err.write(`metrics in one of the two only: ${names(unmatched.metrics)}\n`);
  const otherLoad = otherLoadSentence(rows);
  if (otherLoad !== undefined) err.write(`${otherLoad}\n`);
  err.write(`${pairing(rows)}\n`);
  err.write(
    `${counts(rows)}  (${rows.length} comparisons, claimed differences together ${formatPercent(words.confidence)} sure)\n`,
  );
}

const NAMES_SHOWN = 5;

function names(list: readonly string[]): string {
  const first = list.slice(0, NAMES_SHOWN).map((name) => visibleText(name));
  return [...first, ...(list.length > NAMES_SHOWN ? [`and ${list.length - NAMES_SHOWN} more`] : [])].join(", ");
}

/** Whether common random numbers helped: the median over what varies. */
function pairing(rows: readonly ComparisonRow[]): string {
  if (rows.every(({ difference }) => difference.method === "welch_t")) {
    return "independent random numbers: other seeds, nothing is paired";
  }
  const factors = rows.map(({ difference }) => difference.variance_reduction).filter((factor) => factor > 0);
  const middle = factors.toSorted((a, b) => a - b)[factors.length >> 1];
  const gain =
    middle === undefined || !Number.isFinite(middle) ? "" : `, variance reduction ${middle.toPrecision(2)} (median)`;
  return `common random numbers: paired by replication${gain}`;
}

function counts(rows: readonly ComparisonRow[]): string {
  return ORDER.map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${verdict} ${count}`)
    .join(", ");
}
