import type { UnitPoint } from "../design/design-options.js";
import { sobolPoints } from "../design/sobol-points.js";
import { requireWithin } from "../require-within.js";
import type { DesignRun } from "./design-run.js";

export interface SobolDesignOptions {
  /** Rows of each randomisation: a power of two. */
  readonly samples: number;
  /** Parameters, from 1 to 32. */
  readonly dimensions: number;
  /** Independent randomisations, >= 2: the error comes from what differs between them. */
  readonly randomizations: number;
  /** Gives independent uniforms in [0, 1). */
  readonly random: () => number;
}

/**
 * Returns the runs that `sobolIndices` needs: for every row a run at a point A, one at an independent point B, one for
 * each parameter at A with that coordinate from B, and one at A with the replication of B, so that the seed is one
 * factor more: `dimensions` + 3 runs a row, in this order, row by row and randomisation by randomisation (Saltelli et al.
 * 2010, table 2, radial sampling with A and B from one scrambled Sobol set of twice the dimensions).
 *
 * Row g of all runs A with replication g, and B with replication g + rows: every row has luck of its own, which its runs
 * share but for two.
 *
 * @throws RangeError unless `samples` is a power of two up to 2^20, `dimensions` an integer from 1 to 32 and
 * `randomizations` one from 2 to 1000.
 */
export function sobolDesign({ samples, dimensions, randomizations, random }: SobolDesignOptions): readonly DesignRun[] {
  const action = "draw Sobol design";
  requireWithin({ action, name: "dimensions", value: dimensions, low: 1, high: MAX_FACTORS });
  requireWithin({ action, name: "randomizations", value: randomizations, low: 2, high: 1000 });
  const rows = randomizations * samples;
  return Array.from({ length: randomizations }, () => sobolPoints({ samples, dimensions: 2 * dimensions, random }))
    .flat()
    .flatMap((pair, row) => runsOf({ a: pair.slice(0, dimensions), b: pair.slice(dimensions) }, { row, rows }));
}

/** Parameters that a design can have: A and B take a dimension of the Sobol set each. */
const MAX_FACTORS = 32;

function runsOf(
  { a, b }: { readonly a: UnitPoint; readonly b: UnitPoint },
  { row, rows }: { readonly row: number; readonly rows: number },
): readonly DesignRun[] {
  return [
    { point: a, replication: row },
    { point: b, replication: rows + row },
    ...Array.from(a, (_, factor) => ({ point: a.with(factor, b[factor]), replication: row })),
    { point: a, replication: rows + row },
  ];
}
