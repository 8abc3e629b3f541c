import type { Column } from "../table/table.js";
import type { ParameterValue, SummaryTablePoint } from "./summary-row.js";

/** A column of a table of points, and what it shows of a row. */
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

/** The parameters; without any, the ids if there are several points. */
export function pointFields<Shown extends { readonly point: SummaryTablePoint }>(
  shown: readonly Shown[],
): readonly TableField<Shown>[] {
  const names = [...new Set(shown.flatMap(({ point }) => Object.keys(point.parameters)))];
  if (names.length > 0) return names.map((name) => parameterField(name, shown));
  const several = new Set(shown.map(({ point }) => point.point_id)).size > 1;
  return several ? [{ ...TEXT, headingOf: always("point"), key: true, textOf: ({ point }) => point.point_id }] : [];
}

function parameterField<Shown extends { readonly point: SummaryTablePoint }>(
  name: string,
  shown: readonly Shown[],
): TableField<Shown> {
  const valueOf = ({ point }: Shown): ParameterValue =>
    Object.hasOwn(point.parameters, name) ? point.parameters[name]! : null;
  const numeric = shown.every((row) => typeof valueOf(row) !== "string" && typeof valueOf(row) !== "boolean");
  // Written in full, not rounded: it is what tells the points apart.
  const textOf = (row: Shown): string => String(valueOf(row) ?? "-");
  return { ...(numeric ? NUMBER : TEXT), colour: "cyan", key: true, headingOf: always(name), textOf };
}
