import {
  ARRIVALS_ASYNCFLOW,
  ARRIVALS_CLOSED,
  ARRIVALS_CONSTANT,
  ARRIVALS_MARKOV,
  ARRIVALS_TRACE,
  ARRIVALS_USERS,
} from "../kernel/arrivals/read-arrivals.js";
import { surgesOf } from "../measures/surges-of.js";
import type { ArrivalsPlan, FaultPlan, GeneratorPlan, UsersPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import type { ColumnSet } from "./column-set.js";
import { encodeProfile, type SwitchedFactorCode } from "./encode-profile.js";
import { stationaryShares } from "./stationary-shares.js";
import type { StreamSet } from "./stream-set.js";
import { NONE } from "./topology.js";
import { UNIT_EXPONENTIAL, UNIT_UNIFORM } from "./unit-distributions.js";

const NO_TIME: Distribution = { kind: "constant", value: 0 };

/** What arrivals are encoded with. */
export interface ArrivalsContext {
  readonly streams: StreamSet;
  readonly columns: ColumnSet;
}

/** Encodes when a generator sends, in the order in which `readArrivals` reads it; `faults` may make it send more. */
export function encodeArrivals(
  { id, arrivals, batch_size }: GeneratorPlan,
  context: ArrivalsContext,
  faults: readonly FaultPlan[] = [],
): readonly number[] {
  const sizes = isSingle(batch_size) ? NONE : context.streams.add(id, "batch_size", batch_size);
  return [sizes, ...encodeTimes(id, arrivals, encodeSurges(id, arrivals, faults, context.streams), context)];
}

/** Whether requests come one at a time. */
export function isSingle(batch_size: Distribution): boolean {
  return batch_size.kind === "constant" && batch_size.value === 1;
}

/** Surges by chance draw from streams of the same names as the faults: so both know the same times. */
function encodeSurges(
  id: string,
  arrivals: ArrivalsPlan,
  faults: readonly FaultPlan[],
  streams: StreamSet,
): readonly SwitchedFactorCode[] {
  return surgesOf(id, faults).map(({ fault, factor }) => {
    if (!("profile" in arrivals)) {
      throw new RangeError(`Cannot resolve fault "${fault.id}": generator "${id}" must have a rate that can change`);
    }
    const calm = streams.add(fault.id, "time_to_failure", fault.time_to_failure_s);
    return { calm, surge: streams.add(fault.id, "time_to_repair", fault.time_to_repair_s ?? NO_TIME), factor };
  });
}

function encodeTimes(
  id: string,
  arrivals: ArrivalsPlan,
  surges: readonly SwitchedFactorCode[],
  { streams, columns }: ArrivalsContext,
): readonly number[] {
  if (arrivals.kind === "closed") return [ARRIVALS_CLOSED, arrivals.population];
  if (arrivals.kind === "trace") return [ARRIVALS_TRACE, ...columns.add(arrivals.times_s)];
  const gaps = streams.add(id, "gaps", arrivals.kind === "renewal" ? arrivals.gap_s : UNIT_EXPONENTIAL);
  switch (arrivals.kind) {
    case "poisson":
      return [ARRIVALS_CONSTANT, gaps, arrivals.rate_per_s, ...encodeProfile(arrivals.profile, surges)];
    case "renewal":
      return [ARRIVALS_CONSTANT, gaps, 1, ...encodeProfile(arrivals.profile, surges)];
    case "users":
      return [ARRIVALS_USERS, gaps, ...encodeUsers(id, arrivals, streams), ...encodeProfile(arrivals.profile, surges)];
    case "mmpp":
      return [ARRIVALS_MARKOV, gaps, ...encodeChain(id, arrivals, streams), ...encodeProfile(arrivals.profile, surges)];
    case "asyncflow_users":
      return [ARRIVALS_ASYNCFLOW, gaps, ...encodeUsers(id, arrivals, streams)];
  }
}

function encodeUsers(id: string, plan: UsersPlan, streams: StreamSet): readonly number[] {
  return [streams.add(id, "users", plan.users), plan.requests_per_user_per_s, plan.window_s];
}

function encodeChain(
  id: string,
  { states, transitions }: ArrivalsPlan & { readonly kind: "mmpp" },
  streams: StreamSet,
): readonly number[] {
  return [
    streams.add(id, "sojourns", UNIT_EXPONENTIAL),
    streams.add(id, "states", UNIT_UNIFORM),
    states.length,
    ...states.flatMap(({ rate_per_s, mean_s }) => [rate_per_s, mean_s]),
    ...[...transitions, stationaryShares(states, transitions)].flatMap(cumulated),
  ];
}

/** The last one is 1, whatever the rounding: something is always chosen. */
function cumulated(probabilities: readonly number[]): readonly number[] {
  let sum = 0;
  return probabilities.map((probability, k) => (k === probabilities.length - 1 ? 1 : (sum += probability)));
}
