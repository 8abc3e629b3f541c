import type { Verdict } from "@loadstar/stats";
import { html, type Html } from "../markup/html.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";
import { CHARACTER_PX, spansDecades } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { px } from "./plot-frame.js";
import { verdictMark } from "./verdict-mark.js";

/** The estimate at one pair of values. */
export interface HeatCell {
  readonly column: number;
  readonly row: number;
  readonly estimate: number;
  /** The estimate in words. */
  readonly text: string;
  /** Shown when a reader points at it. */
  readonly title: string;
  /** Of the objective whose frontier is drawn. */
  readonly verdict?: Verdict | undefined;
}

export interface HeatMapOptions {
  readonly label: string;
  readonly columns: { readonly name: string; readonly values: readonly string[] };
  readonly rows: { readonly name: string; readonly values: readonly string[] };
}

const CELL_WIDTH = 96;
const CELL_HEIGHT = 46;
const TOP = 26;
const WIDEST_VALUE = 16;
/** Opacity of the lowest and the highest estimate: texts have a contrast of 4.5 on both, in light and dark. */
const FAINT = 0.05;
const FULL = 0.5;

/**
 * Draws a cell for each pair of values, darker for larger estimates (by their logarithms if they span decades), with its verdict,
 * and a thick line, the frontier, between cells that pass and cells that do not. The first row stands at the bottom.
 */
export function heatMap(cells: readonly HeatCell[], { label, columns, rows }: HeatMapOptions): Drawing {
  const names = rows.values.map((value) => fitText(value, WIDEST_VALUE));
  const left =
    Math.ceil(Math.max(...names.map(displayWidth), displayWidth(fitText(rows.name, WIDEST_VALUE))) * CHARACTER_PX) + 16;
  const bottom = TOP + rows.values.length * CELL_HEIGHT;
  const placeOf = (column: number, row: number): Corner => ({
    x: left + column * CELL_WIDTH,
    y: bottom - (row + 1) * CELL_HEIGHT,
  });
  const opacityOf = opacities(cells.map(({ estimate }) => estimate));
  const width = left + columns.values.length * CELL_WIDTH + 10;
  const middle = left + (columns.values.length * CELL_WIDTH) / 2;
  const columnName = (value: string, column: number): Html =>
    html`<text class="mid" x="${placeOf(column, 0).x + CELL_WIDTH / 2}" y="${bottom + 16}">${fitText(value, 12)}</text>`;
  const rowName = (value: string, row: number): Html =>
    html`<text class="end" x="${left - 8}" y="${placeOf(0, row).y + CELL_HEIGHT / 2 + 4}">${value}</text>`;
  const body = html`<text class="end" x="${left - 8}" y="16">${fitText(rows.name, WIDEST_VALUE)}</text>
${names.map(rowName)}
${columns.values.map(columnName)}
<text class="mid" x="${px(middle)}" y="${bottom + 33}">${fitText(columns.name, 40)}</text>
${cells.map((cell) => cellOf(cell, placeOf(cell.column, cell.row), opacityOf(cell.estimate)))}
<path class="frontier" d="${frontier(cells, placeOf)}"/>`;
  return { width, height: bottom + 40, label, body };
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function cellOf({ text, title, verdict }: HeatCell, { x, y }: Corner, opacity: number): Html {
  const [width, height] = [CELL_WIDTH - 2, CELL_HEIGHT - 2];
  const shade = Math.round(100 * opacity) / 100;
  const middle = { x: x + CELL_WIDTH / 2 + (verdict === undefined ? 0 : 8), y: y + CELL_HEIGHT / 2 };
  return html`<g><title>${title}</title>
<rect class="cell" x="${x + 1}" y="${y + 1}" width="${width}" height="${height}" fill-opacity="${shade}"/>
${verdict !== undefined && verdictOnPaper(verdict, { x: x + 13, y: middle.y })}
<text class="mid on-cell" x="${middle.x}" y="${middle.y + 4}">${text}</text></g>
`;
}

/** On a disc of paper, so that it is seen on every shade. */
function verdictOnPaper(verdict: Verdict, place: Corner): Html {
  return html`<circle class="paper" cx="${place.x}" cy="${place.y}" r="9"/>${verdictMark(verdict, place)}`;
}

/** How dark each estimate is: by its place between the smallest and the largest. */
function opacities(estimates: readonly number[]): (estimate: number) => number {
  const finite = estimates.filter((estimate) => Number.isFinite(estimate));
  const shade = spansDecades(finite) ? Math.log : (value: number) => value;
  const shades = finite.map(shade);
  const low = shades.reduce((least, value) => Math.min(least, value), Infinity);
  const high = shades.reduce((most, value) => Math.max(most, value), -Infinity);
  return (estimate) => {
    if (!Number.isFinite(estimate)) return 0;
    return high > low ? FAINT + ((FULL - FAINT) * (shade(estimate) - low)) / (high - low) : FAINT;
  };
}

/** The edges that cells which pass share with cells which do not. */
function frontier(cells: readonly HeatCell[], placeOf: (column: number, row: number) => Corner): string {
  const passes = new Map(
    cells.flatMap(({ column, row, verdict }) =>
      verdict === undefined ? [] : [[`${column} ${row}`, verdict === "pass"]],
    ),
  );
  return cells
    .flatMap(({ column, row }) => {
      const own = passes.get(`${column} ${row}`);
      const { x, y } = placeOf(column, row);
      const differs = (other: boolean | undefined): boolean =>
        own !== undefined && other !== undefined && own !== other;
      return [
        differs(passes.get(`${column + 1} ${row}`)) ? `M${x + CELL_WIDTH},${y}v${CELL_HEIGHT}` : "",
        differs(passes.get(`${column} ${row + 1}`)) ? `M${x},${y}h${CELL_WIDTH}` : "",
      ];
    })
    .join("");
}
