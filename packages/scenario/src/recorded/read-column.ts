import type { Problem } from "../problem.js";
import { GrowingColumn } from "./growing-column.js";
import { brokenColumns, MOST_ROWS, numberOf, problemIn, type RecordedTable } from "./recorded-table.js";

/** What came of reading a column: either its numbers or the first problem. */
export interface ColumnReading {
  readonly values?: Float64Array;
  readonly problems: readonly Problem[];
}

/**
 * Reads a column of measured values >= 0 from a table, whose other columns may be anything, and sorts it: a sampler that inverts the distribution function
 * then keeps in order what streams share. What stands in the file is not repeated in messages: it may be any file.
 */
export function readColumn(table: RecordedTable, name: string): ColumnReading {
  const refused = (message: string): ColumnReading => ({ problems: [problemIn(table, message)] });
  const at = table.columns.indexOf(name);
  if (at < 0) return refused(`must have a column ${name}`);
  const broken = brokenColumns(table, [name]);
  if (broken !== undefined) return refused(broken);

  const values = new GrowingColumn();
  for (let fields = table.next(); fields !== undefined; fields = table.next()) {
    if (fields.length !== table.columns.length)
      return refused(`must have ${table.columns.length} fields: current number is ${fields.length}`);
    const value = numberOf(fields[at]);
    if (!Number.isFinite(value) || value < 0) return refused(`${name} must be a finite number >= 0`);
    if (values.length === MOST_ROWS) return refused(`must have at most ${MOST_ROWS} rows`);
    values.push(value + 0);
  }
  return values.length === 0
    ? refused("must have a row: there is none")
    : { values: values.floats().sort(), problems: [] };
}
