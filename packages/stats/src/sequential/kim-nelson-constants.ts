import { requireFraction } from "../require-fraction.js";

/** What the boundary of the procedure of Kim and Nelson is made from. */
export interface KimNelsonConstants {
  readonly eta: number;
  /** h^2 = 2 eta (n0 - 1). */
  readonly h2: number;
}

/**
 * Returns the constants of the fully sequential selection of the best of `systems` after a first stage of `n0` replications:
 * eta = ((2 a / (k - 1))^(-2 / (n0 - 1)) - 1) / 2 with a = 1 - confidence and k systems (Kim and Nelson 2001, "A fully sequential
 * procedure for indifference-zone selection in simulation", section 3, c = 1).
 *
 * @throws RangeError unless `systems` and `n0` are integers >= 2 and 1 / systems < confidence < 1: less is had by guessing.
 */
export function kimNelsonConstants({
  systems,
  n0,
  confidence,
}: {
  readonly systems: number;
  readonly n0: number;
  readonly confidence: number;
}): KimNelsonConstants {
  const action = "select the best";
  for (const [name, value] of Object.entries({ systems, n0 })) {
    if (Number.isSafeInteger(value) && value >= 2) continue;
    throw new RangeError(`Cannot ${action}: ${name} must be an integer >= 2: current value is ${value}`);
  }
  requireFraction({ action, name: "confidence", value: confidence });
  if (confidence * systems <= 1) {
    throw new RangeError(`Cannot ${action}: confidence must be > 1 / systems: current value is ${confidence}`);
  }
  const share = (2 * (1 - confidence)) / (systems - 1);
  const eta = Math.expm1((-2 / (n0 - 1)) * Math.log(share)) / 2;
  return { eta, h2: 2 * eta * (n0 - 1) };
}
