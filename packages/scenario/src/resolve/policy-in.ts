import type { PolicyKeys } from "../model/call-policy.js";

/** The keys of a policy that stand among others. */
export function policyIn(policy: PolicyKeys): PolicyKeys {
  const { timeout_s, deadline_s, cancel, retry, breaker, hedge_after_s, hedge, bulkhead } = policy;
  return {
    ...(timeout_s === undefined ? {} : { timeout_s }),
    ...(deadline_s === undefined ? {} : { deadline_s }),
    ...(cancel === undefined ? {} : { cancel }),
    ...(retry === undefined ? {} : { retry }),
    ...(breaker === undefined ? {} : { breaker }),
    ...(hedge_after_s === undefined ? {} : { hedge_after_s }),
    ...(hedge === undefined ? {} : { hedge }),
    ...(bulkhead === undefined ? {} : { bulkhead }),
  };
}
