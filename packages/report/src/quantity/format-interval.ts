import type { Estimate } from "@loadstar/stats";
import { decimalsOf } from "./decimals.js";
import { formatNumber } from "./format-number.js";
import { unitScale } from "./unit-scale.js";

/** The numbers of an estimate that are shown, all in the unit of the quantity. */
export type IntervalEstimate = Pick<Estimate, "estimate" | "ci_low" | "ci_high" | "std_error">;

/** An estimate and its interval as two texts, so that a table can align them. */
export interface IntervalText {
  readonly estimate: string;
  /** Empty if there is nothing to show. */
  readonly interval: string;
}

/** Returns `23.50 ms [23.41, 23.59]`: one unit and one number of decimals for all three numbers. */
export function formatInterval(interval: IntervalEstimate, unit: string): string {
  const text = intervalText(interval, unit);
  return text.interval === "" ? text.estimate : `${text.estimate} ${text.interval}`;
}

/**
 * Returns `23.50 ms` and `[23.41, 23.59]`. The decimals reach the second significant digit of the standard error; without
 * one, of half the distance to the farther end, which is what a standard error would be.
 */
export function intervalText(interval: IntervalEstimate, unit: string): IntervalText {
  const numbers = [interval.estimate, interval.ci_low, interval.ci_high];
  if (numbers.every((number) => Number.isNaN(number))) return { estimate: "-", interval: "" };
  const most = largest(numbers);
  const { factor, suffix } = unitScale(unit, most);
  const decimals = decimalsOf(most * factor, { unit, error: errorOf(interval) * factor });
  const [estimate, low, high] = numbers.map((number) => formatNumber(number * factor, decimals));
  const hasUnit = numbers.some((number) => Number.isFinite(number));
  return { estimate: `${estimate}${hasUnit ? suffix : ""}`, interval: `[${low}, ${high}]` };
}

function errorOf({ estimate, ci_low, ci_high, std_error }: IntervalEstimate): number {
  if (std_error > 0 && Number.isFinite(std_error)) return std_error;
  return largest([ci_low - estimate, ci_high - estimate]) / 2;
}

/** The largest size of the finite ones; 0 for none. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => (Number.isFinite(number) ? Math.max(most, Math.abs(number)) : most), 0);
}
