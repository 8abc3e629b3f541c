import { always, NUMBER, TEXT, type TableField } from "../table/table-field.js";
import type { ParameterValue, SummaryTablePoint } from "./summary-row.js";

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
