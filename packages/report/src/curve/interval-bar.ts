import type { Paint } from "../paint.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { coloured } from "../text/coloured.js";

/** The common scale of several bars: the values at the first and the last column, and the number of columns. */
export interface BarScale {
  readonly low: number;
  readonly high: number;
  readonly length: number;
}

/**
 * Returns `├──●──┤` at its place on the scale, filled with spaces to `length` columns; an end that the sample cannot bound
 * is an arrow at the edge, and an estimate that is not finite has no bar.
 */
export function intervalBar(interval: IntervalEstimate, scale: BarScale, paint: Paint): string {
  const { estimate, ci_low, ci_high } = interval;
  if (!Number.isFinite(estimate)) return " ".repeat(scale.length);
  const middle = columnOf(estimate, scale);
  const start = Number.isNaN(ci_low) ? middle : Math.min(middle, columnOf(ci_low, scale));
  const end = Number.isNaN(ci_high) ? middle : Math.max(middle, columnOf(ci_high, scale));
  const left = start < middle ? (ci_low === -Infinity ? "←" : "├") + "─".repeat(middle - start - 1) : "";
  const right = end > middle ? "─".repeat(end - middle - 1) + (ci_high === Infinity ? "→" : "┤") : "";
  const bar = coloured(left, paint.dim) + paint.cyan("●") + coloured(right, paint.dim);
  return " ".repeat(start) + bar + " ".repeat(scale.length - 1 - end);
}

function columnOf(value: number, { low, high, length }: BarScale): number {
  const share = (value - low) / (high - low);
  return Math.round(Math.min(1, Math.max(0, share)) * (length - 1));
}
