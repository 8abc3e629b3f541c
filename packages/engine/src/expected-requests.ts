import { encodeProfile } from "./encode/encode-profile.js";
import { stationaryShares } from "./encode/stationary-shares.js";
import { Profile } from "./kernel/arrivals/profile.js";
import { surgesOf } from "./measures/surges-of.js";
import type { ArrivalsPlan, FactorPlan, FaultPlan, GeneratorPlan, Plan } from "./plan.js";
import { NumberReader } from "./platform/number-reader.js";
import { meanOf } from "./random/mean-of.js";

/**
 * Gives the requests that all generators of a plan produce on average until its horizon, for estimates of cost. That of a renewal
 * process is the long-run rate; AsyncFlow's loss of time is not in it. Of users that wait for answers it is what they would send if these took no
 * time and their thoughts 10 ms at least: a bound from above.
 */
export function expectedRequests({
  generators,
  horizon_s,
  faults = [],
}: Pick<Plan, "generators" | "horizon_s" | "faults">): number {
  return generators.reduce(
    (sum, generator) => sum + meanSurge(generator.id, faults) * ofGenerator(generator, horizon_s),
    0,
  );
}

/** The mean of the factors that come by chance, in the long run. */
function meanSurge(generator: string, faults: readonly FaultPlan[]): number {
  return surgesOf(generator, faults).reduce((product, { fault, factor }) => {
    const [calm_s, surge_s] = [fault.time_to_failure_s, fault.time_to_repair_s].map((it) =>
      it === undefined ? 0 : meanOf(it),
    );
    return (product * (calm_s! + factor * surge_s!)) / (calm_s! + surge_s!);
  }, 1);
}

/** The least think time that is reckoned with [s]. */
const LEAST_THINK_S = 0.01;

function ofGenerator(generator: GeneratorPlan, horizon_s: number): number {
  const { arrivals, batch_size, session } = generator;
  if (arrivals.kind === "closed") {
    if (session?.requests.kind === "limited") return arrivals.population * session.requests.count;
    return (
      (arrivals.population * horizon_s) / Math.max(LEAST_THINK_S, session === undefined ? 0 : meanOf(session.think_s))
    );
  }
  if (arrivals.kind === "trace") {
    const beyond = arrivals.times_s.findIndex((time_s) => time_s >= horizon_s);
    return (beyond < 0 ? arrivals.times_s.length : beyond) * meanOf(batch_size) * requestsOf(generator);
  }
  const operational_s = arrivals.kind === "asyncflow_users" ? horizon_s : profileIntegral(arrivals.profile, horizon_s);
  return meanRate_per_s(arrivals) * operational_s * meanOf(batch_size) * requestsOf(generator);
}

/** Mean number of requests of what arrives. */
function requestsOf({ session, mix }: GeneratorPlan): number {
  if (session === undefined || session.requests.kind === "endless") return 1;
  if (session.requests.kind === "limited") return session.requests.count;
  return session.requests.kind === "in_order" ? mix.length : meanOf(session.requests.length);
}

function meanRate_per_s(arrivals: Exclude<ArrivalsPlan, { readonly kind: "trace" | "closed" }>): number {
  switch (arrivals.kind) {
    case "poisson":
      return arrivals.rate_per_s;
    case "users":
    case "asyncflow_users":
      return meanOf(arrivals.users) * arrivals.requests_per_user_per_s;
    case "renewal":
      return 1 / meanOf(arrivals.gap_s);
    case "mmpp": {
      const shares = stationaryShares(arrivals.states, arrivals.transitions);
      return arrivals.states.reduce((sum, { rate_per_s }, state) => sum + shares[state]! * rate_per_s, 0);
    }
  }
}

/** The product of the factors, summed up over the run [s]. */
function profileIntegral(factors: readonly FactorPlan[], horizon_s: number): number {
  const profile = new Profile(new NumberReader(Float64Array.from(encodeProfile(factors))), []);
  let sum_s = 0;
  let time_s = 0;
  while (time_s < horizon_s) {
    profile.advance(time_s);
    const end_s = Math.min(profile.end_s, horizon_s);
    sum_s += profile.constant ? profile.at(time_s) * (end_s - time_s) : profile.integral(time_s, end_s);
    time_s = end_s;
  }
  return sum_s;
}
