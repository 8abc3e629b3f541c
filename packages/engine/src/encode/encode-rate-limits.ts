import { EVERY_CLASS, OP_LIMIT } from "../kernel/operations/guards.js";
import {
  LIMIT_FIXED_WINDOW,
  LIMIT_LEAKY,
  LIMIT_SLIDING_WINDOW,
  LIMIT_TICKS,
  LIMIT_TOKENS,
} from "../kernel/policies/rate-limit.js";
import type { Plan, ServerPlan } from "../plan.js";
import type { RateLimitPlan } from "../rate-limit-plan.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import type { Names } from "./names.js";

/** A rate limit and its position among all. */
export interface PlacedLimit {
  readonly limit: RateLimitPlan;
  readonly index: number;
}

/** Encodes the rate limits of all servers and endpoints, as `placedLimits` numbers them. */
export function encodeRateLimits({ plan }: Pick<Encoding, "plan">): readonly number[] {
  return list(plan.servers.flatMap(rateLimitsOf), numbersOf);
}

/** The rate limits of a server, and those of each of its endpoints, with their positions. */
export function placedLimits(
  server: number,
  { servers }: Plan,
): { readonly own: readonly PlacedLimit[]; readonly endpoints: readonly (readonly PlacedLimit[])[] } {
  let index = servers.slice(0, server).flatMap(rateLimitsOf).length;
  const place = (limits: readonly RateLimitPlan[] = []): readonly PlacedLimit[] =>
    limits.map((limit) => ({ limit, index: index++ }));
  const { rate_limits, endpoints } = servers[server]!;
  return { own: place(rate_limits), endpoints: endpoints.map((endpoint) => place(endpoint.rate_limits)) };
}

function rateLimitsOf({ rate_limits = [], endpoints }: ServerPlan): readonly RateLimitPlan[] {
  return [...rate_limits, ...endpoints.flatMap((endpoint) => endpoint.rate_limits ?? [])];
}

/** What a request does that comes to a server: it passes the server's rate limits in turn and goes on at `enter`. */
export function encodeEntrance(server: number, enter: number, { plan, program, classes }: Encoding): number {
  if ((plan.servers[server]!.rate_limits ?? []).length === 0) return enter;
  return placedLimits(server, plan).own.reduceRight((next, { limit, index }) => {
    return program.add({ op: OP_LIMIT, server, limit: index, index: classOf(limit, classes), next });
  }, enter);
}

/** The number of the class that a rate limit is for. */
export function classOf(limit: RateLimitPlan, classes: Names): number {
  return limit.class === undefined ? EVERY_CLASS : classes.find(limit.class);
}

function numbersOf(limit: RateLimitPlan): readonly number[] {
  switch (limit.kind) {
    case "token_bucket":
      return [limit.refill === "continuous" ? LIMIT_TOKENS : LIMIT_TICKS, limit.rate_per_s, limit.burst, 0];
    case "leaky_bucket":
      return [LIMIT_LEAKY, limit.rate_per_s, limit.queue, 0];
    case "fixed_window":
      return [LIMIT_FIXED_WINDOW, 0, limit.limit, limit.window_s];
    case "sliding_window":
      return [LIMIT_SLIDING_WINDOW, 0, limit.limit, limit.window_s];
  }
}
