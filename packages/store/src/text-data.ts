import { makeData, Utf8, type Data } from "apache-arrow";
import { ResultsError } from "./results-error.js";

/** Encodes texts as one Arrow array of UTF-8. @throws ResultsError for a text that UTF-8 cannot hold. */
export function encodeTexts(texts: readonly string[]): Data<Utf8> {
  const offsets = new Int32Array(texts.length + 1);
  const pieces = texts.map((text, index) => {
    if (LONE_SURROGATE.test(text)) {
      throw new ResultsError(
        `Cannot write text: it must be well-formed Unicode: current value is ${JSON.stringify(text)}`,
      );
    }
    const piece = Buffer.from(text, "utf8");
    const end = (offsets[index] ?? 0) + piece.byteLength;
    if (end > MAXIMUM_BYTES) {
      throw new ResultsError(
        `Cannot write texts: one batch must hold at most ${MAXIMUM_BYTES} bytes: current value is ${end}`,
      );
    }
    offsets[index + 1] = end;
    return piece;
  });
  return makeData({ type: new Utf8(), length: texts.length, valueOffsets: offsets, data: Buffer.concat(pieces) });
}

/**
 * Decodes an Arrow array of UTF-8, `from` included and `to` excluded. Unlike the library's own decoder it keeps a
 * leading byte order mark and refuses offsets that point outside.
 */
export function decodeTexts(data: Data<Utf8>, from = 0, to: number = data.length): readonly string[] {
  const offsets = data.valueOffsets;
  const bytes = Buffer.from(data.values.buffer, data.values.byteOffset, data.values.byteLength);
  return Array.from({ length: to - from }, (_, k) => {
    const index = from + k;
    const start = offsets[index] ?? -1;
    const end = offsets[index + 1] ?? -1;
    if (start < 0 || end < start || end > bytes.byteLength) {
      throw new RangeError(`text ${index} must lie inside its buffer: current value is ${start} to ${end}`);
    }
    return bytes.toString("utf8", start, end);
  });
}

/** Offsets are signed 32-bit integers. */
const MAXIMUM_BYTES = 2_147_483_647;

const LONE_SURROGATE = /\p{Surrogate}/u;
