import type { PolicyKeys } from "../model/call-policy.js";

/** The keys of a policy that stand among others. */
export function policyIn({ timeout_s, deadline_s, cancel, retry, breaker }: PolicyKeys): PolicyKeys {
  return {
    ...(timeout_s === undefined ? {} : { timeout_s }),
    ...(deadline_s === undefined ? {} : { deadline_s }),
    ...(cancel === undefined ? {} : { cancel }),
    ...(retry === undefined ? {} : { retry }),
    ...(breaker === undefined ? {} : { breaker }),
  };
}
