import type { TableBatch } from "./table-batch.js";

/** Consecutive rows with equal keys, which may lie in several batches. */
export class RowGroup {
  /** The value of each key column. */
  readonly keys: readonly string[];
  readonly rows: number;
  readonly #slices: readonly Slice[];

  constructor(keys: readonly string[], slices: readonly Slice[]) {
    this.keys = keys;
    this.rows = slices.reduce((rows, { from, to }) => rows + to - from, 0);
    this.#slices = slices;
  }

  floats(name: string): Float64Array {
    return this.#join(new Float64Array(this.rows), ({ batch, from, to }) => batch.floats(name, from, to));
  }

  integers(name: string): Int32Array {
    return this.#join(new Int32Array(this.rows), ({ batch, from, to }) => batch.integers(name, from, to));
  }

  longs(name: string): BigInt64Array {
    return this.#join(new BigInt64Array(this.rows), ({ batch, from, to }) => batch.longs(name, from, to));
  }

  labels(name: string): readonly string[] {
    return this.#slices.flatMap(({ batch, from, to }) => batch.labels(name, from, to));
  }

  texts(name: string): readonly string[] {
    return this.#slices.flatMap(({ batch, from, to }) => batch.texts(name, from, to));
  }

  #join<Values extends Joinable<Values>>(joined: Values, read: (slice: Slice) => Values): Values {
    let position = 0;
    for (const slice of this.#slices) {
      joined.set(read(slice), position);
      position += slice.to - slice.from;
    }
    return joined;
  }
}

interface Joinable<Values> {
  set(piece: Values, position: number): void;
}

/** Groups the rows of a table by label columns; `wanted` says which groups to take. */
export async function* groupRows(
  batches: AsyncIterable<TableBatch>,
  keyColumns: readonly string[],
  wanted: (keys: readonly string[]) => boolean,
): AsyncGenerator<RowGroup> {
  let keys: readonly string[] = [];
  let slices: Slice[] = [];
  for await (const batch of batches) {
    const columns = keyColumns.map((name) => batch.labels(name));
    for (let from = 0; from < batch.rows;) {
      let to = from + 1;
      while (to < batch.rows && columns.every((column) => column[to] === column[from])) to++;
      const next = columns.map((column) => column[from] ?? "");
      if (slices.length > 0 && next.some((key, index) => key !== keys[index])) {
        yield new RowGroup(keys, slices);
        slices = [];
      }
      keys = next;
      if (wanted(keys)) slices.push({ batch, from, to });
      from = to;
    }
  }
  if (slices.length > 0) yield new RowGroup(keys, slices);
}

/** Which series or histograms to read; all by default. */
export interface GroupFilter {
  readonly point_id?: string;
  readonly metrics?: readonly string[];
}

/** Whether a group with the keys point and metric passes a filter. */
export function isWanted([point_id, metric]: readonly string[], filter: GroupFilter): boolean {
  if (filter.point_id !== undefined && filter.point_id !== point_id) return false;
  return filter.metrics === undefined || filter.metrics.includes(metric ?? "");
}

interface Slice {
  readonly batch: TableBatch;
  readonly from: number;
  readonly to: number;
}
