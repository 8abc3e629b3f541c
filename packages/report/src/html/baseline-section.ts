import { baselineContent } from "../content/baseline-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, type PointAnchors } from "./data-table.js";
import type { Section } from "./section.js";

/** The other points beside the baseline of the sweep, if it has one. */
export function baselineSection(data: ReportData, anchors: PointAnchors): Section | undefined {
  if (data.baseline === undefined || data.baseline.rows.length === 0) return undefined;
  const { sentences, tables } = baselineContent(data.baseline, data);
  const body = html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}
  ${tables.map((table) => dataTable(table, anchors))}`;
  return { id: "baseline", title: "Against the baseline", body };
}
