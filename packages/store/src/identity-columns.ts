import { NO_UNIT, type Column } from "./column.js";

/** The columns that say which point, metric a row belongs to: the same in every table. */
export const POINT_ID_COLUMN: Column = {
  name: "point_id",
  kind: "label",
  nullable: false,
  unit: NO_UNIT,
  description: "Parameter point, as in points.arrow",
};

export const METRIC_COLUMN: Column = {
  name: "metric",
  kind: "label",
  nullable: false,
  unit: NO_UNIT,
  description: "Name of the metric",
};

/** A number that is always there; NaN where undefined. */
export function floatColumn(name: string, unit: string, description: string): Column {
  return { name, kind: "float", nullable: false, unit, description };
}

/** A count or a number of a replication. */
export function countColumn(name: string, description: string): Column {
  return { name, kind: "int32", nullable: false, unit: "1", description };
}

/** A text out of few. */
export function labelColumn(name: string, description: string): Column {
  return { name, kind: "label", nullable: false, unit: NO_UNIT, description };
}
