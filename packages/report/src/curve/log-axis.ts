import type { IntervalEstimate } from "../quantity/format-interval.js";
import { unitScale } from "../quantity/unit-scale.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";
import type { Axis, AxisOptions } from "./axis.js";

/** Estimates that span this factor have a logarithmic axis, as in charts. */
const LOG_SPAN = 30;

/**
 * Returns a logarithmic scale between powers of ten, for the logarithms (base 10) that `logarithms` gives; undefined where the
 * estimates span too little for one, or a number is not positive.
 */
export function logAxisOf(intervals: readonly IntervalEstimate[], { unit, length }: AxisOptions): Axis | undefined {
  const ends = rangeOf(intervals.flatMap(({ estimate, ci_low, ci_high }) => [estimate, ci_low, ci_high]));
  const estimates = rangeOf(intervals.map(({ estimate }) => estimate));
  if (!(ends.least > 0) || !(estimates.most / estimates.least >= LOG_SPAN)) return undefined;
  const [low, high] = [Math.floor(Math.log10(ends.least)), Math.ceil(Math.log10(ends.most))];
  const [lowText, highText] = [low, high].map((exponent) => powerText(exponent, unit)) as [string, string];
  const blank = Math.max(5, length - 2 - displayWidth(lowText + highText));
  const left = Math.floor((blank - 3) / 2);
  const legend = `├${lowText}${"─".repeat(left)}log${"─".repeat(blank - 3 - left)}${highText}┤`;
  return { scale: { low, high, length }, legend: fitText(legend, length) };
}

/** The logarithms of an interval's numbers. */
export function logarithms({ estimate, ci_low, ci_high, std_error }: IntervalEstimate): IntervalEstimate {
  return { estimate: Math.log10(estimate), ci_low: Math.log10(ci_low), ci_high: Math.log10(ci_high), std_error };
}

/** The least and the most of those that are finite; infinite where there are none. */
function rangeOf(numbers: readonly number[]): { readonly least: number; readonly most: number } {
  const finite = numbers.filter((number) => Number.isFinite(number));
  return {
    least: finite.reduce((smallest, number) => Math.min(smallest, number), Infinity),
    most: finite.reduce((largest, number) => Math.max(largest, number), -Infinity),
  };
}

function powerText(exponent: number, unit: string): string {
  const value = Number(`1e${exponent}`);
  const { factor, suffix } = unitScale(unit, value);
  return `${Number((value * factor).toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 })}${suffix}`;
}
