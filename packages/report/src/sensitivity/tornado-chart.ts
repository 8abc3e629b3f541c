import { axisOf } from "../curve/axis.js";
import type { Paint } from "../paint.js";
import { fitText } from "../text/fit-text.js";
import { padText } from "../text/pad-text.js";
import { widestText } from "../text/widest-text.js";
import type { TornadoRow } from "./sensitivity-table.js";

const LONGEST_BAR = 80;
const COLUMN_GAP = "  ";

/**
 * Returns one line for each factor: from the base `│`, how far its low value `░` and its high value `█` move the mean, on a
 * common scale; where both move it the same way, the shorter stands before the longer. The last line is the scale.
 */
export function tornadoChart(
  rows: readonly TornadoRow[],
  { unit, width, paint }: { readonly unit: string; readonly width: number; readonly paint: Paint },
): readonly string[] {
  const labels = rows.map(({ factor }) => fitText(factor.name, Math.floor(width / 3)));
  const labelWidth = widestText(labels);
  const length = Math.min(LONGEST_BAR, width - labelWidth - COLUMN_GAP.length);
  const ends = rows.map(({ low, high }) => ({
    estimate: 0,
    ci_low: low.estimate,
    ci_high: high.estimate,
    std_error: Number.NaN,
  }));
  const axis = axisOf(ends, { unit, length });
  if (axis === undefined) return [];
  const { low: from, high: to } = axis.scale;
  const cellOf = (change: number): number => Math.round(((change - from) / (to - from)) * (length - 1));
  const lines = rows.map(({ low, high }, index) => {
    const bar = paint.cyan(barOf({ low: low.estimate, high: high.estimate }, { length, cellOf }));
    return `${padText(labels[index]!, { width: labelWidth, align: "left" })}${COLUMN_GAP}${bar}`;
  });
  return [...lines, " ".repeat(labelWidth) + COLUMN_GAP + paint.dim(axis.legend)];
}

function barOf(
  { low, high }: { readonly low: number; readonly high: number },
  { length, cellOf }: { readonly length: number; readonly cellOf: (change: number) => number },
): string {
  const cells = Array.from({ length }, () => " ");
  const base = cellOf(0);
  const changes = [
    { change: low, mark: "░" },
    { change: high, mark: "█" },
  ].filter(({ change }) => Number.isFinite(change));
  for (const { change, mark } of changes.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))) {
    const end = cellOf(change);
    cells.fill(mark, Math.min(base, end), Math.max(base, end) + 1);
  }
  cells[base] = "│";
  return cells.join("").trimEnd();
}
