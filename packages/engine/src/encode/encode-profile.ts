import { FACTOR_PIECES, FACTOR_SINUSOID, FACTOR_SWITCHED } from "../kernel/arrivals/read-factor.js";
import type { FactorPlan, PiecePlan } from "../plan.js";

/** A factor that comes and goes by chance: positions of the streams that say how long it stays away and how long it lasts. */
export interface SwitchedFactorCode {
  readonly calm: number;
  readonly surge: number;
  readonly factor: number;
}

/** Encodes a profile as `Profile` reads it, without what changes nothing: a factor of 1 leaves no trace. */
export function encodeProfile(
  profile: readonly FactorPlan[],
  switched: readonly SwitchedFactorCode[] = [],
): readonly number[] {
  const factors = [
    ...profile.map(encodeFactor).filter((numbers) => numbers.length > 0),
    ...switched
      .filter(({ factor }) => factor !== 1)
      .map(({ calm, surge, factor }) => [FACTOR_SWITCHED, calm, surge, factor]),
  ];
  return [factors.length, ...factors.flat()];
}

function encodeFactor(factor: FactorPlan): readonly number[] {
  const { period_s, phase_s } = factor;
  if (factor.kind === "sinusoid") {
    return factor.amplitude_ratio === 0 ? [] : [FACTOR_SINUSOID, period_s, factor.amplitude_ratio, phase_s];
  }
  const pieces = merged(factor.pieces);
  const [first] = pieces;
  if (first === undefined || (pieces.length === 1 && first.from === 1 && first.to === 1)) return [];
  const isConstant = pieces.length === 1 && first.from === first.to;
  const length_s = period_s === 0 || isConstant ? Number.POSITIVE_INFINITY : period_s;
  return [
    FACTOR_PIECES,
    length_s,
    phase_s,
    pieces.length,
    ...pieces.flatMap(({ start_s, from, to }) => [start_s, from, to]),
  ];
}

/** Without constant pieces that continue the one before. */
function merged(pieces: readonly PiecePlan[]): readonly PiecePlan[] {
  return pieces.filter(({ from, to }, k) => {
    const before = pieces[k - 1];
    return before === undefined || from !== to || before.from !== from || before.to !== from;
  });
}
