import { plainPaint } from "../paint.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { fitText } from "../text/fit-text.js";
import { intervalChart } from "./interval-chart.js";

/** The estimate of a metric where a parameter has this value. */
export interface ResponsePoint extends IntervalEstimate {
  readonly parameter_value: number | string | boolean;
}

export interface ResponseCurveOptions extends RenderOptions {
  readonly parameter: string;
  readonly metric: string;
  /** Unit of the metric. */
  readonly unit: string;
}

/**
 * Returns the estimates of a metric with their intervals on one scale, by rising parameter value; values that are no numbers stay in their
 * order. The scale is logarithmic where estimates span a factor of 30.
 */
export function renderResponseCurve(points: readonly ResponsePoint[], options: ResponseCurveOptions): string {
  const { unit, paint = plainPaint } = options;
  const width = usableWidth(options.width);
  const title = paint.bold(fitText(`${options.metric} by ${options.parameter}`, width));
  if (points.length === 0) return `${title}\nno estimates`;
  const isNumeric = points.every(({ parameter_value }) => typeof parameter_value === "number");
  const sorted = isNumeric ? points.toSorted((a, b) => Number(a.parameter_value) - Number(b.parameter_value)) : points;
  // Numbers are written in full: they tell the points apart.
  const longest = isNumeric ? Infinity : Math.floor(width / 3);
  const rows = sorted.map((point) => ({ ...point, label: fitText(String(point.parameter_value), longest) }));
  const align = isNumeric ? "right" : "left";
  return [title, ...intervalChart(rows, { unit, align, scale: "by_span", width, paint })].join("\n");
}
