/**
 * Returns a uniform position in cell `cell` of [0, 1) cut into `cells` equal ones: at least cell / cells, below
 * (cell + 1) / cells. `random` gives uniforms in [0, 1).
 */
export function positionInCell({
  cell,
  cells,
  random,
}: {
  readonly cell: number;
  readonly cells: number;
  readonly random: () => number;
}): number {
  const position = (cell + random()) / cells;
  // The sum can round up to the next cell.
  return position < (cell + 1) / cells ? position : cell / cells;
}
