import { qualityContent, reasonsContent } from "../content/quality-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, type PointAnchors } from "./data-table.js";
import type { Section } from "./section.js";

/** How far the numbers can be trusted. */
export function qualitySection(data: ReportData, anchors: PointAnchors): Section {
  const reasons = reasonsContent(data);
  const body = html`<p class="note">
      Skewed: intervals were corrected for skewness (Hall). Without variance: all runs gave the same value. Not bounded:
      an interval without an end, for want of runs or of values. Settled after: when the mean latency had forgotten that the
      system began empty (MSER-5); where that is after the warm-up, estimates hold the start too.
    </p>
    ${dataTable(qualityContent(data), anchors)} ${reasons.rows.length > 0 && dataTable(reasons, anchors)}`;
  return { id: "quality", title: "Data quality", body };
}
