import type { Column, Table } from "./table.js";

/** A column of a table, and what it shows of a row. */
export interface TableField<Shown> extends Column {
  /** The heading over rows like this one. */
  readonly headingOf: (shown: Shown) => string;
  /** Whether it says what the row is about. */
  readonly key: boolean;
  readonly textOf: (shown: Shown) => string;
}

export const TEXT = { align: "left", cuttable: false, key: false } as const;
export const NUMBER = { align: "right", cuttable: false, key: false } as const;

export function always(heading: string): () => string {
  return () => heading;
}

/** Returns the table that fields make of rows: a section for each group, with the headings of its first row. */
export function tableOfFields<Shown>(
  groups: readonly (readonly Shown[])[],
  fields: readonly TableField<Shown>[],
): Table {
  return {
    columns: fields,
    sections: groups.map((group) => ({
      headings: fields.map(({ headingOf }) => (group[0] === undefined ? "" : headingOf(group[0]))),
      rows: group.map((row) => fields.map(({ textOf }) => textOf(row))),
    })),
    keyColumns: Math.max(1, fields.filter(({ key }) => key).length),
  };
}
