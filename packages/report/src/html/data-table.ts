import { svgElement } from "../charts/drawing.js";
import { verdictIcon } from "../charts/verdict-mark.js";
import type { ContentCell, ContentColumn, ContentTable } from "../content/content-table.js";
import { html, type Html } from "../markup/html.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";

/** The address of each point within the page. */
export type PointAnchors = ReadonlyMap<string, string>;

/** Longest text of a cell [columns]; what is longer is cut, for a name can be a book. */
const WIDEST_TEXT = 120;

/** Texts wider than this may be broken into lines [columns]. */
const LONG = 36;

/** Short texts of letters that are read from left to right whatever stands around them. */
const PLAIN = /^[\x20-\x7e]{0,36}$/;

/** Returns a table that scrolls by itself where it is too wide, and can be reached by keyboard for that. */
export function dataTable({ caption, columns, rows }: ContentTable, anchors: PointAnchors): Html {
  const head = columns.map((column) => headingCell(column));
  const body = rows.map(
    (row) => html`<tr>${row.map((cell, index) => bodyCell(cell, { first: index === 0, anchors }))}</tr>
`,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${fitText(caption, WIDEST_TEXT)}"><table>
<caption>${name(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>`;
}

/** Returns a name from a file as one unit of text, whatever its direction. */
export function name(text: string): Html {
  const fitting = fitText(text, WIDEST_TEXT);
  if (PLAIN.test(fitting)) return html`${fitting}`;
  return html`<bdi${displayWidth(fitting) > LONG && html` class="long"`}>${fitting}</bdi>`;
}

function headingCell({ heading, align }: ContentColumn): Html {
  return html`<th scope="col"${align === "right" && html` class="right"`}>${name(heading)}</th>`;
}

interface CellPlace {
  /** The first cell names its row. */
  readonly first: boolean;
  readonly anchors: PointAnchors;
}

function bodyCell(cell: ContentCell, { first, anchors }: CellPlace): Html {
  // Numbers are told by their values: the style sheet sets them to the right.
  const value = cell.value !== undefined && html` data-value="${cell.value}"`;
  const content = contentOf(cell, anchors);
  return first ? html`<th scope="row"${value}>${content}</th>` : html`<td${value}>${content}</td>`;
}

function contentOf({ text, value, verdict, drawing, point_id }: ContentCell, anchors: PointAnchors): Html {
  if (drawing !== undefined) return svgElement(drawing);
  if (verdict !== undefined) return verdictWord(verdict, text);
  const shown = value === undefined ? name(text) : html`${text}`;
  const anchor = point_id === undefined ? undefined : anchors.get(point_id);
  return anchor === undefined ? shown : html`<a href="#${anchor}">${shown}</a>`;
}

/** Returns a verdict as shape, colour and word. */
export function verdictWord(verdict: NonNullable<ContentCell["verdict"]>, word: string): Html {
  return html`<span class="verdict ${verdict}">${verdictIcon(verdict)} ${word}</span>`;
}
