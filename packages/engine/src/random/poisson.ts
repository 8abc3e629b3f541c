import type { FillBlock } from "./fill-block.js";
import { uniform } from "./uniform.js";

/** Terms below this share of the largest are left out of the table: less than 1e-18 of the mass in all. */
const NEGLIGIBLE = 1e-22;

/**
 * Poisson variates by inversion of a table of the distribution function, made once around the mode. One uniform a
 * variate, so draws for two means from one stream are ordered as the means are.
 */
export function poissonFiller(mean: number): FillBlock {
  if (mean === 0) return (_generator, block) => void block.fill(0);
  const { first, cumulative } = poissonTable(mean);
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) block[k] = first + firstAbove(cumulative, uniform(generator));
  };
}

/** `cumulative[i]` is P(X <= first + i); the last entry is 1. */
function poissonTable(mean: number): { first: number; cumulative: Float64Array } {
  const mode = Math.floor(mean);
  const below: number[] = [];
  for (let k = mode, term = 1; k > 0 && (term *= k / mean) > NEGLIGIBLE; k--) below.push(term);
  const above: number[] = [];
  for (let k = mode + 1, term = 1; (term *= mean / k) > NEGLIGIBLE; k++) above.push(term);
  const terms = [...below.toReversed(), 1, ...above];
  const total = terms.reduce((sum, term) => sum + term, 0);
  const cumulative = new Float64Array(terms.length);
  let sum = 0;
  for (let k = 0; k < terms.length; k++) cumulative[k] = (sum += terms[k]!) / total;
  cumulative[terms.length - 1] = 1;
  return { first: mode - below.length, cumulative };
}

/** Smallest index whose entry is above u, by bisection. */
function firstAbove(cumulative: Float64Array, u: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
