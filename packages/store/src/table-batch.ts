import { DataType, type Data, type RecordBatch, type Utf8 } from "apache-arrow";
import { ResultsError } from "./results-error.js";
import { decodeTexts } from "./text-data.js";

/**
 * One record batch of a table: copies of its columns, `from` included and `to` excluded. Everything is checked against
 * the buffers, because a file may be damaged. @throws ResultsError if it is
 */
export class TableBatch {
  /** Number of rows. */
  readonly rows: number;
  readonly #path: string;
  readonly #columns: ReadonlyMap<string, Data>;
  readonly #dictionaries: WeakMap<object, readonly string[]>;

  /** `dictionaries` keeps decoded texts from batch to batch. */
  constructor(path: string, batch: RecordBatch, dictionaries: WeakMap<object, readonly string[]>) {
    this.rows = batch.numRows;
    this.#path = path;
    this.#columns = new Map(batch.schema.fields.map(({ name }, index) => [name, batch.data.children[index] as Data]));
    this.#dictionaries = dictionaries;
  }

  /** A `float` column; NaN for null. */
  floats(name: string, from = 0, to: number = this.rows): Float64Array {
    const data = this.#column(name, (column) => column.values instanceof Float64Array);
    const values = (data.values as Float64Array).slice(from, to);
    if (data.nullCount > 0) {
      for (let row = from; row < to; row++) if (!isValid(data, row)) values[row - from] = Number.NaN;
    }
    return values;
  }

  /** An `int32` column; 0 for null. */
  integers(name: string, from = 0, to: number = this.rows): Int32Array {
    const data = this.#column(name, (column) => column.values instanceof Int32Array);
    return (data.values as Int32Array).slice(from, to);
  }

  /** An `int64` column; 0 for null. */
  longs(name: string, from = 0, to: number = this.rows): BigInt64Array {
    const data = this.#column(name, (column) => column.values instanceof BigInt64Array);
    return (data.values as BigInt64Array).slice(from, to);
  }

  /** A `boolean` column; false for null. */
  booleans(name: string): readonly boolean[] {
    const data = this.#column(name, (column) => DataType.isBool(column.type));
    return Array.from({ length: this.rows }, (_, row) => bit(data.values as Uint8Array, row));
  }

  /** A `text` column. */
  texts(name: string, from = 0, to: number = this.rows): readonly string[] {
    const data = this.#column(name, (column) => DataType.isUtf8(column.type));
    return this.#decode(name, data, from, to);
  }

  /** A `label` column; an empty text for null. */
  labels(name: string, from = 0, to: number = this.rows): readonly string[] {
    const data = this.#column(name, (column) => DataType.isDictionary(column.type));
    const texts = this.#dictionary(name, data);
    const codes = data.values as Int32Array;
    return Array.from({ length: to - from }, (_, k) => {
      if (data.nullCount > 0 && !isValid(data, from + k)) return "";
      const text = texts[codes[from + k] ?? -1];
      if (text === undefined) throw this.#damaged(name, "an index must lie inside the dictionary");
      return text;
    });
  }

  /** For each row of a column, whether it is not null. */
  validity(name: string): readonly boolean[] {
    const data = this.#column(name, () => true);
    return Array.from({ length: this.rows }, (_, row) => data.nullCount === 0 || isValid(data, row));
  }

  #column(name: string, accepts: (data: Data) => boolean): Data {
    const data = this.#columns.get(name);
    if (data === undefined) throw this.#damaged(name, "the column must exist");
    if (!accepts(data)) throw this.#damaged(name, "the column must have its type");
    if (data.length !== this.rows || valuesIn(data) < this.rows) throw this.#damaged(name, "all rows must be there");
    return data;
  }

  #dictionary(name: string, data: Data): readonly string[] {
    const pieces = data.dictionary?.data ?? [];
    const key = pieces[0];
    if (key === undefined) throw this.#damaged(name, "the dictionary must exist");
    const known = this.#dictionaries.get(key);
    if (known !== undefined) return known;
    const texts = pieces.flatMap((piece) => this.#decode(name, piece, 0, piece.length));
    this.#dictionaries.set(key, texts);
    return texts;
  }

  #decode(name: string, data: Data, from: number, to: number): readonly string[] {
    try {
      return decodeTexts(data as Data<Utf8>, from, to);
    } catch (error) {
      throw this.#damaged(name, error instanceof Error ? error.message : String(error));
    }
  }

  #damaged(name: string, rule: string): ResultsError {
    return new ResultsError(
      `Cannot read table "${this.#path}": the file must be intact: current value is damaged in column ${JSON.stringify(name)}: ${rule}`,
    );
  }
}

function valuesIn(data: Data): number {
  if (DataType.isUtf8(data.type)) return data.valueOffsets.length - 1;
  return DataType.isBool(data.type) ? data.values.length * 8 : data.values.length;
}

function isValid(data: Data, row: number): boolean {
  return bit(data.nullBitmap, row);
}

function bit(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}
