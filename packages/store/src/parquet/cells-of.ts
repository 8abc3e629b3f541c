import type { Cell } from "../column.js";
import type { TableBatch } from "../table-batch.js";
import type { ParquetColumn } from "./parquet-layout.js";

/** The cells of one column of a batch; null where there is none. */
export function cellsOf(batch: TableBatch, { name, kind, nullable }: ParquetColumn): readonly Cell[] {
  const values: readonly Cell[] = Array.from(valuesOf(batch, { name, kind }));
  if (!nullable) return values;
  const validity = batch.validity(name);
  return values.map((value, row) => (validity[row] === true ? value : null));
}

function valuesOf(batch: TableBatch, { name, kind }: Pick<ParquetColumn, "name" | "kind">): Iterable<Cell> {
  switch (kind) {
    case "label":
      return batch.labels(name);
    case "text":
      return batch.texts(name);
    case "float":
      return batch.floats(name);
    case "int32":
      return batch.integers(name);
    case "int64":
      return batch.longs(name);
    case "boolean":
      return batch.booleans(name);
  }
}
