/** Digits that a number without an error is shown with; whole digits are not rounded away. */
const SIGNIFICANT_DIGITS = 4;

/** Significant digits of an error that its estimate is shown to. */
const ERROR_DIGITS = 2;

/** More digits than these are noise of the floating-point number itself. */
export const DOUBLE_DIGITS = 15;

/** Units whose whole numbers are exact: three requests are not `3.000`. */
const COUNTED_UNITS: ReadonlySet<string> = new Set(["1", "", "MB"]);

export interface DecimalsOptions {
  readonly unit: string;
  /** In the unit the number is shown in; 0 for none. */
  readonly error: number;
}

/** Returns the decimals to show a number with; -1 stands for tens. */
export function decimalsOf(shown: number, { unit, error }: DecimalsOptions): number {
  if (!Number.isFinite(shown)) return 0;
  if (error > 0 && Number.isFinite(error)) return decimalsOfError(shown, error);
  if (shown === 0) return 0;
  const exponent = exponentOf(shown, SIGNIFICANT_DIGITS);
  const decimals = SIGNIFICANT_DIGITS - 1 - exponent;
  if (exponent >= DOUBLE_DIGITS) return decimals;
  return COUNTED_UNITS.has(unit) && Number.isInteger(shown) ? 0 : Math.max(0, decimals);
}

/** Returns the decimals that show `shown` to the second significant digit of an error > 0. */
export function decimalsOfError(shown: number, error: number): number {
  const wanted = ERROR_DIGITS - 1 - exponentOf(error, ERROR_DIGITS);
  if (shown === 0 || !Number.isFinite(shown)) return wanted;
  return Math.min(wanted, DOUBLE_DIGITS - 1 - exponentOf(shown, DOUBLE_DIGITS));
}

/** Returns the power of ten of the first digit, once the number is rounded to `digits` significant digits. */
export function exponentOf(value: number, digits: number): number {
  return Number(value.toExponential(digits - 1).split("e")[1]);
}
