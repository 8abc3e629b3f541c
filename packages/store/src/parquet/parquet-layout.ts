import { Field, Message, Schema, Utf8 } from "apache-arrow";
import type { SchemaElement } from "hyparquet-writer";
import type { ColumnKind } from "../column.js";
import { columnKind } from "../table-schema.js";

/** A column as it is written to Parquet. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
}

/** The columns of a Parquet file, and all that stands in it besides the rows. */
export interface ParquetLayout {
  readonly columns: readonly ParquetColumn[];
  readonly schema: SchemaElement[];
  readonly metadata: { key: string; value: string }[];
}

/**
 * The layout of a table with the schema of an Arrow table. Units and descriptions stand there twice: in the Arrow schema
 * (`ARROW:schema`), from which pyarrow and Polars make field metadata, and as JSON (`loadstar_columns`) for readers that know
 * no Arrow. `more` are further metadata of the file.
 */
export function parquetLayout(arrow: Schema, more: readonly (readonly [string, string])[] = []): ParquetLayout {
  const columns = arrow.fields.map(({ name, type, nullable }) => {
    const kind = columnKind(type);
    if (kind === undefined) throw new Error(`Cannot write column "${name}" to Parquet: its type must be a column's`);
    return { name, kind, nullable };
  });
  const described = arrow.fields.map(({ name, metadata }) => [name, Object.fromEntries(metadata)] as const);
  return {
    columns,
    schema: [{ name: "schema", num_children: columns.length }, ...columns.map(schemaElement)],
    metadata: [
      ...[...arrow.metadata, ...more].map(([key, value]) => ({ key, value })),
      { key: "loadstar_columns", value: JSON.stringify(Object.fromEntries(described)) },
      { key: "ARROW:schema", value: Buffer.from(schemaMessage(arrow)).toString("base64") },
    ],
  };
}

function schemaElement({ name, kind, nullable }: ParquetColumn): SchemaElement {
  const repetition_type = nullable ? "OPTIONAL" : "REQUIRED";
  switch (kind) {
    case "label":
    case "text":
      return { name, type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" }, repetition_type };
    case "float":
      return { name, type: "DOUBLE", repetition_type };
    case "int32":
      return { name, type: "INT32", repetition_type };
    case "int64":
      return { name, type: "INT64", repetition_type };
    case "boolean":
      return { name, type: "BOOLEAN", repetition_type };
  }
}

/** The message of the Arrow schema, labels as texts: Parquet has dictionaries of its own. */
function schemaMessage(arrow: Schema): Uint8Array {
  const fields = arrow.fields.map(({ name, type, nullable, metadata }) => {
    const plain = columnKind(type) === "label" ? new Utf8() : type;
    return new Field(name, plain, nullable, metadata);
  });
  const message = Message.encode(Message.from(new Schema(fields, arrow.metadata)));
  const length = Math.ceil(message.byteLength / MESSAGE_ALIGNMENT) * MESSAGE_ALIGNMENT;
  const framed = new Uint8Array(PREFIX_BYTES + length);
  const prefix = new DataView(framed.buffer);
  prefix.setUint32(0, CONTINUATION, true);
  prefix.setInt32(4, length, true);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Arrow's frame of a message: a mark, the length, the message filled up to whole words. */
const CONTINUATION = 0xff_ff_ff_ff;
const PREFIX_BYTES = 8;
const MESSAGE_ALIGNMENT = 8;
