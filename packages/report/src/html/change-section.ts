import { changeContent } from "../content/change-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, name, type PointAnchors } from "./data-table.js";
import type { Section } from "./section.js";

/** What is different from earlier results, if there are any to compare with. */
export function changeSection(data: ReportData, anchors: PointAnchors): Section | undefined {
  if (data.change === undefined) return undefined;
  const { sentences, tables } = changeContent(data.change, data);
  const body = html`<p class="note">Compared with ${name(data.change.base)}.</p>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)} ${tables.map((table) => dataTable(table, anchors))}`;
  return { id: "changes", title: "What changed", body };
}
