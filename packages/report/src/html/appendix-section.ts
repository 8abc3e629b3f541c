import { filesContent } from "../content/files-content.js";
import { methodSentences } from "../content/methods.js";
import { html } from "../markup/html.js";
import type { ReportData } from "../report-data.js";
import { dataTable, name } from "./data-table.js";
import type { Section } from "./section.js";

/** Methods and provenance. */
export function appendixSection(data: ReportData): Section {
  const body = html`<h3>Methods</h3>
    <ul>
      ${methodSentences(data).map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    <h3>Provenance</h3>
    <dl>
      ${data.provenance.map(
        (fact) =>
          html`<dt>${name(fact.name)}</dt>
            <dd>${name(fact.value)}</dd>`,
      )}
    </dl>
    ${dataTable(filesContent(data), new Map())}`;
  return { id: "appendix", title: "Appendix", body };
}
