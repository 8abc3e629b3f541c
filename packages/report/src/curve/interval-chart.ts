import { plainPaint, type Paint } from "../paint.js";
import { formatInterval, intervalText, type IntervalEstimate } from "../quantity/format-interval.js";
import { padText, type Alignment } from "../text/pad-text.js";
import { widestText } from "../text/widest-text.js";
import { intervalScaleOf, linearIntervalScale } from "./interval-scale.js";

/** An estimate and what it is of. */
export interface LabelledInterval extends IntervalEstimate {
  /** Visible text, short beside the width. */
  readonly label: string;
}

export interface IntervalChartOptions {
  readonly unit: string;
  /** Of the labels. */
  readonly align: Alignment;
  /** `by_span`: logarithmic where estimates span a factor of 30. */
  readonly scale: "linear" | "by_span";
  /** A whole number of columns. */
  readonly width: number;
  readonly paint?: Paint | undefined;
}

/** The numbers beside a bar are left out before the bar gets shorter than this [columns]. */
const SHORTEST_BAR = 16;
const LONGEST_BAR = 80;
const COLUMN_GAP = "  ";

/**
 * Returns one line for each estimate: its label, estimate and interval as `├──●──┤` on a common scale, and the numbers; the
 * last line says where the scale begins and ends.
 */
export function intervalChart(
  rows: readonly LabelledInterval[],
  { unit, align, scale: kind, width, paint = plainPaint }: IntervalChartOptions,
): readonly string[] {
  const labelWidth = widestText(rows.map(({ label }) => label));
  const room = width - labelWidth - 2 * COLUMN_GAP.length;
  const numbers = numbersBeside(rows, { unit, room: room - SHORTEST_BAR });
  const length = Math.min(LONGEST_BAR, room - widestText(numbers));
  const scale = (kind === "linear" ? linearIntervalScale : intervalScaleOf)(rows, { unit, length });
  const lines = rows.map((row, index) => {
    const label = padText(row.label, { width: labelWidth, align });
    const bar = scale === undefined ? " ".repeat(length) : scale.barOf(row, paint);
    return [label, bar, numbers[index]!].join(COLUMN_GAP).trimEnd();
  });
  return scale === undefined ? lines : [...lines, " ".repeat(labelWidth) + COLUMN_GAP + paint.dim(scale.legend)];
}

/** For each row the interval if all fit in `room` [columns], else the estimate, else nothing. */
function numbersBeside(
  rows: readonly LabelledInterval[],
  { unit, room }: { readonly unit: string; readonly room: number },
): readonly string[] {
  const forms = [rows.map((row) => formatInterval(row, unit)), rows.map((row) => intervalText(row, unit).estimate)];
  return forms.find((texts) => widestText(texts) <= room) ?? rows.map(() => "");
}
