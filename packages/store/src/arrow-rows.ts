import { DataType, RecordBatchReader, type RecordBatch, type Vector } from "apache-arrow";

/** What an Arrow file begins with. */
const MAGIC = "ARROW1";

/** Whether these bytes are those of an Arrow file. */
export function isArrowFile(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/**
 * Numbers and texts of an Arrow file of others, row by row; besides the bytes it holds nothing. Texts may be dictionaries. Compressed files
 * are not read.
 */
export class ArrowRows {
  readonly columns: readonly string[];
  /** Columns of other types, with these. Their fields are undefined. */
  readonly unfit: ReadonlyMap<string, string>;
  /** Rows that have come. */
  row = 0;
  readonly #batches: Iterator<RecordBatch>;
  #vectors: readonly (Vector | undefined)[] = [];
  #left = 0;
  #position = 0;

  /** @throws what the reader of Arrow throws for a damaged file */
  constructor(bytes: Uint8Array) {
    const reader = RecordBatchReader.from(bytes).open();
    const { fields } = reader.schema;
    this.columns = fields.map(({ name }) => name);
    this.unfit = new Map(fields.flatMap(({ name, type }) => (isFit(type) ? [] : [[name, String(type)]])));
    this.#batches = reader[Symbol.iterator]();
  }

  /** @throws as the constructor */
  next(): readonly unknown[] | undefined {
    while (this.#position === this.#left) {
      const batch = this.#batch();
      if (batch === undefined) return undefined;
      this.#vectors = batch.schema.fields.map(({ type }, at) => (isFit(type) ? batch.getChildAt(at)! : undefined));
      this.#left = batch.numRows;
      this.#position = 0;
    }
    const place = this.#position++;
    this.row++;
    return this.#vectors.map((vector) => vector?.get(place) as unknown);
  }

  #batch(): RecordBatch | undefined {
    try {
      const { done, value } = this.#batches.next();
      return done === true ? undefined : value;
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("compressed"))) throw error;
      throw new Error("it must be written without compression", { cause: error });
    }
  }
}

function isFit(type: DataType): boolean {
  if (DataType.isDictionary(type)) return isFit(type.dictionary);
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
  return isText || DataType.isInt(type) || DataType.isFloat(type);
}
