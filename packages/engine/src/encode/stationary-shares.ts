import type { RateStatePlan } from "../plan.js";

/**
 * The share of time that a Markov chain spends in each state in the long run: the embedded chain's stationary probabilities by the
 * elimination of Grassmann, Taksar and Heyman (1985), which subtracts nothing, times the mean sojourns.
 */
export function stationaryShares(
  states: readonly RateStatePlan[],
  transitions: readonly (readonly number[])[],
): readonly number[] {
  const matrix = transitions.map((row) => [...row]);
  for (let last = states.length - 1; last > 0; last--) {
    const leaving = sumOf(matrix[last]!.slice(0, last));
    for (let from = 0; from < last; from++) {
      matrix[from]![last]! /= leaving;
      for (let to = 0; to < last; to++) matrix[from]![to]! += matrix[from]![last]! * matrix[last]![to]!;
    }
  }
  const visits = [1];
  for (let state = 1; state < states.length; state++) {
    visits.push(sumOf(visits.map((share, from) => share * matrix[from]![state]!)));
  }
  const times_s = visits.map((share, state) => share * states[state]!.mean_s);
  const total_s = sumOf(times_s);
  return times_s.map((time_s) => time_s / total_s);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
