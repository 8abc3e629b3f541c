import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { RecordBatchReader, type AsyncRecordBatchFileReader, type Field, type Schema } from "apache-arrow";
import type { Column, ColumnKind } from "./column.js";
import { diskError } from "./disk-error.js";
import { ResultsError } from "./results-error.js";
import { TableBatch } from "./table-batch.js";
import { columnKind, SCHEMA_VERSION, type TableName } from "./table-schema.js";
import type { TableDigest } from "./table-writer.js";

/** A table of a results directory, and what its columns must be. */
export interface TableSource {
  readonly directory: string;
  readonly table: TableName;
  readonly digest: TableDigest;
  /** The columns at the front, which every file of this table has. */
  readonly columns: readonly Column[];
  /** The kinds of the nullable columns that may follow. */
  readonly more: readonly ColumnKind[];
}

/** Reads a table batch by batch with the memory of one batch. */
export class TableReader {
  readonly schema: Schema;
  readonly #path: string;
  readonly #rows: number;
  readonly #handle: FileHandle;
  readonly #arrow: AsyncRecordBatchFileReader;

  private constructor(
    path: string,
    rows: number,
    file: { readonly handle: FileHandle; readonly arrow: AsyncRecordBatchFileReader },
  ) {
    this.#path = path;
    this.#rows = rows;
    this.#handle = file.handle;
    this.#arrow = file.arrow;
    this.schema = file.arrow.schema;
  }

  /** Opens the file and checks its ends and its schema. @throws ResultsError */
  static async open(source: TableSource): Promise<TableReader> {
    const path = join(source.directory, source.digest.file);
    let handle: FileHandle;
    try {
      handle = await open(path, "r");
    } catch (error) {
      throw diskError("read table", path, error);
    }
    try {
      await assertEnds(path, handle);
      const arrow = await RecordBatchReader.from(handle);
      await arrow.open({ autoDestroy: false });
      if (!arrow.isFile() || !arrow.isAsync()) throw new Error("not an Arrow file");
      assertSchema(path, source, arrow.schema);
      return new TableReader(path, source.digest.rows, { handle, arrow });
    } catch (error) {
      await handle.close();
      throw damaged(path, error);
    }
  }

  /** All batches in order; at the end the rows are counted. */
  async *batches(): AsyncGenerator<TableBatch> {
    const dictionaries = new WeakMap<object, readonly string[]>();
    let rows = 0;
    for (let index = 0; index < this.#arrow.numRecordBatches; index++) {
      const batch = await this.#batch(index, dictionaries);
      rows += batch.rows;
      if (rows > this.#rows) break;
      yield batch;
    }
    if (rows !== this.#rows) {
      throw new ResultsError(
        `Cannot read table "${this.#path}": it must have the rows of the manifest (${this.#rows}): current value is ${rows}`,
      );
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #batch(index: number, dictionaries: WeakMap<object, readonly string[]>): Promise<TableBatch> {
    try {
      const batch = await this.#arrow.readRecordBatch(index);
      if (batch === null) throw new Error(`record batch ${index} is missing`);
      return new TableBatch(this.#path, batch, dictionaries);
    } catch (error) {
      throw damaged(this.#path, error);
    }
  }
}

/** Reads a table and closes it, also when the consumer stops early. */
export async function* readBatches(source: TableSource): AsyncGenerator<TableBatch> {
  const reader = await TableReader.open(source);
  try {
    yield* reader.batches();
  } finally {
    await reader.close();
  }
}

/** The schema of a table. */
export async function readSchema(source: TableSource): Promise<Schema> {
  const reader = await TableReader.open(source);
  await reader.close();
  return reader.schema;
}

const MAGIC = "ARROW1";

async function assertEnds(path: string, handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  const head = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
  const tail = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, Math.max(0, size - MAGIC.length));
  if (head.buffer.toString("latin1") !== MAGIC || tail.buffer.toString("latin1") !== MAGIC) {
    throw new ResultsError(
      `Cannot read table "${path}": it must begin and end as an Arrow file: current value is another or truncated file`,
    );
  }
}

function assertSchema(path: string, source: TableSource, schema: Schema): void {
  const { table, columns, more } = source;
  const found = [schema.metadata.get("loadstar_table"), schema.metadata.get("loadstar_schema_version")];
  if (found[0] !== table || found[1] !== SCHEMA_VERSION) {
    throw new ResultsError(
      `Cannot read table "${path}": it must be table "${table}" of schema version ${SCHEMA_VERSION}: current value is ${JSON.stringify(found)}`,
    );
  }
  const names = schema.fields.map(({ name }) => name);
  const front = columns.every((column, index) => isField(schema.fields[index], column));
  const rest = schema.fields.slice(columns.length).every((field) => isMore(field, more));
  if (!front || !rest || new Set(names).size < names.length) {
    throw new ResultsError(
      `Cannot read table "${path}": its columns must be those of table "${table}": current value is ${JSON.stringify(names)}`,
    );
  }
}

function isField(field: Field | undefined, { name, nullable, kind }: Column): boolean {
  return field?.name === name && field.nullable === nullable && columnKind(field.type) === kind;
}

function isMore({ type, nullable }: Field, more: readonly ColumnKind[]): boolean {
  const kind = columnKind(type);
  return nullable && kind !== undefined && more.includes(kind);
}

function damaged(path: string, error: unknown): unknown {
  const known = diskError("read table", path, error);
  if (known instanceof ResultsError) return known;
  const reason = error instanceof Error ? error.message : String(error);
  return new ResultsError(`Cannot read table "${path}": the file must be intact: current value is damaged: ${reason}`, {
    cause: error,
  });
}
