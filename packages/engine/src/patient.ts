import type { CallPolicy } from "./plan.js";

/** To wait as long as it takes, and to try once. */
export const PATIENT: CallPolicy = { timeout_s: 0, cancels: false, propagates: false, retry: null };
