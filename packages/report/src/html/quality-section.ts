import { qualityContent, reasonsContent } from "../content/quality-content.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, type PointAnchors } from "./data-table.js";
import type { Section } from "./section.js";

/** How far the numbers can be trusted. */
export function qualitySection(data: ReportData, anchors: PointAnchors): Section {
  const reasons = reasonsContent(data);
  const body = html`<p class="note">
      Absent: runs that did not complete. Not in every run: metrics without a value in some, such as a wait where nobody waited. Skewed: intervals were corrected for skewness (Hall). Without variance: all runs gave the same value. Not bounded:
      an interval without an end, for want of runs or of values. Variance
      reduction: as many times the runs would be needed to find the differences to the baseline if points did not share their random numbers, in the middle of the metrics compared. Settled after: when the mean latency had forgotten that the
      system began empty (MSER-5); where that is after the warm-up, estimates hold the start too.
    </p>
    ${dataTable(qualityContent(data), anchors)} ${reasons.rows.length > 0 && dataTable(reasons, anchors)}`;
  return { id: "quality", title: "Data quality", body };
}
