/**
 * Natural logarithm of the gamma function for x > 0, relative error of the gamma function below 1e-14.
 * Lanczos (1964), with the coefficients of Godfrey (2001) for g = 7, n = 9.
 */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = LEADING_COEFFICIENT;
  for (const [index, coefficient] of COEFFICIENTS.entries()) sum += coefficient / (x + index);
  const shifted = x + 6.5;
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

const HALF_LOG_TWO_PI = 0.9189385332046727;

const LEADING_COEFFICIENT = 0.9999999999998099;

const COEFFICIENTS: readonly number[] = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
