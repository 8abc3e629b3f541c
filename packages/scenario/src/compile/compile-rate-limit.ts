import type { GeneratorPlan, RateLimitPlan, RateLimitRule } from "@loadstar/engine";
import { DEFAULTS } from "../model/defaults.js";
import type { RateLimit } from "../model/rate-limit.js";

/** Compiles a rate limit: to one for each class if it is for them one by one. */
export function compileRateLimit(limit: RateLimit, classes: readonly string[]): readonly RateLimitPlan[] {
  const rule = compileRule(limit);
  if (limit.per === "class") return classes.map((name) => ({ ...rule, class: name }));
  return [limit.class === undefined ? rule : { ...rule, class: limit.class }];
}

/** The classes of all requests, each once; an empty one for requests without a class. */
export function classesOf(generators: readonly GeneratorPlan[]): readonly string[] {
  const names = generators.flatMap(({ mix }) => (mix.length === 0 ? [""] : mix.map((item) => item.class)));
  return [...new Set(names)];
}

/** Keys that a kind needs have been asked for before. */
function compileRule(limit: RateLimit): RateLimitRule {
  const { kind, rate_per_s = 0, window_s = 0 } = limit;
  switch (kind) {
    case "token_bucket":
      return { kind, rate_per_s, burst: limit.burst ?? DEFAULTS.burst, refill: limit.refill ?? DEFAULTS.refill };
    case "leaky_bucket":
      return { kind, rate_per_s, queue: limit.queue ?? DEFAULTS.queue };
    case "fixed_window":
    case "sliding_window":
      return { kind, limit: limit.limit ?? 0, window_s };
  }
}
