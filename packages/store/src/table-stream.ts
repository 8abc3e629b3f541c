import type { Cells } from "./column.js";
import { TableWriter, type TableDigest, type TableWriterOptions } from "./table-writer.js";

/** A table that is written piece by piece with bounded memory. */
export interface TableStream<Piece> {
  /** Appends one piece; await it before the next call. */
  append(piece: Piece): Promise<void>;
  /** Completes the file on the disk. */
  close(): Promise<TableDigest>;
}

/** Rows as the table writer takes them: `cells[c]` has the cells of column c. */
export interface Rows {
  readonly count: number;
  readonly cells: readonly Cells[];
}

/** Writes a table that is known as a whole. */
export async function writeTable(options: TableWriterOptions, rows: Rows): Promise<TableDigest> {
  const writer = await TableWriter.create(options);
  try {
    await writer.append(rows.count, rows.cells);
    return await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** A table stream that can also be given up. */
export interface OpenTable<Piece> extends TableStream<Piece> {
  abort(): Promise<void>;
}

/** Opens a table for pieces; `rowsOf` checks a piece and turns it into rows. */
export async function openTable<Piece>(
  options: TableWriterOptions,
  rowsOf: (piece: Piece) => Rows,
): Promise<OpenTable<Piece>> {
  const writer = await TableWriter.create(options);
  return {
    append: async (piece) => {
      const { count, cells } = rowsOf(piece);
      await writer.append(count, cells);
    },
    close: async () => await writer.close(),
    abort: async () => await writer.abort(),
  };
}
