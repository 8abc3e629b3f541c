import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Cell } from "../column.js";
import { DigestedFile } from "../digested-file.js";
import type { TableDigest } from "../table-writer.js";
import type { ParquetColumn, ParquetLayout } from "./parquet-layout.js";

/**
 * Writes one Parquet file with the memory of one row group. A group ends with the piece that fills it, so equal pieces give
 * equal bytes.
 */
export class ParquetFile {
  readonly #layout: ParquetLayout;
  readonly #file: DigestedFile;
  readonly #groupRows: number;
  readonly #bytes = new ByteWriter();
  readonly #parquet: ParquetWriter;
  #cells: Cell[][];
  #rows = 0;

  private constructor(file: DigestedFile, layout: ParquetLayout, groupRows: number) {
    this.#file = file;
    this.#layout = layout;
    this.#groupRows = groupRows;
    this.#cells = layout.columns.map(() => []);
    const { schema, metadata: kvMetadata } = layout;
    this.#parquet = new ParquetWriter({ writer: this.#bytes, schema, kvMetadata, createdBy: "loadstar" });
  }

  /** Creates the file; a row group has at least `groupRows` rows, but for the last. @throws ResultsError */
  static async create(
    path: string,
    layout: ParquetLayout,
    { groupRows }: { readonly groupRows: number },
  ): Promise<ParquetFile> {
    return new ParquetFile(await DigestedFile.create(path), layout, groupRows);
  }

  /** Appends rows: equally long columns, in the order of the layout. */
  async append(columns: readonly (readonly Cell[])[]): Promise<void> {
    for (const [index, cells] of this.#cells.entries()) for (const cell of columns[index] ?? []) cells.push(cell);
    if ((this.#cells[0]?.length ?? 0) >= this.#groupRows) await this.#writeGroup();
  }

  /** Completes the file on the disk; `file` is what the manifest calls it. */
  async close(file: string): Promise<TableDigest> {
    if ((this.#cells[0]?.length ?? 0) > 0) await this.#writeGroup();
    await this.#parquet.finish();
    await this.#file.write(this.#takeBytes());
    return { file, rows: this.#rows, ...(await this.#file.close()) };
  }

  /** Closes the file as it is. */
  async abort(): Promise<void> {
    await this.#file.abort();
  }

  async #writeGroup(): Promise<void> {
    const rows = this.#cells[0]?.length ?? 0;
    const columnData = this.#layout.columns.map((column, index) => ({
      name: column.name,
      data: this.#cells[index] ?? [],
      ...encodingOf(column),
    }));
    await this.#parquet.write({ columnData, rowGroupSize: rows });
    this.#rows += rows;
    this.#cells = this.#layout.columns.map(() => []);
    await this.#file.write(this.#takeBytes());
  }

  #takeBytes(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}

/** Doubles have no dictionary: the library's would make one number of 0 and -0. */
function encodingOf({ kind }: ParquetColumn): { readonly encoding: "PLAIN" } | object {
  return kind === "float" ? { encoding: "PLAIN" } : {};
}
