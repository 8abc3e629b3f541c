import type { Finding } from "../finding.js";
import { generatorsOf } from "../model/generators-of.js";
import type { Scenario } from "../model/scenario.js";
import type { DataPath } from "../path/data-path.js";
import { completeInterval } from "../resolve/complete-interval.js";
import { showNumber } from "../wording/show-value.js";
import { durationsOf, isCount } from "./durations-of.js";

/**
 * Times that are Poisson: whole seconds. Those with a mean below a second, which are mostly 0, are warnings: who writes such a
 * mean hardly means that. The others, and numbers of requests and tokens, are worth knowing where nobody wrote the distribution.
 */
export function notesOnPoisson(scenario: Scenario): readonly Finding[] {
  return [...gapsOf(scenario), ...placesOf(scenario)].flatMap(({ path, mean, isStated, isTime }) => {
    const isCoarse = isTime && mean < COARSE_BELOW_S;
    if (isStated && !isCoarse) return [];
    const begin = isStated ? "poisson is" : "distribution is not stated and poisson is in force, as in AsyncFlow:";
    const counted = `${begin} a whole number${isTime ? " of seconds" : ""} with mean ${showNumber(mean)}`;
    if (!isCoarse) return [{ path, at: "value" as const, message: counted }];
    const zeros = `${percentOfZeros(mean)} % of the draws are 0 s, the others 1 s or more`;
    const message = `${counted}: ${zeros}: did you mean distribution: exponential?`;
    return [{ path, at: "value" as const, message, warning: true as const }];
  });
}

/** From this mean on, most draws of a Poisson are not 0 [s]: exp(-1) of them are. */
const COARSE_BELOW_S = 1;

interface PoissonPlace {
  readonly path: DataPath;
  readonly mean: number;
  /** Whether it is in seconds. */
  readonly isTime: boolean;
  /** Whether somebody wrote the distribution. */
  readonly isStated: boolean;
}

function placesOf(scenario: Scenario): readonly PoissonPlace[] {
  return durationsOf(scenario).flatMap((placed) => {
    const { path, duration } = placed;
    if (typeof duration === "number") return [];
    if (duration.distribution !== undefined && duration.distribution !== "poisson") return [];
    return [{ path, mean: duration.mean, isTime: !isCount(placed), isStated: duration.distribution !== undefined }];
  });
}

/** Gaps between arrivals: who wants Poisson arrivals writes this, and means exponential gaps. */
function gapsOf(scenario: Scenario): readonly PoissonPlace[] {
  return generatorsOf(scenario).flatMap(({ generator, path }) => {
    const { interarrival, arrival_rate_per_s } = generator as GapKeys;
    if (interarrival === undefined) return [];
    const gap = completeInterval(interarrival, arrival_rate_per_s);
    if (gap.distribution !== "poisson") return [];
    return [{ path: [...path, "interarrival"], mean: gap.mean, isTime: true, isStated: true }];
  });
}

/** Keys that some kinds of generators have. */
interface GapKeys {
  readonly interarrival?: Readonly<Record<string, unknown>>;
  readonly arrival_rate_per_s?: number;
}

/** How many of a hundred draws are 0: as many digits as it takes to tell it from 100. */
function percentOfZeros(mean: number): number {
  const others = Number((-100 * Math.expm1(-mean)).toPrecision(2));
  return Number((100 - others).toPrecision(12));
}
