import { openResults } from "@loadstar/store";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { seriesText } from "../series-text.js";
import { readSummaryView, summaryJson, summaryText } from "../summary-view.js";
import { UsageError } from "../usage-error.js";

interface SummaryArguments {
  readonly directory: string;
  readonly metric: readonly string[];
  readonly baseline?: string | undefined;
  readonly series?: string | readonly string[] | undefined;
  readonly json: boolean;
}

/** `loadstar summary DIR`: the summary of earlier results. */
export function summaryCommand({ terminal }: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("directory", { type: "string", demandOption: true, describe: "results directory" })
        .option("metric", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: "metrics to show, * for any text; may be repeated",
        })
        .option("baseline", {
          type: "string",
          requiresArg: true,
          describe: "id of the point to compare the others with [that of the sweep]",
        })
        .option("series", {
          type: "string",
          describe: "sparklines over time of the usual metrics, or of those of this name, * for any text; after DIR",
        })
        .option("json", { type: "boolean", default: false, describe: "print all metrics as JSON" })
        .example("$0 summary results/balancing --metric 'app-*'", "metrics of two servers")
        .example("$0 summary results/growth --series 'api.*'", "sparklines of one server, point by point")
        .example("$0 summary results/growth --baseline users=300,cores=1", "each point against one") as never,
    handler: async ({ directory, metric, baseline, series, json }: SummaryArguments) => {
      if (json && series !== undefined) {
        throw new UsageError("--series must not come with --json: series.arrow has the numbers");
      }
      const results = await openResults(directory);
      const view = await readSummaryView(results, { metrics: metric, baseline });
      const { out } = terminal;
      if (series !== undefined) {
        const patterns = [series].flat().filter((pattern) => pattern !== "");
        out.write(`${await seriesText(results, view, { ...out, patterns })}\n`);
        return;
      }
      if (json) out.write(`${JSON.stringify(summaryJson(view, metric), undefined, 2)}\n`);
      else out.write(`${summaryText(view, metric, out)}\n`);
    },
  } as Command;
}
