/**
 * How a column is stored: `label` is text from a vocabulary known in advance (dictionary-encoded, signed 32-bit
 * indices), `text` is any text, `float` is 64-bit.
 */
export type ColumnKind = "label" | "text" | "float" | "int32" | "int64" | "boolean";

/** One column of a table; `unit` and `description` become field metadata. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** `s`, `MB`, `1/s`, `ratio`, `1` for a count; `none` for texts and booleans. */
  readonly unit: string;
  readonly description: string;
}

/** A cell; null means that it was not produced. */
export type Cell = number | bigint | boolean | string | null;

/** Cells of a column by row: one by one, the numbers of a `float` column that has no null, or one text for all rows. */
export type Cells = ((row: number) => Cell) | Float64Array | string;

/** The units of columns whose unit is not one. */
export const NO_UNIT = "none";
export const UNIT_OF_METRIC = "unit of the metric";
