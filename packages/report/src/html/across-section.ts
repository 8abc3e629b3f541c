import { estimatesContent, leadingMetrics } from "../content/estimates-content.js";
import { heatMapContent, responseContent } from "../content/response-content.js";
import { tornadoContent } from "../content/tornado-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, type PointAnchors } from "./data-table.js";
import { figures } from "./figure.js";
import type { Section } from "./section.js";

const MOST_METRICS = 4;

/** All points beside each other: a table, then curves and maps where there are several. */
export function acrossSection(data: ReportData, anchors: PointAnchors): Section {
  const drawings =
    data.points.length < 2 ? [] : [...heatMapContent(data), ...tornadoContent(data), ...responseContent(data)];
  const body = html`${dataTable(estimatesContent(data, leadingMetrics(data, MOST_METRICS)), anchors)}
  ${drawings.length > 0 && figures(drawings, "wide")}`;
  return { id: "across", title: data.points.length < 2 ? "Estimates" : "Across points", body };
}
