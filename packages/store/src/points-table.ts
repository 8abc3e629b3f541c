import { NO_UNIT, type Column, type ColumnKind } from "./column.js";
import { POINT_ID_COLUMN } from "./identity-columns.js";
import { ResultsError } from "./results-error.js";
import { writeTable } from "./table-stream.js";
import type { TableDigest } from "./table-writer.js";

/** The points of a sweep: one row each, one typed column for each parameter. */
export interface Points {
  readonly parameters: readonly Parameter[];
  readonly rows: readonly PointRow[];
}

export interface Parameter {
  readonly name: string;
  readonly type: "number" | "string" | "boolean";
  /** `not stated` by default. */
  readonly unit?: string;
  readonly description?: string;
}

export interface PointRow {
  readonly point_id: string;
  /** One for each parameter; null where the point has none. */
  readonly values: readonly (number | string | boolean | null)[];
}

/** Writes `points.arrow`. @throws ResultsError if a name or an id stands twice or a value is not of its type. */
export async function writePoints(directory: string, points: Points): Promise<TableDigest> {
  assertDistinct("parameter name", ["point_id", ...points.parameters.map(({ name }) => name)]);
  assertDistinct(
    "point_id",
    points.rows.map(({ point_id }) => point_id),
  );
  for (const row of points.rows) assertValues(points.parameters, row);
  const { parameters, rows } = points;
  return await writeTable(
    { directory, table: "points", columns: pointsColumns(parameters), vocabularies: vocabulariesOf(points) },
    {
      count: rows.length,
      cells: [
        (row) => rows[row]?.point_id ?? null,
        ...parameters.map((_, index) => (row: number) => rows[row]?.values[index] ?? null),
      ],
    },
  );
}

/** The columns of `points.arrow`. */
export function pointsColumns(parameters: readonly Parameter[]): readonly Column[] {
  return [
    { ...POINT_ID_COLUMN, description: "Parameter point: the key of every other table" },
    ...parameters.map(({ name, type, unit, description }) => ({
      name,
      kind: KINDS[type],
      nullable: true,
      unit: unit ?? (type === "number" ? "not stated" : NO_UNIT),
      description: description ?? `Parameter ${JSON.stringify(name)} of the sweep`,
    })),
  ];
}

const KINDS: Readonly<Record<Parameter["type"], ColumnKind>> = { number: "float", string: "label", boolean: "boolean" };

function vocabulariesOf({ parameters, rows }: Points): ReadonlyMap<string, readonly string[]> {
  const texts = (index: number): readonly string[] =>
    rows.map(({ values }) => values[index]).filter((value) => typeof value === "string");
  return new Map([
    ["point_id", rows.map(({ point_id }) => point_id)],
    ...parameters.map(({ name }, index): [string, readonly string[]] => [name, texts(index)]),
  ]);
}

function assertDistinct(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new ResultsError(
        `Cannot write points: each ${kind} must be used once, and "point_id" is taken: current value is ${JSON.stringify(name)}`,
      );
    }
    seen.add(name);
  }
}

function assertValues(parameters: readonly Parameter[], { point_id, values }: PointRow): void {
  if (values.length !== parameters.length) {
    throw new ResultsError(
      `Cannot write point ${JSON.stringify(point_id)}: it must have ${parameters.length} values: current value is ${values.length}`,
    );
  }
  for (const [index, { name, type }] of parameters.entries()) {
    const value = values[index] ?? null;
    if (value !== null && typeof value !== type) {
      throw new ResultsError(
        `Cannot write point ${JSON.stringify(point_id)}: parameter ${JSON.stringify(name)} must be a ${type} or null: current value is ${JSON.stringify(value)}`,
      );
    }
  }
}
