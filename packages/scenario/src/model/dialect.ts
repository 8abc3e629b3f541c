/**
 * How the five oddly read places of a file are understood: `loadstar` as AsyncFlow's documentation means them,
 * `asyncflow` exactly as AsyncFlow 0.1.1 computes them.
 */
export type Dialect = (typeof DIALECTS)[number];

/** Every dialect; the default one first. */
export const DIALECTS = ["loadstar", "asyncflow"] as const;
