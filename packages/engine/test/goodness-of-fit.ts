import { chiSquareProbability } from "./chi-square.js";
import { poissonMass, quantileOf, type DistributionFunctions } from "./distribution-functions.js";

/** How well values follow a continuous distribution: chi-square probability of 200 equally probable bins. */
export function fitOfBins(values: Float64Array, { lower }: DistributionFunctions): number {
  const bins = 200;
  const observed = new Float64Array(bins);
  for (const value of values) observed[Math.min(bins - 1, Math.max(0, Math.floor(lower(value) * bins)))]!++;
  return chiSquareProbability(observed, new Float64Array(bins).fill(values.length / bins));
}

/** The same for the tails: twenty cells in each outer thousandth, and one for all that lies between. */
export function fitOfTails(values: Float64Array, functions: DistributionFunctions): number {
  const mass = 1e-3;
  const cells = 20;
  const low = quantileOf(functions, mass);
  const high = quantileOf(functions, 1 - mass);
  const observed = new Float64Array(2 * cells + 1);
  const cellOf = (share: number): number => Math.min(cells - 1, Math.max(0, Math.floor((share / mass) * cells)));
  for (const value of values) {
    if (value < low) observed[cellOf(functions.lower(value))]!++;
    else if (value > high) observed[cells + cellOf(functions.upper(value))]!++;
    else observed[2 * cells]!++;
  }
  const expected = new Float64Array(2 * cells + 1).fill((values.length * mass) / cells);
  expected[2 * cells] = values.length * (1 - 2 * mass);
  return chiSquareProbability(observed, expected);
}

/** The same for a Poisson variable. Neighbouring values share a cell until it holds a hundredth of the mass and 10 expected values. */
export function fitOfPoisson(values: Float64Array, mean: number): number {
  const reach = 9 * Math.sqrt(mean) + 9;
  const first = Math.max(0, Math.floor(mean - reach));
  const last = Math.ceil(mean + reach);
  const counts = new Float64Array(last - first + 1);
  for (const value of values) counts[Math.min(last, Math.max(first, value)) - first]!++;
  const observed: number[] = [];
  const expected: number[] = [];
  let count = 0;
  let mass = 0;
  for (let k = first; k <= last; k++) {
    count += counts[k - first]!;
    mass += poissonMass(mean, k) * values.length;
    if (mass < Math.max(10, values.length / 100) && !(mean < 1 && mass >= 10)) continue;
    observed.push(count);
    expected.push(mass);
    count = 0;
    mass = 0;
  }
  observed[observed.length - 1]! += count;
  expected[expected.length - 1]! += mass;
  return chiSquareProbability(observed, expected);
}
