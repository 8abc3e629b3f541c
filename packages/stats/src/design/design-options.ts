import { requireWithin } from "../require-within.js";

/** Size of a design, and the chance it is drawn with. */
export interface DesignOptions {
  /** Points, >= 1. */
  readonly samples: number;
  /** Coordinates of a point, >= 1. */
  readonly dimensions: number;
  /** Gives independent uniforms in [0, 1). The same numbers give the same design. */
  readonly random: () => number;
}

/** A point of a design: one coordinate in [0, 1] for each dimension. */
export type UnitPoint = Float64Array;

/** Most points of one design. */
export const MAX_SAMPLES = 1_048_576;

/** Most coordinates of a point. */
export const MAX_DIMENSIONS = 1000;

/**
 * Throws unless a design of this size can be made.
 * @throws RangeError that says what could not be done, by which rule, and what was found.
 */
export function requireDesign(action: string, { samples, dimensions }: Omit<DesignOptions, "random">): void {
  requireWithin({ action, name: "samples", value: samples, low: 1, high: MAX_SAMPLES });
  requireWithin({ action, name: "dimensions", value: dimensions, low: 1, high: MAX_DIMENSIONS });
}
