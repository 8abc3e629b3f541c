import { join } from "node:path";
import { makeData, RecordBatch, Struct, Vector, type Schema, type Utf8 } from "apache-arrow";
import { ArrowFileWriter } from "./arrow-file-writer.js";
import { columnBuffer, type ColumnBuffer } from "./column-buffer.js";
import type { Cells, Column } from "./column.js";
import { DigestedFile } from "./digested-file.js";
import { tableFile, tableSchema, type TableName } from "./table-schema.js";
import { encodeTexts } from "./text-data.js";

/** Rows of a record batch: fixed, so that the bytes of a file do not depend on how the rows were handed over. */
export const BATCH_ROWS = 4096;

/** What the manifest says of a file. */
export interface TableDigest {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface TableWriterOptions {
  readonly directory: string;
  readonly table: TableName;
  readonly columns: readonly Column[];
  /** All texts of each `label` column, by column name; repetitions are dropped. */
  readonly vocabularies: ReadonlyMap<string, readonly string[]>;
}

/**
 * Streams rows into one Arrow file with bounded memory: one batch and its encoding. Appends must be awaited one after
 * the other.
 */
export class TableWriter {
  readonly #table: TableName;
  readonly #file: DigestedFile;
  readonly #arrow: ArrowFileWriter;
  readonly #schema: Schema;
  readonly #buffers: readonly ColumnBuffer[];
  #state: "open" | "busy" | "failed" | "closed" = "open";
  #buffered = 0;
  #rows = 0;

  private constructor(table: TableName, file: DigestedFile, layout: Layout) {
    this.#table = table;
    this.#file = file;
    this.#schema = layout.schema;
    this.#buffers = layout.buffers;
    this.#arrow = layout.arrow;
  }

  static async create(options: TableWriterOptions): Promise<TableWriter> {
    const built = layout(options);
    const file = await DigestedFile.create(join(options.directory, tableFile(options.table)));
    return new TableWriter(options.table, file, built);
  }

  /** Appends `rows` rows; `cells[c]` has the cells of column c. */
  async append(rows: number, cells: readonly Cells[]): Promise<void> {
    await this.#exclusively("append to", async () => {
      for (let row = 0; row < rows;) {
        const taken = Math.min(rows - row, BATCH_ROWS - this.#buffered);
        this.#fill(row, taken, cells);
        row += taken;
        if (this.#buffered === BATCH_ROWS) await this.#writeBatch();
      }
      this.#rows += rows;
    });
  }

  /** Completes the file on the disk. */
  async close(): Promise<TableDigest> {
    return await this.#exclusively("close", async () => {
      if (this.#buffered > 0) await this.#writeBatch();
      if (this.#arrow.rows !== this.#rows) {
        throw new Error(
          `Cannot close table "${this.#table}": rows out must be rows in (${this.#rows}): current value is ${this.#arrow.rows}`,
        );
      }
      await this.#file.write(this.#arrow.finish().takeBytes());
      const { bytes, sha256 } = await this.#file.close();
      this.#state = "closed";
      return { file: tableFile(this.#table), rows: this.#rows, bytes, sha256 };
    });
  }

  /** Gives the file up, closed or not. */
  async abort(): Promise<void> {
    if (this.#state !== "closed") await this.#file.abort();
    this.#state = "closed";
  }

  #fill(from: number, count: number, cells: readonly Cells[]): void {
    for (const [index, buffer] of this.#buffers.entries()) {
      const cell = cells[index];
      if (cell === undefined) throw new Error(`Cannot append to table "${this.#table}": column ${index} has no cells`);
      buffer.setAll(this.#buffered, cell, { from, count });
    }
    this.#buffered += count;
  }

  async #writeBatch(): Promise<void> {
    const length = this.#buffered;
    const children = this.#buffers.map((buffer) => buffer.data(length));
    const type = new Struct(this.#schema.fields);
    this.#arrow.write(new RecordBatch(this.#schema, makeData({ type, length, nullCount: 0, children })));
    const bytes = this.#arrow.takeBytes();
    for (const buffer of this.#buffers) buffer.reset();
    this.#buffered = 0;
    await this.#file.write(bytes);
  }

  async #exclusively<Result>(action: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#state !== "open") {
      throw new Error(
        `Cannot ${action} table "${this.#table}": it must be open and the last append awaited: current value is ${this.#state}`,
      );
    }
    this.#state = "busy";
    try {
      const result = await work();
      if (this.#state === "busy") this.#state = "open";
      return result;
    } catch (error) {
      this.#state = "failed";
      throw error;
    }
  }
}

interface Layout {
  readonly schema: Schema;
  readonly buffers: readonly ColumnBuffer[];
  readonly arrow: ArrowFileWriter;
}

function layout({ table, columns, vocabularies }: TableWriterOptions): Layout {
  const schema = tableSchema(table, columns);
  const dictionaries = new Map<number, Vector<Utf8>>();
  const buffers = columns.map((column, index) => {
    const field = schema.fields[index];
    if (field === undefined) throw new Error(`Cannot write table "${table}": column ${index} has no field`);
    if (column.kind !== "label") return columnBuffer(column, field.type, BATCH_ROWS, undefined);
    const texts = [...new Set(vocabularies.get(column.name))];
    const vector = new Vector([encodeTexts(texts)]);
    dictionaries.set(index, vector);
    const codes = new Map(texts.map((text, code) => [text, code]));
    return columnBuffer(column, field.type, BATCH_ROWS, { vector, codes });
  });
  return { schema, buffers, arrow: new ArrowFileWriter(schema, dictionaries) };
}
