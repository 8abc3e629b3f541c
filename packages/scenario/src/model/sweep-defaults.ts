/** The values that stand where a sweep file is silent. */
export const SWEEP_DEFAULTS = {
  seed: 1,
  replications: 30,
  confidence: 0.95,
  design: "grid",
  randomizations: 1,
  scale: "linear",
  integer: false,
} as const;

/** Where `replications` is a mapping that is silent. `min` is also the least: less is no basis for a decision to stop. */
export const ADAPTIVE_DEFAULTS = { min: 30, max: 1000, min_events: 10 } as const;

/** Most points of one sweep. */
export const MAX_POINTS = 1_000_000;
