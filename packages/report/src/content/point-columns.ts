import type { ParameterValue, SummaryTablePoint } from "../summary/summary-row.js";
import { type ContentCell, type ContentColumn } from "./content-table.js";

/** The columns that say which point a row is about: its parameters, or its id if there are none. */
export function pointColumns(points: readonly SummaryTablePoint[]): readonly ContentColumn[] {
  const names = parameterNames(points);
  if (names.length === 0) return [{ heading: "point", align: "left" }];
  return names.map((heading) => ({
    heading,
    align: points.every((point) => isNumber(parameterOf(point, heading))) ? "right" : "left",
  }));
}

/** The cells of these columns; the first one leads to the point. */
export function pointCells(point: SummaryTablePoint, points: readonly SummaryTablePoint[]): readonly ContentCell[] {
  const { point_id } = point;
  const names = parameterNames(points);
  if (names.length === 0) return [{ text: point_id, point_id }];
  return names.map((name, index) => {
    const value = parameterOf(point, name);
    return {
      text: parameterText(value),
      ...(isNumber(value) ? { value } : {}),
      ...(index === 0 ? { point_id } : {}),
    };
  });
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
