import { CHART_STYLE } from "../charts/chart-style.js";
import { attributionOf } from "../content/attribution-content.js";
import { counted } from "../content/counted.js";
import { html, trustedMarkup, type Html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { fitText } from "../text/fit-text.js";
import { appendixSection } from "./appendix-section.js";
import { acrossSection } from "./across-section.js";
import { baselineSection } from "./baseline-section.js";
import { changeSection } from "./change-section.js";
import type { PointAnchors } from "./data-table.js";
import { objectivesSection } from "./objectives-section.js";
import { pageHeader } from "./page-header.js";
import { PAGE_SCRIPT, PAGE_SCRIPT_SHA256 } from "./page-script.js";
import { PAGE_STYLE } from "./page-style.js";
import { pointsSection } from "./points-section.js";
import { qualitySection } from "./quality-section.js";
import type { Section } from "./section.js";
import { systemSection } from "./system-section.js";

/** Nothing is loaded from anywhere, and no script runs but the page's own. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${PAGE_SCRIPT_SHA256}'; img-src data:; base-uri 'none'; form-action 'none'`;

/**
 * Returns a report as one page that needs nothing else: no network, no file, no script to be read. The same data give the
 * same bytes.
 */
export function renderHtml(data: ReportData): string {
  const anchors: PointAnchors = new Map(data.details.map(({ point_id }, index) => [point_id, `point-${index + 1}`]));
  const parts = { anchors, attribution: attributionOf(data) };
  const sections = [
    changeSection(data, anchors),
    baselineSection(data, anchors),
    objectivesSection(data, anchors),
    acrossSection(data, parts),
    systemSection(data),
    pointsSection(data, parts),
    qualitySection(data, anchors),
    appendixSection(data),
  ].filter((section) => section !== undefined);
  const made = counted(data.points.length, "point");
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trustedMarkup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${fitText(data.name, WIDEST_TITLE)}: Loadstar report</title>
<link rel="icon" href="data:,">
<style>${trustedMarkup(CHART_STYLE + PAGE_STYLE)}</style>
</head>
<body>
${pageHeader(data, sections)}
<main>
${sections.map(sectionElement)}</main>
<footer>Made by Loadstar from ${made}. Numbers are rounded to their standard errors; the Arrow tables have them in full.</footer>
<script>${trustedMarkup(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return page.toString();
}

const WIDEST_TITLE = 120;

function sectionElement({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}
