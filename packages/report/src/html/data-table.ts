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

/** Returns a table that scrolls by itself where it is too wide, and can be reached by keyboard for that. */
export function dataTable({ caption, columns, rows }: ContentTable, anchors: PointAnchors): Html {
  const head = columns.map((column) => headingCell(column));
  const body = rows.map(
    (
      row,
    ) => html`<tr>${row.map((cell, index) => bodyCell(cell, { column: columns[index]!, first: index === 0, anchors }))}</tr>
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
  return html`<bdi${displayWidth(fitting) > LONG && html` class="long"`}>${fitting}</bdi>`;
}

function headingCell({ heading, align }: ContentColumn): Html {
  return html`<th scope="col" class="${align}">${name(heading)}</th>`;
}

interface CellPlace {
  readonly column: ContentColumn;
  /** The first cell names its row. */
  readonly first: boolean;
  readonly anchors: PointAnchors;
}

function bodyCell(cell: ContentCell, { column, first, anchors }: CellPlace): Html {
  const value = cell.value !== undefined && html` data-value="${cell.value}"`;
  const content = contentOf(cell, anchors);
  if (first) return html`<th scope="row" class="${column.align}"${value}>${content}</th>`;
  return html`<td class="${column.align}"${value}>${content}</td>`;
}

function contentOf({ text, verdict, drawing, point_id }: ContentCell, anchors: PointAnchors): Html {
  if (drawing !== undefined) return svgElement(drawing);
  if (verdict !== undefined) return verdictWord(verdict, text);
  const anchor = point_id === undefined ? undefined : anchors.get(point_id);
  return anchor === undefined ? name(text) : html`<a href="#${anchor}">${name(text)}</a>`;
}

/** Returns a verdict as shape, colour and word. */
export function verdictWord(verdict: NonNullable<ContentCell["verdict"]>, word: string): Html {
  return html`<span class="verdict ${verdict}">${verdictIcon(verdict)} ${word}</span>`;
}
