import { requireDesign, type DesignOptions, type UnitPoint } from "./design-options.js";
import { positionInCell } from "./position-in-cell.js";
import { shuffled } from "./shuffled.js";

/**
 * Returns a Latin hypercube in [0, 1)^dimensions: in each coordinate exactly one point lies in each of the `samples`
 * intervals [k / samples, (k + 1) / samples), uniformly within it; the intervals are matched by independent random
 * permutations (McKay, Beckman and Conover 1979). Every point alone is uniform, so the mean over a design is
 * unbiased; what is additive in the coordinates is integrated with little error (Stein 1987).
 *
 * The points are not independent: for an error, average each of several designs and take `designMean`.
 *
 * @throws RangeError unless `samples` is an integer from 1 to 2^20 and `dimensions` one from 1 to 1000.
 */
export function latinHypercube({ samples, dimensions, random }: DesignOptions): readonly UnitPoint[] {
  requireDesign("draw Latin hypercube", { samples, dimensions });
  const points = Array.from({ length: samples }, () => new Float64Array(dimensions));
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const cells = shuffled(samples, random);
    for (const [k, point] of points.entries()) {
      point[dimension] = positionInCell({ cell: cells[k], cells: samples, random });
    }
  }
  return points;
}
