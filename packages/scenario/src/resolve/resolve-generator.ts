import type { Distribution } from "@loadstar/engine";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type {
  ResolvedArrivalKeys,
  ResolvedMixItem,
  ResolvedRqsInput,
  ResolvedSession,
} from "../model/resolved-rqs-input.js";
import type {
  ActiveUsers,
  ArrivalKeys,
  MixItem,
  ProfileFactor,
  RateState,
  RqsInput,
  Session,
} from "../model/rqs-input.js";
import { completeInterval } from "./complete-interval.js";
import { policyIn } from "./policy-in.js";
import { sizesIn } from "./resolve-network.js";
import { resolveThrottle } from "./resolve-detector.js";
import { normal, normalStd, resolveDistribution, resolveDuration } from "./resolve-distribution.js";

/** Makes every default of a generator explicit and decides its distributions. */
export function resolveGenerator(generator: RqsInput, dialect: Dialect): ResolvedRqsInput {
  const { sizes } = sizesIn(generator, dialect);
  const items: readonly MixItem[] = generator.session?.steps?.map((endpoint) => ({ endpoint })) ?? generator.mix ?? [];
  return {
    id: generator.id,
    ...resolveArrivals(generator, dialect),
    batch_size: resolveDuration(generator.batch_size ?? DEFAULTS.batch_size, dialect),
    profile: (generator.profile ?? []).map(resolveFactor),
    mix: items.map((item) => ({ ...resolveMixItem(item), ...sizesIn(item, dialect, sizes) })),
    policy: policyIn(generator),
    ...(sizes === undefined ? {} : { sizes }),
    ...(generator.session === undefined ? {} : { session: resolveSession(generator.session, dialect) }),
    ...(generator.throttle === undefined ? {} : { throttle: resolveThrottle(generator.throttle) }),
  };
}

function resolveArrivals(keys: ArrivalKeys, dialect: Dialect): ResolvedArrivalKeys {
  if ("avg_active_users" in keys) {
    return {
      avg_active_users: resolveUsers(keys.avg_active_users, dialect),
      avg_request_per_minute_per_user: keys.avg_request_per_minute_per_user.mean,
      user_sampling_window: keys.user_sampling_window ?? DEFAULTS.user_sampling_window,
    };
  }
  if ("trace" in keys) return { trace: { file: keys.trace.file } };
  if ("mmpp" in keys) return { mmpp: keys.mmpp.map((state, index) => resolveState(state, index, keys.mmpp.length)) };
  if ("closed" in keys) {
    const { users, think_s, requests_per_user } = keys.closed;
    return {
      closed: { users, think_s: resolveDuration(think_s, dialect), requests_per_user: requests_per_user ?? null },
    };
  }
  const rate_per_s = "arrival_rate_per_s" in keys ? keys.arrival_rate_per_s : undefined;
  if (keys.interarrival === undefined) return { arrival_rate_per_s: rate_per_s ?? 0 };
  const gap = resolveDistribution(completeInterval({ ...keys.interarrival }, rate_per_s), dialect);
  if (gap.kind === "exponential") return { arrival_rate_per_s: rate_per_s ?? 1 / gap.mean };
  return { interarrival: gap };
}

function resolveUsers(users: ActiveUsers, dialect: Dialect): Distribution {
  const isPoisson = users.distribution === undefined || users.distribution === "poisson";
  if (!isPoisson) return normal(users.mean, normalStd(users, dialect));
  return users.mean === 0 ? { kind: "constant", value: 0 } : { kind: "poisson", mean: users.mean };
}

function resolveState({ rate_per_s, mean_s, next }: RateState, index: number, states: number): Required<RateState> {
  const following = Array.from({ length: states }, (_, state) => (state === (index + 1) % states ? 1 : 0));
  return { rate_per_s, mean_s, next: next ?? following };
}

function resolveFactor(factor: ProfileFactor): Required<ProfileFactor> {
  switch (factor.kind) {
    case "ramp":
      return { from: DEFAULTS.from, ...factor };
    case "steps":
      return { period_s: 0, phase_s: DEFAULTS.phase_s, ...factor };
    case "flash_crowd":
      return factor;
    default:
      return { phase_s: DEFAULTS.phase_s, ...factor };
  }
}

function resolveSession({ think_s, length, on_failure }: Session, dialect: Dialect): ResolvedSession {
  return {
    think_s: resolveDuration(think_s, dialect),
    ...(length === undefined ? {} : { length: resolveDuration(length, dialect) }),
    on_failure: on_failure ?? DEFAULTS.on_failure,
  };
}

function resolveMixItem({ endpoint, weight, class: name, priority }: MixItem): Omit<ResolvedMixItem, "sizes"> {
  return {
    endpoint: (endpoint ?? "").toLowerCase(),
    weight: weight ?? DEFAULTS.weight,
    class: name ?? "",
    priority: priority ?? DEFAULTS.priority,
  };
}
