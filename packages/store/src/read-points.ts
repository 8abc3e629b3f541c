import type { Field } from "apache-arrow";
import { POINT_ID_COLUMN } from "./identity-columns.js";
import type { Parameter, PointRow, Points } from "./points-table.js";
import type { TableBatch } from "./table-batch.js";
import { readBatches, readSchema, type TableSource } from "./table-reader.js";
import { columnKind } from "./table-schema.js";
import type { TableDigest } from "./table-writer.js";

/** Reads `points.arrow`. */
export async function readPoints(directory: string, digest: TableDigest): Promise<Points> {
  const more = ["float", "label", "boolean"] as const;
  const source: TableSource = { directory, table: "points", digest, columns: [POINT_ID_COLUMN], more };
  const schema = await readSchema(source);
  const parameters = schema.fields.slice(1).map((field): Parameter => ({
    name: field.name,
    type: parameterType(field),
    unit: field.metadata.get("unit") ?? "",
    description: field.metadata.get("description") ?? "",
  }));
  const rows: PointRow[] = [];
  for await (const batch of readBatches(source)) {
    const columns = parameters.map((parameter) => valuesOf(batch, parameter));
    for (const [row, point_id] of batch.labels(POINT_ID_COLUMN.name).entries()) {
      rows.push({ point_id, values: columns.map((column) => column[row] ?? null) });
    }
  }
  return { parameters, rows };
}

function valuesOf(batch: TableBatch, { name, type }: Parameter): readonly PointRow["values"][number][] {
  const values =
    type === "number" ? [...batch.floats(name)] : type === "boolean" ? batch.booleans(name) : batch.labels(name);
  const validity = batch.validity(name);
  return values.map((value, row) => (validity[row] === true ? value : null));
}

function parameterType({ type }: Field): Parameter["type"] {
  const kind = columnKind(type);
  if (kind === "float") return "number";
  return kind === "boolean" ? "boolean" : "string";
}
