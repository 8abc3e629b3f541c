import type { ParameterValue, SummaryTablePoint } from "../summary/summary-row.js";
import { type ContentCell, type ContentColumn } from "./content-table.js";

/** What says which point a row of a table is about. */
export interface PointColumns {
  readonly columns: readonly ContentColumn[];
  /** The cells of these columns; the first one leads to the point. */
  readonly cellsOf: (point: SummaryTablePoint) => readonly ContentCell[];
}

/** Returns the columns for some points: their parameters, or their ids if they have none. */
export function pointColumns(points: readonly SummaryTablePoint[]): PointColumns {
  const names = parameterNames(points);
  if (names.length === 0) {
    const cellsOf = ({ point_id }: SummaryTablePoint): readonly ContentCell[] => [{ text: point_id, point_id }];
    return { columns: [{ heading: "point", align: "left" }], cellsOf };
  }
  return {
    columns: names.map((heading) => ({
      heading,
      align: points.every((point) => isNumber(parameterOf(point, heading))) ? "right" : "left",
    })),
    cellsOf: (point) => names.map((name, index) => parameterCell(point, { name, first: index === 0 })),
  };
}

function parameterCell(
  point: SummaryTablePoint,
  { name, first }: { readonly name: string; readonly first: boolean },
): ContentCell {
  const value = parameterOf(point, name);
  return {
    text: parameterText(value),
    ...(isNumber(value) ? { value } : {}),
    ...(first ? { point_id: point.point_id } : {}),
  };
}

/** All parameters of the points, in the order in which they come. */
export function parameterNames(points: readonly SummaryTablePoint[]): readonly string[] {
  return [...new Set(points.flatMap(({ parameters }) => Object.keys(parameters)))];
}

export function parameterOf({ parameters }: SummaryTablePoint, name: string): ParameterValue {
  return Object.hasOwn(parameters, name) ? parameters[name]! : null;
}

/** Written in full, not rounded: it is what tells the points apart. */
export function parameterText(value: ParameterValue): string {
  return String(value ?? "-");
}

/** What a point is called: `users 300, cores 2`, or its id if it has no parameters. */
export function pointTitle(point: SummaryTablePoint): string {
  const parts = Object.entries(point.parameters).map(([name, value]) => `${name} ${parameterText(value)}`);
  return parts.length === 0 ? point.point_id : parts.join(", ");
}

function isNumber(value: ParameterValue): value is number {
  return typeof value === "number";
}
