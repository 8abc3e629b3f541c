import { acrossDrawings } from "../content/across-drawings.js";
import { estimatesContent, leadingMetrics } from "../content/estimates-content.js";
import { utilizationsContent } from "../content/utilizations-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable } from "./data-table.js";
import { figures } from "./figure.js";
import type { PageParts } from "./page-parts.js";
import type { Section } from "./section.js";

const MOST_METRICS = 4;

/** All points beside each other: a table, then curves and maps where there are several. */
export function acrossSection(data: ReportData, { anchors, attribution }: PageParts): Section {
  const drawings = acrossDrawings(data, attribution);
  const utilizations = utilizationsContent(data);
  const body = html`${dataTable(estimatesContent(data, leadingMetrics(data, MOST_METRICS)), anchors)}
  ${drawings.length > 0 && figures(drawings, "wide")}
  ${utilizations !== undefined && dataTable(utilizations, new Map())}`;
  return { id: "across", title: data.points.length < 2 ? "Estimates" : "Across points", body };
}
