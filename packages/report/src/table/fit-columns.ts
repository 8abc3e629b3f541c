import { visibleText } from "../text/visible-text.js";
import { widestText } from "../text/widest-text.js";
import type { Table } from "./table.js";

/** Spaces between two columns. */
export const COLUMN_GAP = 2;

/** A cuttable column is not cut below this [columns]: less of a name says too little. */
const SMALLEST_CUT = 12;

/**
 * Returns the widths of a table's columns [columns], cuttable ones cut, the last one first, until a line is no longer
 * than `width`; undefined if that is not enough.
 */
export function fitColumns({ columns, sections }: Table, width: number): readonly number[] | undefined {
  const lines = sections.flatMap(({ headings, rows }) => [headings, ...rows]);
  const widths = columns.map((_, index) => widestText(lines.map((cells) => visibleText(cells[index] ?? ""))));
  for (let index = columns.length - 1; index >= 0; index--) {
    const excess = tableWidth(widths) - width;
    if (excess <= 0) break;
    if (columns[index]!.cuttable)
      widths[index] = Math.max(Math.min(SMALLEST_CUT, widths[index]!), widths[index]! - excess);
  }
  return tableWidth(widths) <= width ? widths : undefined;
}

/** Returns the length of a table's lines [columns]. */
export function tableWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + COLUMN_GAP * (widths.length - 1);
}
