import { basename, dirname, join, relative } from "node:path";
import { chartFiles, renderHtml, renderJunit, renderMarkdown, visibleText, type ReportData } from "@loadstar/report";
import { openResults, writeFileAtomically } from "@loadstar/store";
import { gatherReport } from "@loadstar/sweep";
import type { Command } from "../command.js";
import type { Context } from "../context.js";
import { exitCodeOf } from "../sweep-exit-code.js";
import { UsageError } from "../usage-error.js";

interface ReportArguments {
  readonly directory: string;
  readonly out?: string | undefined;
  readonly baseline?: string | undefined;
  readonly format?: Format | undefined;
  readonly charts?: string | undefined;
  readonly png: boolean;
  readonly point: readonly string[];
}

const FORMATS = ["html", "md", "junit"] as const;
type Format = (typeof FORMATS)[number];

const RENDERERS: Readonly<Record<Format, (data: ReportData) => string>> = {
  html: renderHtml,
  md: renderMarkdown,
  junit: renderJunit,
};

/** What a report is called beside its results. */
const SUFFIXES: Readonly<Record<Format, string>> = { html: "-report.html", md: "-report.md", junit: "-junit.xml" };

/** `loadstar report DIR`: results as a page to send around. */
export function reportCommand(context: Context): Command {
  return {
    builder: (yargs) =>
      yargs
        .positional("directory", { type: "string", demandOption: true, describe: "results directory" })
        .option("out", {
          type: "string",
          requiresArg: true,
          describe: "file to write, - for standard output [DIR-report.html]",
        })
        .option("baseline", {
          type: "string",
          requiresArg: true,
          describe: "earlier results: the report says what changed",
        })
        .option("format", {
          choices: FORMATS,
          requiresArg: true,
          describe: "page, Markdown, or objectives as JUnit tests [html]",
        })
        .option("charts", {
          type: "string",
          requiresArg: true,
          describe: "write the charts alone, as SVG files, into this directory",
        })
        .option("png", {
          type: "boolean",
          default: false,
          describe: "with --charts: PNG files, in light colours and twice as large, instead of SVG files",
        })
        .option("point", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: "id of a point to draw; may be repeated [those that matter most]",
        })
        .example("$0 report results/outage-headroom", "results/outage-headroom-report.html")
        .example("$0 report results/tonight --baseline results/last-night", "what changed since last night")
        .example("$0 report results/tonight --format junit --out junit.xml", "objectives as tests for a CI system")
        .example("$0 report results/tonight --format md --out - >> $GITHUB_STEP_SUMMARY", "a summary of a CI job")
        .example("$0 report results/tonight --charts charts", "SVG files for a wiki")
        .example("$0 report results/tonight --charts charts --png", "PNG files for a chat or a talk") as never,
    handler: async (words: ReportArguments) => {
      if (words.charts !== undefined && (words.out !== undefined || words.format !== undefined)) {
        throw new UsageError("--charts must be given without --out and --format: it writes no page");
      }
      if (words.png && words.charts === undefined) {
        throw new UsageError("--png must come with --charts: a page has its charts in it");
      }
      const data = await readReportData(words);
      if (words.charts === undefined) await writeReport(data, words, context);
      else await writeCharts(data, { directory: words.charts, png: words.png }, context);
    },
  } as Command;
}

async function readReportData({ directory, baseline, point }: ReportArguments): Promise<ReportData> {
  const results = await openResults(directory);
  const base = baseline === undefined ? undefined : await openResults(baseline);
  const gathered = await gatherReport(results, { base, wanted: point });
  const unknown = point.find((id) => !gathered.points.some(({ point_id }) => point_id === id));
  if (unknown !== undefined) throw new UsageError(`--point must be the id of a point: current value is ${unknown}`);
  const count = (wanted: string): number => gathered.objectives.filter(({ verdict }) => verdict === wanted).length;
  return {
    ...gathered,
    exit_code: exitCodeOf(
      { outcomes: gathered.outcomes, verdicts: { fail: count("fail"), inconclusive: count("inconclusive") } },
      "tell",
      0,
    ),
  };
}

async function writeReport(data: ReportData, words: ReportArguments, { terminal }: Context): Promise<void> {
  const { format = "html", out = defaultFile(words.directory, format) } = words;
  const text = RENDERERS[format](data);
  if (out === "-") {
    terminal.out.write(text);
    return;
  }
  const bytes = await writeFileAtomically(out, text);
  terminal.err.write(`report: ${visibleText(placeOf(out))}  (${sizeOf(bytes)})\n`);
}

async function writeCharts(
  data: ReportData,
  { directory, png }: { readonly directory: string; readonly png: boolean },
  { terminal }: Context,
): Promise<void> {
  const files = png ? await pictures(data) : chartFiles(data);
  let bytes = 0;
  for (const { file, text } of files) bytes += await writeFileAtomically(join(directory, file), text);
  terminal.err.write(`charts: ${visibleText(placeOf(directory))}  (${files.length} files, ${sizeOf(bytes)})\n`);
}

async function pictures(data: ReportData): Promise<readonly { readonly file: string; readonly text: Uint8Array }[]> {
  const { pngOfSvg } = await import("../png-of-svg.js");
  return chartFiles(data, "light").map(({ file, text }) => ({
    file: file.replace(/svg$/, "png"),
    text: pngOfSvg(text),
  }));
}

/** Beside the directory, because its own files have digests and nothing else belongs there. */
function defaultFile(directory: string, format: Format): string {
  const whole = relative(process.cwd(), directory) === "" ? process.cwd() : directory;
  return join(dirname(whole), basename(whole) + SUFFIXES[format]);
}

function placeOf(path: string): string {
  const shown = relative(".", path);
  return shown.startsWith("..") ? path : shown;
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
