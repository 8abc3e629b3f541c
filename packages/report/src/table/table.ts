import type { Paint } from "../paint.js";
import type { Alignment } from "../text/pad-text.js";

/** A table: columns shared by sections that each have their own headings. Cells may hold any text; it is made visible. */
export interface Table {
  readonly columns: readonly Column[];
  readonly sections: readonly Section[];
  /** Of the columns, the first ones that say what a row is about; at least 1. */
  readonly keyColumns: number;
  /** Of the other columns, the one whose heading names a section: in a list it stands once, above the section's rows. */
  readonly titleColumn?: number | undefined;
}

export interface Column {
  readonly align: Alignment;
  /** Whether its cells may be cut: never a number, nor what tells rows apart. */
  readonly cuttable: boolean;
  readonly colour?: keyof Paint;
}

/** Headings and rows may be shorter than the columns; an empty cell is left blank. */
export interface Section {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
