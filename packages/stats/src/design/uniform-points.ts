import { requireDesign, type DesignOptions, type UnitPoint } from "./design-options.js";

/**
 * Returns independent points, uniform on [0, 1)^dimensions: the plain Monte Carlo design, which the others are measured
 * against.
 *
 * @throws RangeError unless `samples` is an integer from 1 to 2^20 and `dimensions` one from 1 to 1000.
 */
export function uniformPoints({ samples, dimensions, random }: DesignOptions): readonly UnitPoint[] {
  requireDesign("draw uniform points", { samples, dimensions });
  return Array.from({ length: samples }, () => new Float64Array(dimensions).map(() => random()));
}
