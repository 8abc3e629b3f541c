import { EVERY_CLASS, OP_LIMIT } from "../kernel/operations/guards.js";
import {
  LIMIT_FIXED_WINDOW,
  LIMIT_LEAKY,
  LIMIT_SLIDING_WINDOW,
  LIMIT_TICKS,
  LIMIT_TOKENS,
} from "../kernel/policies/rate-limit.js";
import type { Plan } from "../plan.js";
import type { RateLimitPlan } from "../rate-limit-plan.js";
import { list, type Encoding } from "./encoding.js";

/** Encodes the rate limits of all servers, one server's after another's. */
export function encodeRateLimits({ servers }: Plan): readonly number[] {
  return list(
    servers.flatMap(({ rate_limits = [] }) => rate_limits),
    numbersOf,
  );
}

/** What a request does that comes to a server: it passes the server's rate limits in turn and goes on at `enter`. */
export function encodeEntrance(server: number, enter: number, { plan, program, classes }: Encoding): number {
  const before = plan.servers.slice(0, server).reduce((sum, { rate_limits = [] }) => sum + rate_limits.length, 0);
  const limits = plan.servers[server]!.rate_limits ?? [];
  return limits.reduceRight((next, limit, position) => {
    const index = limit.class === undefined ? EVERY_CLASS : classes.find(limit.class);
    return program.add({ op: OP_LIMIT, server, limit: before + position, index, next });
  }, enter);
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
