import {
  Bool,
  DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  Precision,
  Schema,
  Utf8,
  type Int,
} from "apache-arrow";
import type { Column, ColumnKind } from "./column.js";

/** The tables of a results directory, in the order of the manifest. Each is the file `<name>.arrow`. */
export const TABLE_NAMES = ["points", "runs", "summary", "objectives", "series", "histograms"] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** The version of all schemas: it changes when a column of any table changes its name, type or meaning. */
export const SCHEMA_VERSION = "1";

/** The file of a table. */
export function tableFile(table: TableName): string {
  return `${table}.arrow`;
}

/** The Arrow schema of a table. Equal columns give equal bytes: dictionaries are numbered by column. */
export function tableSchema(table: TableName, columns: readonly Column[]): Schema {
  const fields = columns.map(
    (column, index) =>
      new Field(column.name, arrowType(column.kind, index), column.nullable, new Map(fieldMetadata(column))),
  );
  return new Schema(
    fields,
    new Map([
      ["loadstar_table", table],
      ["loadstar_schema_version", SCHEMA_VERSION],
    ]),
  );
}

/** The kind of a column that was read; undefined for a type that no column has. */
export function columnKind(type: DataType): ColumnKind | undefined {
  if (DataType.isUtf8(type)) return "text";
  if (DataType.isBool(type)) return "boolean";
  if (DataType.isFloat(type)) return type.precision === Precision.DOUBLE ? "float" : undefined;
  if (DataType.isInt(type)) return integerKind(type);
  if (!DataType.isDictionary(type)) return undefined;
  return DataType.isUtf8(type.dictionary) && integerKind(type.indices) === "int32" ? "label" : undefined;
}

function integerKind({ bitWidth, isSigned }: Int): "int32" | "int64" | undefined {
  if (!isSigned) return undefined;
  if (bitWidth === 32) return "int32";
  return bitWidth === 64 ? "int64" : undefined;
}

function fieldMetadata(column: Column): readonly (readonly [string, string])[] {
  return [
    ["unit", column.unit],
    ["description", column.description],
  ];
}

function arrowType(kind: ColumnKind, index: number): DataType {
  switch (kind) {
    case "label":
      return new Dictionary(new Utf8(), new Int32(), index, false);
    case "text":
      return new Utf8();
    case "float":
      return new Float64();
    case "int32":
      return new Int32();
    case "int64":
      return new Int64();
    case "boolean":
      return new Bool();
  }
}
