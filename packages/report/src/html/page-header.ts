import { verdictIcon } from "../charts/verdict-mark.js";
import { headline } from "../content/headline.js";
import { html, type Html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { name } from "./data-table.js";
import type { Section } from "./section.js";

/** What is read if nothing else is: the verdict with its counts, then the contents. */
export function pageHeader(data: ReportData, sections: readonly Section[]): Html {
  const { verdict, text, counts, exit } = headline(data);
  return html`<header>
    <h1>${name(data.name)}</h1>
    <p class="banner${verdict !== undefined && html` ${verdict}`}">
      ${verdict !== undefined && verdictIcon(verdict)} <span>${text}</span>
    </p>
    <ul class="facts">
      ${[...counts, exit].map((fact) => html`<li>${fact}</li>`)}
    </ul>
    <nav aria-label="Contents">
      <ul>
        ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul>
    </nav>
  </header>`;
}
