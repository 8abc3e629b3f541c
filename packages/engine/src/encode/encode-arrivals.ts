import {
  ARRIVALS_ASYNCFLOW,
  ARRIVALS_CLOSED,
  ARRIVALS_CONSTANT,
  ARRIVALS_MARKOV,
  ARRIVALS_TRACE,
  ARRIVALS_USERS,
} from "../kernel/arrivals/read-arrivals.js";
import type { ArrivalsPlan, GeneratorPlan, UsersPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { encodeProfile } from "./encode-profile.js";
import { stationaryShares } from "./stationary-shares.js";
import type { StreamSet } from "./stream-set.js";
import { NONE } from "./topology.js";

const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };
const UNIT_UNIFORM: Distribution = { kind: "uniform", min: 0, max: 1 };

/** Encodes when a generator sends, in the order in which `readArrivals` reads it. */
export function encodeArrivals({ id, arrivals, batch_size }: GeneratorPlan, streams: StreamSet): readonly number[] {
  const sizes = isSingle(batch_size) ? NONE : streams.add(id, "batch_size", batch_size);
  return [sizes, ...encodeTimes(id, arrivals, streams)];
}

/** Whether requests come one at a time. */
export function isSingle(batch_size: Distribution): boolean {
  return batch_size.kind === "constant" && batch_size.value === 1;
}

function encodeTimes(id: string, arrivals: ArrivalsPlan, streams: StreamSet): readonly number[] {
  if (arrivals.kind === "closed") return [ARRIVALS_CLOSED, arrivals.population];
  if (arrivals.kind === "trace") {
    const { times_s, requests } = arrivals;
    return [ARRIVALS_TRACE, times_s.length, requests.length, ...times_s, ...requests];
  }
  const gaps = streams.add(id, "gaps", arrivals.kind === "renewal" ? arrivals.gap_s : UNIT_EXPONENTIAL);
  switch (arrivals.kind) {
    case "poisson":
      return [ARRIVALS_CONSTANT, gaps, arrivals.rate_per_s, ...encodeProfile(arrivals.profile)];
    case "renewal":
      return [ARRIVALS_CONSTANT, gaps, 1, ...encodeProfile(arrivals.profile)];
    case "users":
      return [ARRIVALS_USERS, gaps, ...encodeUsers(id, arrivals, streams), ...encodeProfile(arrivals.profile)];
    case "mmpp":
      return [ARRIVALS_MARKOV, gaps, ...encodeChain(id, arrivals, streams), ...encodeProfile(arrivals.profile)];
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
