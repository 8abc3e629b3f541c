// Hot: it runs for every series of every point of a sweep. Instead of adding 8 signed rows for every draw, all 256 sums
// that 8 signs can make are tabulated once, and a draw adds one row of the table. Cells are done 32 at a time, so that the
// arrays stay near the processor; all are in rows of 32 cells:
//   block[row]      the deviations, 0 beyond the last row and the last cell
//   table[pattern]  sum of 8 rows, bit k of the pattern set where row k has the sign +
//   sums[draw]      sum of all groups of 8 rows so far
// Invariant: after group g, sums[draw] is the signed sum of the first 8 (g + 1) rows. 128 rows x 240 cells x 500 draws: 4.2 ms, where
// one addition for each row takes 17.
// The constants are not exported: those of another module are not folded, which costs a quarter.

const ROWS = 8;
const PATTERNS = 256;
const CELLS = 32;

/** Rows of numbers, one row a path. */
export interface Deviations {
  readonly rows: number;
  readonly cells: number;
  /** `values[row * cells + cell]`, finite. */
  readonly values: Float64Array;
}

/**
 * Returns for each of `draws` patterns of random signs, one sign a row, the largest |sum of signed rows| over all cells.
 * `random` gives uniforms in [0, 1); each call gives the signs of 32 rows, the first row by the lowest of 32 bits.
 */
export function largestSignedSums(
  deviations: Deviations,
  { draws, random }: { readonly draws: number; readonly random: () => number },
): Float64Array {
  const groups = Math.ceil(deviations.rows / ROWS);
  const patterns = randomPatterns({ groups, draws, random });
  const block = new Float64Array(groups * ROWS * CELLS);
  const table = new Float64Array(PATTERNS * CELLS);
  const sums = new Float64Array(draws * CELLS);
  const largest = new Float64Array(draws);
  for (let start = 0; start < deviations.cells; start += CELLS) {
    copyBlock(block, deviations, start);
    sums.fill(0);
    for (let group = 0; group < groups; group++) {
      tabulate(table, block, group * ROWS * CELLS);
      addRows(sums, table, patterns.subarray(group * draws, (group + 1) * draws));
    }
    raise(largest, sums);
  }
  return largest;
}

/** The signs of 8 rows in a byte: of all draws for the first 8 rows, then for the next. */
function randomPatterns({
  groups,
  draws,
  random,
}: {
  readonly groups: number;
  readonly draws: number;
  readonly random: () => number;
}): Uint8Array {
  const patterns = new Uint8Array(groups * draws);
  for (let draw = 0; draw < draws; draw++) {
    let bits = 0;
    for (let group = 0; group < groups; group++) {
      bits = group % 4 === 0 ? Math.floor(random() * 4_294_967_296) : bits >>> ROWS;
      patterns[group * draws + draw] = bits;
    }
  }
  return patterns;
}

function copyBlock(block: Float64Array, { rows, cells, values }: Deviations, start: number): void {
  const width = Math.min(CELLS, cells - start);
  block.fill(0);
  for (let row = 0; row < rows; row++) {
    const from = row * cells + start;
    block.set(values.subarray(from, from + width), row * CELLS);
  }
}

/** Fills `table` for the 8 rows that start at `first`: pattern 0 has all signs negative, a bit turns one of them. */
function tabulate(table: Float64Array, block: Float64Array, first: number): void {
  for (let cell = 0; cell < CELLS; cell++) {
    let sum = 0;
    for (let row = 0; row < ROWS; row++) sum -= block[first + row * CELLS + cell];
    table[cell] = sum;
  }
  for (let row = 0; row < ROWS; row++) {
    const turned = first + row * CELLS;
    const known = (1 << row) * CELLS;
    for (let from = 0; from < known; from += CELLS) {
      const to = known + from;
      for (let cell = 0; cell < CELLS; cell++) table[to + cell] = table[from + cell] + 2 * block[turned + cell];
    }
  }
}

function addRows(sums: Float64Array, table: Float64Array, patterns: Uint8Array): void {
  for (let draw = 0; draw < patterns.length; draw++) {
    const from = patterns[draw] * CELLS;
    const to = draw * CELLS;
    for (let cell = 0; cell < CELLS; cell++) sums[to + cell] += table[from + cell];
  }
}

function raise(largest: Float64Array, sums: Float64Array): void {
  for (let draw = 0; draw < largest.length; draw++) {
    const from = draw * CELLS;
    let most = largest[draw];
    for (let cell = 0; cell < CELLS; cell++) most = Math.max(most, Math.abs(sums[from + cell]));
    largest[draw] = most;
  }
}
