import { plainPaint, type Colouring, type Paint } from "../paint.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { fitText } from "../text/fit-text.js";
import { flowItems } from "../text/flow-items.js";
import { padText } from "../text/pad-text.js";
import { COLUMN_GAP, fitColumns, tableWidth } from "./fit-columns.js";
import type { Column, Section, Table } from "./table.js";

/**
 * Returns a table without a line wider than `width`: aligned columns under headings and a rule, or, where that does not
 * fit, a list with the key columns of a row on one line and its other cells, named, below; what a title column names
 * stands above the rows instead of before each cell. Empty if there is no row.
 */
export function renderTable(table: Table, { width, paint = plainPaint }: RenderOptions): string {
  const longest = usableWidth(width);
  const widths = fitColumns(table, longest);
  const { columns } = table;
  const sections = table.sections.filter(({ rows }) => rows.length > 0);
  return widths === undefined
    ? sections.map((section) => listOf(section, { table, width: longest, paint })).join("\n")
    : sections.map((section) => gridOf(section, { columns, widths, paint })).join("\n\n");
}

interface GridOptions {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  readonly paint: Paint;
}

function gridOf({ headings, rows }: Section, { columns, widths, paint }: GridOptions): string {
  const line = (cells: readonly string[], colouringOf: (column: Column) => Colouring | undefined): string =>
    columns
      .map((column, index) => {
        const width = widths[index]!;
        const cell = fitText(cells[index] ?? "", width);
        return padText(cell, { width, align: column.align, colouring: colouringOf(column) });
      })
      .join(" ".repeat(COLUMN_GAP))
      .trimEnd();
  return [
    line(headings, () => paint.bold),
    paint.dim("─".repeat(tableWidth(widths))),
    ...rows.map((cells) => line(cells, ({ colour }) => (colour === undefined ? undefined : paint[colour]))),
  ].join("\n");
}

interface ListOptions {
  readonly table: Table;
  readonly width: number;
  readonly paint: Paint;
}

function listOf({ headings, rows }: Section, { table, width, paint }: ListOptions): string {
  const { keyColumns, titleColumn } = table;
  const titled = titleColumn !== undefined;
  const indent = titled ? 2 : 0;
  const title = flowItems(titled ? [headings[titleColumn] ?? ""] : [], { width });
  const names = headings.map((heading, index) => (index === titleColumn ? "" : heading));
  const lines = rows.flatMap((cells) => {
    const named = cells.map((cell, index) => (cell === "" ? "" : `${names[index] ?? ""} ${cell}`.trim()));
    const items = (start: number, end?: number): readonly string[] =>
      named.slice(start, end).filter((item) => item !== "");
    const key = flowItems(items(0, keyColumns), { width, indent }).map((line) => paint.bold(line));
    return key.concat(flowItems(items(keyColumns), { width, indent: indent + 2 }));
  });
  return [...title.map((line) => paint.bold(line)), ...lines].join("\n");
}
