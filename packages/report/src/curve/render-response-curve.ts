import { plainPaint } from "../paint.js";
import { formatInterval, intervalText, type IntervalEstimate } from "../quantity/format-interval.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { fitText } from "../text/fit-text.js";
import { padText } from "../text/pad-text.js";
import { widestText } from "../text/widest-text.js";
import { axisOf } from "./axis.js";
import { intervalBar } from "./interval-bar.js";

/** The estimate of a metric where a parameter has this value. */
export interface ResponsePoint extends IntervalEstimate {
  readonly parameter_value: number;
}

export interface ResponseCurveOptions extends RenderOptions {
  readonly parameter: string;
  readonly metric: string;
  /** Unit of the metric. */
  readonly unit: string;
}

/** The numbers beside a bar are left out before the bar gets shorter than this [columns]. */
const SHORTEST_BAR = 16;
const LONGEST_BAR = 80;
const COLUMN_GAP = "  ";

/**
 * Returns one line for each point, by rising parameter value: the value, estimate and interval as `├──●──┤` on a common
 * scale, and the numbers; the last line says where the scale begins and ends.
 */
export function renderResponseCurve(points: readonly ResponsePoint[], options: ResponseCurveOptions): string {
  const { unit, paint = plainPaint } = options;
  const width = usableWidth(options.width);
  const title = paint.bold(fitText(`${options.metric} by ${options.parameter}`, width));
  if (points.length === 0) return `${title}\nno estimates`;
  const sorted = points.toSorted((a, b) => a.parameter_value - b.parameter_value);
  const values = sorted.map(({ parameter_value }) => String(parameter_value));
  const valueWidth = widestText(values);
  const room = width - valueWidth - 2 * COLUMN_GAP.length;
  const numbers = numbersBeside(sorted, { unit, room: room - SHORTEST_BAR });
  const length = Math.min(LONGEST_BAR, room - widestText(numbers));
  const axis = axisOf(sorted, { unit, length });
  const lines = sorted.map((point, index) => {
    const value = padText(values[index]!, { width: valueWidth, align: "right" });
    const bar = axis === undefined ? " ".repeat(length) : intervalBar(point, axis.scale, paint);
    return [value, bar, numbers[index]!].join(COLUMN_GAP).trimEnd();
  });
  const legend = axis === undefined ? [] : [" ".repeat(valueWidth) + COLUMN_GAP + paint.dim(axis.legend)];
  return [title, ...lines, ...legend].join("\n");
}

/** For each point the interval if all fit in `room` [columns], else the estimate, else nothing. */
function numbersBeside(
  points: readonly ResponsePoint[],
  { unit, room }: { readonly unit: string; readonly room: number },
): readonly string[] {
  const forms = [
    points.map((point) => formatInterval(point, unit)),
    points.map((point) => intervalText(point, unit).estimate),
  ];
  return forms.find((texts) => widestText(texts) <= room) ?? points.map(() => "");
}
