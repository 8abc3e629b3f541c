import { decimalsOf } from "./decimals.js";
import { formatNumber } from "./format-number.js";
import { unitScale } from "./unit-scale.js";

export interface QuantityOptions {
  /** Standard error in the unit of the value; if it is finite and above 0, it decides how many digits are shown. */
  readonly std_error?: number | undefined;
}

/**
 * Returns a quantity for people to read, as `23.50 ms`, `1.250 %`, `538.7/s`, `256 MB` or `48,486`: four significant
 * digits, or, with a standard error, as many as reach its second significant digit. NaN is `-`, infinity `inf`.
 */
export function formatQuantity(value: number, unit: string, { std_error = 0 }: QuantityOptions = {}): string {
  if (!Number.isFinite(value)) return formatNumber(value, 0);
  const error = std_error > 0 && Number.isFinite(std_error) ? std_error : 0;
  const { factor, suffix } = unitScale(unit, Math.max(Math.abs(value), error));
  const shown = value * factor;
  return formatNumber(shown, decimalsOf(shown, { unit, error: error * factor })) + suffix;
}
