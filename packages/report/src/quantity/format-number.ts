import { DOUBLE_DIGITS, exponentOf } from "./decimals.js";

/** Beyond these a number is written with an exponent. */
const MOST_DECIMALS = 9;
const LEAST_WITH_EXPONENT = 1e15;

/**
 * Returns a number rounded to `decimals` decimals (-1 stands for tens), with thousands separators; `-` for NaN, `inf`
 * and `-inf`. Very large and very small numbers are written like `1.234e-12`.
 */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "-";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (decimals > MOST_DECIMALS || Math.abs(value) >= LEAST_WITH_EXPONENT) return withExponent(value, decimals);
  const text = decimals >= 0 ? value.toFixed(decimals) : roundedTo(value, Number(`1e${-decimals}`)).toFixed(0);
  return grouped(Number(text) === 0 ? text.replace("-", "") : text);
}

function withExponent(value: number, decimals: number): string {
  if (value === 0) return "0";
  const digits = exponentOf(value, DOUBLE_DIGITS) + decimals;
  if (digits >= 0) return value.toExponential(Math.min(digits, DOUBLE_DIGITS));
  const rounded = roundedTo(value, Number(`1e${-decimals}`));
  return rounded === 0 ? "0" : rounded.toExponential(0);
}

function roundedTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}

function grouped(text: string): string {
  const [whole, fraction] = text.split(".") as [string, string?];
  const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}
