import { requireWithin } from "../require-within.js";
import { requireDesign, type DesignOptions, type UnitPoint } from "./design-options.js";
import { MAX_SOBOL_DIMENSIONS, sobolCells } from "./sobol-cells.js";
import { positionInCell } from "./position-in-cell.js";

/**
 * Returns the first `samples` = 2^m points of Sobol's sequence, the point at the origin among them, scrambled by Owen's
 * nested uniform scrambling (Owen 1995): a (0, m, 1)-net in each coordinate, every point alone uniform on
 * [0, 1)^dimensions, and the error of the mean of a smooth function nearly of order n^-1.5 (Owen 1997). Direction
 * numbers: Joe and Kuo 2008, set D(6).
 *
 * The points are not independent: for an error, average each of several designs and take `designMean`. Any other number
 * of points, or a sequence without its first point, loses the balance (Owen 2022, "On dropping the first Sobol' point").
 *
 * @throws RangeError unless `samples` is a power of two up to 2^20 and `dimensions` an integer from 1 to 64.
 */
export function sobolPoints({ samples, dimensions, random }: DesignOptions): readonly UnitPoint[] {
  const action = "draw Sobol points";
  requireDesign(action, { samples, dimensions });
  requireWithin({ action, name: "dimensions", value: dimensions, low: 1, high: MAX_SOBOL_DIMENSIONS });
  if (!isPowerOfTwo(samples)) {
    throw new RangeError(`Cannot ${action}: samples must be a power of two: current value is ${samples}`);
  }
  const points = Array.from({ length: samples }, () => new Float64Array(dimensions));
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const cells = scrambled(sobolCells({ samples, dimension }), random);
    for (const [k, point] of points.entries()) {
      point[dimension] = positionInCell({ cell: cells[k], cells: samples, random });
    }
  }
  return points;
}

/** Whether a number is 1, 2, 4, 8, ... up to 2^30. */
export function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 0x4000_0000 && (value & (value - 1)) === 0;
}

/**
 * Nested uniform scrambling of the leading log2(n) bits: each is flipped by a coin of its own for every way in which the
 * bits before it can stand. The bits below are a point's own, as no other shares its cell: they become uniform.
 */
function scrambled(cells: Int32Array, random: () => number): Int32Array {
  const n = cells.length;
  // The coin for the bit after the leading bits p, of which there are l, stands at 2^l + p.
  const coins = new Uint8Array(n).map(() => (random() < 0.5 ? 0 : 1));
  const bits = Math.log2(n);
  return cells.map((cell) => {
    let flipped = 0;
    for (let level = 0; level < bits; level++) {
      const coin = coins[(1 << level) + (cell >>> (bits - level))];
      flipped = 2 * flipped + (((cell >>> (bits - level - 1)) & 1) ^ coin);
    }
    return flipped;
  });
}
