import {
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  Message,
  MessageHeader,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchReader,
  Schema,
  Struct,
  tableFromIPC,
  Utf8,
  Vector,
} from "apache-arrow";
import { describe, expect, test } from "vitest";
import { ArrowFileWriter } from "../src/arrow-file-writer.js";
import { encodeTexts } from "../src/text-data.js";

const SCHEMA = new Schema([
  new Field("name", new Dictionary(new Utf8(), new Int32(), 0, false), false),
  new Field("value", new Float64(), false),
]);
const DICTIONARY = new Vector([encodeTexts(["a", "b"])]);

describe("ArrowFileWriter", () => {
  test("ArrowFileWriter embeds the schema message, so that a stream reader can start at byte 8", () => {
    const bytes = fileOf([batchOf(SCHEMA, 3), batchOf(SCHEMA, 2)]);
    expect(Buffer.from(bytes.subarray(0, 8)).toString("latin1")).toBe("ARROW1\0\0");
    const reader = RecordBatchReader.from(bytes.subarray(8));
    const batches = [...reader];
    expect(reader.isStream()).toBe(true);
    expect(batches.map(({ numRows }) => numRows)).toEqual([3, 2]);
    expect(batches[0]?.toArray().map(String)).toEqual([
      '{"name": "a", "value": 0}',
      '{"name": "b", "value": 1}',
      '{"name": "a", "value": 2}',
    ]);
  });

  test("ArrowFileWriter differs there from the stock writer, whose files a stream reader cannot read", () => {
    const stock = RecordBatchFileWriter.writeAll([batchOf(SCHEMA, 3)]).toUint8Array(true);
    expect(tableFromIPC(stock).numRows).toBe(3);
    expect(() => [...RecordBatchReader.from(stock.subarray(8))]).toThrow();
  });

  test("ArrowFileWriter refuses a batch of another type or nullability", () => {
    const writer = newWriter();
    writer.write(batchOf(SCHEMA, 1));
    expect(() => writer.write(batchOf(NULLABLE, 1))).toThrow(/Cannot write record batch: its schema must be/);
    expect(writer.rows).toBe(1);
  });

  test("ArrowFileWriter differs there from the stock writer, which drops that batch in silence", () => {
    const stock = new RecordBatchFileWriter();
    stock.write(batchOf(SCHEMA, 1));
    stock.write(batchOf(NULLABLE, 2));
    stock.finish();
    expect(tableFromIPC(stock.toUint8Array(true)).numRows).toBe(1);
  });

  test("ArrowFileWriter refuses a batch with another dictionary, even one that only grew", () => {
    const grown = new Vector([...DICTIONARY.data, encodeTexts(["c"])]);
    const other = new Vector([encodeTexts(["a", "b"])]);
    const writer = newWriter();
    expect(() => writer.write(batchOf(SCHEMA, 1, other))).toThrow(/dictionary 0 must be the one of the file/);
    expect(() => new ArrowFileWriter(SCHEMA, new Map([[0, grown]]))).toThrow(
      /it must be one piece: current value is 2/,
    );
    expect(() => new ArrowFileWriter(SCHEMA, new Map())).toThrow(/Cannot write dictionary 0/);
  });

  test("ArrowFileWriter writes one complete dictionary before the first batch, also without a batch", () => {
    expect(messagesOf(fileOf([]))).toEqual(["Schema", "DictionaryBatch"]);
    const two = messagesOf(fileOf([batchOf(SCHEMA, 1), batchOf(SCHEMA, 1)]));
    expect(two).toEqual(["Schema", "DictionaryBatch", "RecordBatch", "RecordBatch"]);
  });

  test("ArrowFileWriter gives each block of the footer the place of its message, on multiples of 8", async () => {
    const bytes = fileOf([batchOf(SCHEMA, 3), batchOf(SCHEMA, 4096), batchOf(SCHEMA, 1)]);
    const reader = RecordBatchReader.from(bytes);
    reader.open({ autoDestroy: false });
    const { footer } = reader;
    const blocks = [...(footer?.dictionaryBatches() ?? []), ...(footer?.recordBatches() ?? [])];
    expect(blocks).toHaveLength(4);
    for (const { offset, metaDataLength, bodyLength } of blocks) {
      expect([offset % 8, metaDataLength % 8, bodyLength % 8]).toEqual([0, 0, 0]);
      const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
      expect([view.getInt32(0, true), view.getInt32(4, true)]).toEqual([-1, metaDataLength - 8]);
      const message = Message.decode(bytes.subarray(offset + 8, offset + metaDataLength));
      expect(message.bodyLength).toBe(bodyLength);
      expect([MessageHeader.DictionaryBatch, MessageHeader.RecordBatch]).toContain(message.headerType);
    }
    const ends = blocks.map(({ offset, metaDataLength, bodyLength }) => offset + metaDataLength + bodyLength);
    expect(blocks.slice(1).map(({ offset }) => offset)).toEqual(ends.slice(0, -1));
    const endOfStream = new DataView(bytes.buffer, bytes.byteOffset + (ends.at(-1) ?? 0));
    expect([endOfStream.getInt32(0, true), endOfStream.getInt32(4, true)]).toEqual([-1, 0]);
  });

  test("ArrowFileWriter hands out a copy, so that the buffers of a batch may be filled again", () => {
    const values = Float64Array.of(1, 2);
    const writer = newWriter();
    writer.takeBytes();
    writer.write(batchOf(SCHEMA, 2, DICTIONARY, values));
    const taken = writer.takeBytes();
    const before = Buffer.from(taken);
    values.fill(9);
    expect(before.equals(taken)).toBe(true);
    expect(writer.takeBytes()).toHaveLength(0);
    writer.write(batchOf(SCHEMA, 2, DICTIONARY, Float64Array.of(1, 2)));
    expect(before.equals(writer.takeBytes())).toBe(true);
  });
});

const NULLABLE = new Schema([SCHEMA.fields[0] as Field, new Field("value", new Float64(), true)]);

function newWriter(): ArrowFileWriter {
  return new ArrowFileWriter(SCHEMA, new Map([[0, DICTIONARY]]));
}

function fileOf(batches: readonly RecordBatch[]): Uint8Array {
  const writer = newWriter();
  for (const batch of batches) writer.write(batch);
  writer.finish();
  return writer.takeBytes();
}

function batchOf(
  schema: Schema,
  rows: number,
  dictionary: Vector<Utf8> = DICTIONARY,
  values: Float64Array = Float64Array.from({ length: rows }, (_, row) => row),
): RecordBatch {
  const type = new Dictionary(new Utf8(), new Int32(), 0, false);
  const data = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const children = [
    makeData({ type, length: rows, nullCount: 0, data, dictionary }),
    makeData({ type: new Float64(), length: rows, nullCount: 0, data: values }),
  ];
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }));
}

/** The messages from byte 8 to the end of the stream, found by walking and not by the footer. */
function messagesOf(bytes: Uint8Array): readonly string[] {
  const kinds: string[] = [];
  for (let position = 8; ;) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + position);
    expect(view.getInt32(0, true)).toBe(-1);
    const length = view.getInt32(4, true);
    if (length === 0) return kinds;
    const message = Message.decode(bytes.subarray(position + 8, position + 8 + length));
    kinds.push(String(MessageHeader[message.headerType]));
    position += 8 + length + message.bodyLength;
  }
}
