import { requireFraction } from "./require-fraction.js";

/**
 * Returns the z with P(Z <= z) = probability for a standard normal: algorithm AS 241, PPND16 (Wichura 1988). Relative
 * error below 1e-15. (`probit` of simple-statistics errs by 0.003 at 0.975 and is not used.)
 *
 * @throws RangeError unless 0 < probability < 1.
 */
export function normalQuantile(probability: number): number {
  requireFraction({ action: "compute normal quantile", name: "probability", value: probability });
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) return centred * rational(0.180625 - centred * centred, CENTRE);
  const distance = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)));
  const size = distance <= 5 ? rational(distance - 1.6, TAIL) : rational(distance - 5, FAR_TAIL);
  return centred < 0 ? -size : size;
}

/** Coefficients of two polynomials, highest power first; `below` ends in 1. */
interface Rational {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

function rational(x: number, { above, below }: Rational): number {
  return polynomial(x, above) / polynomial(x, below);
}

function polynomial(x: number, coefficients: readonly number[]): number {
  let total = 0;
  for (const coefficient of coefficients) total = total * x + coefficient;
  return total;
}

// The published coefficients, at the precision of a double.

const CENTRE: Rational = {
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
};

const TAIL: Rational = {
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};

const FAR_TAIL: Rational = {
  above: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  below: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
};
