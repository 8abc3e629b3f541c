import type { Problem } from "../problem.js";

/** A table of recorded data, row by row: what CSV and Arrow have in common. */
export interface RecordedTable {
  /** Name for messages. */
  readonly file: string;
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Columns that hold neither numbers nor texts, with their types. */
  readonly unfit: ReadonlyMap<string, string>;
  /** The fields of the next row, in the order of `columns`; undefined after the last one. */
  next(): readonly unknown[] | undefined;
  /** Where the row that came last stands, or the names of the columns before the first. */
  place(): Pick<Problem, "line" | "column" | "path">;
}

/** What is wrong with the row that came last. */
export function problemIn(table: RecordedTable, message: string): Problem {
  return { file: table.file, ...table.place(), message };
}

/** What is wrong with a table that must have this column and none twice; undefined for nothing. */
export function brokenColumns({ columns, unfit }: RecordedTable, wanted: readonly string[]): string | undefined {
  if (new Set(columns).size < columns.length) return "columns must have different names";
  const bad = wanted.find((name) => unfit.has(name));
  return bad === undefined ? undefined : `column ${bad} must hold numbers or texts: its type is ${unfit.get(bad)}`;
}

/** A field as a number; NaN for what is none. */
export function numberOf(field: unknown): number {
  if (typeof field === "number") return field;
  if (typeof field === "bigint") return Number(field);
  return typeof field === "string" && field.trim() !== "" ? Number(field) : Number.NaN;
}

/** A field as a text; an empty one for nothing. */
export function textOf(field: unknown): string {
  return typeof field === "string" ? field.trim() : "";
}

/** Most rows of a table. */
export const MOST_ROWS = 5_000_000;
