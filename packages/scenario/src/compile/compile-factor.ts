import type { FactorPlan, PiecePlan } from "@loadstar/engine";
import type { ProfileFactor } from "../model/rqs-input.js";

const HOUR_S = 3600;

/** Compiles a factor of a profile to straight pieces or a sinusoid. */
export function compileFactor(factor: Required<ProfileFactor>): FactorPlan {
  switch (factor.kind) {
    case "sinusoid": {
      const { period_s, amplitude_ratio, phase_s } = factor;
      return { kind: "sinusoid", period_s, amplitude_ratio, phase_s: phase_s % period_s };
    }
    case "steps": {
      const steps = [{ at_s: 0, factor: 1 }, ...factor.steps];
      return piecesOf(
        steps.map((step) => ({ start_s: step.at_s, from: step.factor, to: step.factor })),
        factor,
      );
    }
    case "daily":
    case "weekly":
      return hourly(factor.factors.flat(), factor.phase_s);
    case "ramp": {
      const { start_s, end_s, from, to } = factor;
      return piecesOf([
        { start_s: 0, from, to: from },
        { start_s, from, to },
        { start_s: end_s, from: to, to },
      ]);
    }
    case "flash_crowd":
      return flashCrowd(factor);
  }
}

function hourly(factors: readonly number[], phase_s: number): FactorPlan {
  const pieces = factors.map((factor, hour) => ({ start_s: hour * HOUR_S, from: factor, to: factor }));
  return piecesOf(pieces, { period_s: factors.length * HOUR_S, phase_s });
}

function flashCrowd({ at_s, factor, ramp_s, hold_s }: ProfileFactor & { readonly kind: "flash_crowd" }): FactorPlan {
  return piecesOf([
    { start_s: 0, from: 1, to: 1 },
    { start_s: at_s, from: 1, to: factor },
    { start_s: at_s + ramp_s, from: factor, to: factor },
    { start_s: at_s + ramp_s + hold_s, from: factor, to: 1 },
    { start_s: at_s + ramp_s + hold_s + ramp_s, from: 1, to: 1 },
  ]);
}

/** Pieces of no length are left out. */
function piecesOf(
  pieces: readonly PiecePlan[],
  { period_s, phase_s }: { readonly period_s: number; readonly phase_s: number } = { period_s: 0, phase_s: 0 },
): FactorPlan {
  const kept = pieces.filter(({ start_s }, k) => start_s !== pieces[k + 1]?.start_s);
  return { kind: "pieces", pieces: kept, period_s, phase_s: period_s === 0 ? 0 : phase_s % period_s };
}
