import type { ArrivalsPlan, FactorPlan, GeneratorPlan, SessionPlan } from "@loadstar/engine";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedRqsInput } from "../model/resolved-rqs-input.js";
import type { Trace } from "../recorded/trace.js";
import { compileThrottle } from "./compile-detector.js";
import { compileFactor } from "./compile-factor.js";
import { compilePolicy } from "./compile-policy.js";

const SECONDS_PER_MINUTE = 60;

/** What a generator is compiled with. */
export interface GeneratorSurroundings {
  readonly dialect: Dialect;
  /** By their files. */
  readonly traces: ReadonlyMap<string, Trace>;
  /** Factors of its rate beside those of its profile. */
  readonly surges: readonly FactorPlan[];
  /** Whether there are surges by chance as well. */
  readonly isSurged: boolean;
}

/** Compiles a generator. What AsyncFlow does not know, a profile, is read as Loadstar reads it in every dialect. */
export function compileGenerator(
  generator: ResolvedRqsInput,
  { dialect, traces, surges, isSurged }: GeneratorSurroundings,
): GeneratorPlan {
  const { id, batch_size, mix } = generator;
  const sizes = generator.sizes === undefined ? {} : { sizes: generator.sizes };
  const throttle = generator.throttle === undefined ? {} : { throttle: compileThrottle(generator.throttle) };
  if ("trace" in generator)
    return {
      ...compileTrace(generator.trace.file, mix, traces),
      id,
      batch_size,
      policy: compilePolicy(generator.policy),
      ...sizes,
      ...throttle,
    };
  const profile = [...generator.profile.map(compileFactor), ...surges];
  // AsyncFlow's own arrivals have a rate that nothing can change.
  const reading = isSurged || profile.length > 0 ? "loadstar" : dialect;
  const arrivals = compileArrivals(generator, reading, profile);
  const session = compileSession(generator);
  const policy = compilePolicy(generator.policy);
  return {
    id,
    arrivals,
    batch_size,
    mix,
    policy,
    ...(session === undefined ? {} : { session }),
    ...sizes,
    ...throttle,
  };
}

function compileSession(generator: ResolvedRqsInput): SessionPlan | undefined {
  if ("closed" in generator) {
    const { think_s, requests_per_user: count } = generator.closed;
    const requests = count === null ? { kind: "endless" as const } : { kind: "limited" as const, count };
    return { think_s, requests, on_failure: "continue" };
  }
  if (generator.session === undefined) return undefined;
  const { think_s, length, on_failure } = generator.session;
  return { think_s, requests: length === undefined ? { kind: "in_order" } : { kind: "drawn", length }, on_failure };
}

/** What a trace says its requests ask for takes the place of a mix. */
function compileTrace(
  file: string,
  mix: GeneratorPlan["mix"],
  traces: ReadonlyMap<string, Trace>,
): Pick<GeneratorPlan, "arrivals" | "mix"> {
  const trace = traces.get(file);
  if (trace === undefined)
    throw new RangeError(`Cannot compile scenario: trace "${file}" must be handed in: there is none`);
  const { kinds, ...columns } = trace;
  const own = kinds.map((kind) => ({ weight: 1, ...kind }));
  return { arrivals: { kind: "trace", ...columns }, mix: own.length > 0 ? own : mix };
}

function compileArrivals(
  generator: Exclude<ResolvedRqsInput, { readonly trace: unknown }>,
  dialect: Dialect,
  profile: readonly FactorPlan[],
): ArrivalsPlan {
  if ("arrival_rate_per_s" in generator) return { kind: "poisson", rate_per_s: generator.arrival_rate_per_s, profile };
  if ("closed" in generator) return { kind: "closed", population: generator.closed.users };
  if ("interarrival" in generator) return { kind: "renewal", gap_s: generator.interarrival, profile };
  if ("mmpp" in generator) {
    const states = generator.mmpp.map(({ rate_per_s, mean_s }) => ({ rate_per_s, mean_s }));
    return { kind: "mmpp", states, transitions: generator.mmpp.map(({ next }) => next), profile };
  }
  const users = {
    users: generator.avg_active_users,
    requests_per_user_per_s: generator.avg_request_per_minute_per_user / SECONDS_PER_MINUTE,
    window_s: generator.user_sampling_window,
  };
  return dialect === "asyncflow" ? { kind: "asyncflow_users", ...users } : { kind: "users", ...users, profile };
}
