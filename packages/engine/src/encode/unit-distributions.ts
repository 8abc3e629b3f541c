import type { Distribution } from "../random/distribution.js";

/** What choices and shares are drawn from. */
export const UNIT_UNIFORM: Distribution = { kind: "uniform", min: 0, max: 1 };

/** What gaps are drawn from whose rate is known elsewhere. */
export const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };
