import type { Paint } from "../paint.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { axisOf, type AxisOptions } from "./axis.js";
import { intervalBar } from "./interval-bar.js";
import { logarithms, logAxisOf } from "./log-axis.js";

/** How several intervals are drawn beside each other. */
export interface IntervalScale {
  /** The scale itself: where it begins and ends. */
  readonly legend: string;
  readonly barOf: (row: IntervalEstimate, paint: Paint) => string;
}

/** Returns a scale for all these intervals: logarithmic where estimates span a factor of 30, else linear; undefined without a finite number. */
export function intervalScaleOf(rows: readonly IntervalEstimate[], options: AxisOptions): IntervalScale | undefined {
  const log = logAxisOf(rows, options);
  if (log === undefined) return linearIntervalScale(rows, options);
  return { legend: log.legend, barOf: (row, paint) => intervalBar(logarithms(row), log.scale, paint) };
}

/** Returns a linear scale for all these intervals; undefined without a finite number. */
export function linearIntervalScale(
  rows: readonly IntervalEstimate[],
  options: AxisOptions,
): IntervalScale | undefined {
  const axis = axisOf(rows, options);
  return axis && { legend: axis.legend, barOf: (row, paint) => intervalBar(row, axis.scale, paint) };
}
