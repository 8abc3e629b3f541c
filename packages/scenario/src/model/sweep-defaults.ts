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

/** Most points of one sweep. */
export const MAX_POINTS = 1_000_000;
