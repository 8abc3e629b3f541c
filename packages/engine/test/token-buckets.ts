import type { RateLimitPlan } from "../src/index.js";
import { calling, io, poisson } from "./plans.js";
import { replicated, type Replicated } from "./replicated.js";

/** Share of Poisson requests that a limit turns away, in 20 replications of `counted_s` after a warm-up. */
export function loss(rate_per_s: number, limit: RateLimitPlan, counted_s = 400): Replicated {
  const plan = calling({ rate_per_s, steps: [io(0)], app: { rate_limits: [limit] } });
  const ratio = replicated(
    { ...plan, generators: [poisson(rate_per_s)], horizon_s: 20 + counted_s, warm_up_s: 20 },
    { loss: (value) => value("app.rate_limited") / value("requests_generated") },
    20,
  );
  return ratio.loss;
}

/** A bucket that gets 100 tokens a second. */
export function tokens(burst: number, refill: "continuous" | "discrete"): RateLimitPlan {
  return { kind: "token_bucket", rate_per_s: 100, burst, refill };
}
