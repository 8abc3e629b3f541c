import { objectivesContent } from "../content/objectives-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, type PointAnchors } from "./data-table.js";
import type { Section } from "./section.js";

/** The verdicts, objective by objective. */
export function objectivesSection(data: ReportData, anchors: PointAnchors): Section | undefined {
  const tables = objectivesContent(data);
  if (tables.length === 0) return undefined;
  const body = html`<p class="note">
      Met and broken are proven: the bounds lie on one side of the limit. Inconclusive: they hold it between them, and
      more runs are needed.
    </p>
    ${tables.map((table) => dataTable(table, anchors))}`;
  return { id: "objectives", title: "Objectives", body };
}
