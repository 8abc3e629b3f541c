import type { ContentCell, ContentColumn, ContentTable } from "../content/content-table.js";
import { attributionOf, attributionTable } from "../content/attribution-content.js";
import { baselineContent } from "../content/baseline-content.js";
import { changeContent } from "../content/change-content.js";
import { estimatesContent, leadingMetrics } from "../content/estimates-content.js";
import { headline } from "../content/headline.js";
import { methodSentences } from "../content/methods.js";
import { objectivesContent } from "../content/objectives-content.js";
import { qualityContent, reasonsContent } from "../content/quality-content.js";
import type { ReportData } from "../report-data.js";
import { fitText } from "../text/fit-text.js";
import { markdownText } from "./markdown-text.js";

const MOST_METRICS = 4;
const WIDEST_TEXT = 120;

/** Returns a report as GitHub's Markdown, without charts: for summaries of CI jobs and for tickets. */
export function renderMarkdown(data: ReportData): string {
  const { verdict, text, counts, exit } = headline(data);
  const mark = verdict === undefined ? "" : `${MARKS[verdict]} `;
  const parts = [
    `# ${told(data.name)}`,
    `**${mark}${told(text)}** · ${[...counts, exit].map(told).join(" · ")}`,
    ...changeParts(data),
    ...baselineParts(data),
    ...section("Objectives", objectivesContent(data)),
    ...section("Estimates", [estimatesContent(data, leadingMetrics(data, MOST_METRICS))]),
    ...section("Where the time goes", attributionTables(data)),
    ...section("Data quality", [qualityContent(data), reasonsContent(data)]),
    "## Provenance",
    data.provenance.map(({ name, value }) => `* ${told(name)}: ${told(value)}`).join("\n"),
    "## Methods",
    methodSentences(data)
      .map((sentence) => `* ${markdownText(sentence)}`)
      .join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const MARKS = { pass: "✓", fail: "✗", inconclusive: "?" } as const;

function changeParts(data: ReportData): readonly string[] {
  if (data.change === undefined) return [];
  const { sentences, tables } = changeContent(data.change, data);
  return [
    "## What changed",
    `Compared with ${told(data.change.base)}.`,
    ...sentences.map(markdownText),
    ...tables.flatMap(tableParts),
  ];
}

function baselineParts(data: ReportData): readonly string[] {
  if (data.baseline === undefined || data.baseline.rows.length === 0) return [];
  const { sentences, tables } = baselineContent(data.baseline, data);
  return ["## Against the baseline", ...sentences.map(markdownText), ...tables.flatMap(tableParts)];
}

/** Of the points that a page would draw in full. */
function attributionTables(data: ReportData): readonly ContentTable[] {
  const attribution = attributionOf(data);
  if (attribution === undefined) return [];
  const inFull = new Set(data.details.filter(({ in_full }) => in_full).map(({ point_id }) => point_id));
  return data.points
    .filter(({ point_id }) => inFull.has(point_id))
    .map((point) => attributionTable(attribution, data, point));
}

function section(title: string, tables: readonly ContentTable[]): readonly string[] {
  const parts = tables.filter(({ rows }) => rows.length > 0).flatMap(tableParts);
  return parts.length === 0 ? [] : [`## ${title}`, ...parts];
}

function tableParts({ caption, columns, rows }: ContentTable): readonly string[] {
  // What is a drawing only has no place here.
  const shown = columns
    .map((_, index) => index)
    .filter((index) => rows.every((row) => row[index]?.drawing === undefined));
  const lineOf = (cells: readonly string[]): string => `| ${shown.map((index) => cells[index] ?? "").join(" | ")} |`;
  const lines = [
    lineOf(columns.map(({ heading }) => told(heading))),
    lineOf(columns.map(rule)),
    ...rows.map((row) => lineOf(row.map(cellText))),
  ];
  return [`### ${told(caption)}`, lines.join("\n")];
}

function rule({ align }: ContentColumn): string {
  return align === "right" ? "---:" : ":---";
}

function cellText({ text, verdict }: ContentCell): string {
  return verdict === undefined ? told(text) : `${MARKS[verdict]} ${told(text)}`;
}

function told(text: string): string {
  return markdownText(fitText(text, WIDEST_TEXT));
}
