import { plainPaint } from "../paint.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { fitText } from "../text/fit-text.js";
import { intervalChart } from "./interval-chart.js";

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

/** Returns the estimates of a metric with their intervals on one scale, by rising parameter value. */
export function renderResponseCurve(points: readonly ResponsePoint[], options: ResponseCurveOptions): string {
  const { unit, paint = plainPaint } = options;
  const width = usableWidth(options.width);
  const title = paint.bold(fitText(`${options.metric} by ${options.parameter}`, width));
  if (points.length === 0) return `${title}\nno estimates`;
  const rows = points
    .toSorted((a, b) => a.parameter_value - b.parameter_value)
    .map((point) => ({ ...point, label: String(point.parameter_value) }));
  return [title, ...intervalChart(rows, { unit, align: "right", width, paint })].join("\n");
}
