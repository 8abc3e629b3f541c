/* oxlint-disable no-underscore-dangle -- the names of the base class */
import {
  Message,
  RecordBatchFileWriter,
  util,
  type RecordBatch,
  type Schema,
  type Utf8,
  type Vector,
} from "apache-arrow";

/**
 * Encodes an Arrow IPC file that file readers and, from byte 8, stream readers accept. It cures what apache-arrow
 * 21.2.0 does otherwise: the schema message is embedded; a batch of another schema is an error and not dropped in
 * silence; every dictionary is complete and stands before the first batch, also when there is no batch; bytes are
 * handed out as they come instead of queueing without back-pressure. Buffers are never compressed. `finish()` of the
 * base class encodes the footer.
 */
export class ArrowFileWriter extends RecordBatchFileWriter {
  readonly #fileSchema: Schema;
  readonly #dictionaries: ReadonlyMap<number, Vector<Utf8>>;
  #pending: Uint8Array[] = [];
  #room = Buffer.alloc(0);
  #rows = 0;

  /** `dictionaries` by dictionary id: all that the schema names. */
  constructor(schema: Schema, dictionaries: ReadonlyMap<number, Vector<Utf8>>) {
    super();
    this.#fileSchema = schema;
    this.#dictionaries = dictionaries;
    this.reset(undefined, schema);
    for (const id of schema.dictionaries.keys()) this.#writeDictionary(id);
  }

  /** Rows encoded so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Encodes one batch. @throws if its schema or one of its dictionaries is not the file's. */
  override write(batch: RecordBatch): void {
    if (!util.compareSchemas(this.#fileSchema, batch.schema)) {
      throw new Error(
        `Cannot write record batch: its schema must be ${this.#fileSchema}: current value is ${batch.schema}`,
      );
    }
    this._writeRecordBatch(batch);
    this.#rows += batch.numRows;
  }

  /**
   * A copy of the bytes encoded since the last call, good until the next; the buffers of a written batch may be used again after it.
   */
  takeBytes(): Uint8Array {
    const length = this.#pending.reduce((sum, bytes) => sum + bytes.byteLength, 0);
    if (this.#room.length < length) this.#room = Buffer.from(new ArrayBuffer(length));
    let end = 0;
    for (const bytes of this.#pending.splice(0)) {
      this.#room.set(bytes, end);
      end += bytes.byteLength;
    }
    return this.#room.subarray(0, end);
  }

  protected override _writeSchema(schema: Schema): this {
    super._writeSchema(schema);
    return this._writeMessage(Message.from(schema));
  }

  protected override _writeDictionaries(batch: RecordBatch): this {
    for (const [id, dictionary] of batch.dictionaries) {
      if (dictionary.data[0] !== this.#dictionaries.get(id)?.data[0]) {
        throw new Error(
          `Cannot write record batch: dictionary ${id} must be the one of the file: current value differs`,
        );
      }
    }
    return this;
  }

  protected override _write(chunk: ArrayBufferView): this {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#pending.push(bytes);
    this._position += bytes.byteLength;
    return this;
  }

  #writeDictionary(id: number): void {
    const [data, ...more] = this.#dictionaries.get(id)?.data ?? [];
    if (data === undefined || more.length > 0) {
      throw new Error(
        `Cannot write dictionary ${id}: it must be one piece: current value is ${more.length + 1} pieces`,
      );
    }
    this._writeDictionaryBatch(data, id);
  }
}
