import { svgElement } from "../charts/drawing.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { eventsContent, systemDrawing, systemWords } from "../content/system-content.js";
import { dataTable } from "./data-table.js";
import type { Section } from "./section.js";

/** A drawing that would have to be smaller to fit is scrolled instead. */
const LEAST_SCALE = 0.7;

/** The simulated system, and what befalls it. */
export function systemSection({ system }: ReportData): Section | undefined {
  const { nodes, links, horizon_s, warm_up_s } = system;
  const events = eventsContent(system);
  if (nodes.length === 0) return undefined;
  const drawing = systemDrawing(system);
  const warmUp = warm_up_s > 0 && html` The first ${warm_up_s} s are warm-up and in no estimate.`;
  const words = systemWords(system);
  const picture =
    drawing === undefined
      ? html`<p class="note">Too large to be drawn: ${nodes.length} nodes and ${links.length} links.</p>`
      : html`<div class="drawing" style="--least:${Math.round(LEAST_SCALE * drawing.width)}px" role="region" tabindex="0" aria-label="Drawing of the system">${svgElement(drawing)}</div>`;
  const body = html`${picture}
    ${words !== "" && html`<p class="note">${words}</p>`}
    <p>
      Each run simulates ${horizon_s}
      s.${warmUp}
    </p>
    ${events.rows.length > 0 && dataTable(events, new Map())}`;
  return { id: "system", title: "System", body };
}
