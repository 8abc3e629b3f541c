import { describe, expect, test } from "vitest";
import { DamagedChunk } from "../../src/index.js";
import { decodeChunk } from "../../src/chunks/decode-chunk.js";
import { encodeChunk } from "../../src/chunks/encode-chunk.js";
import { ADDRESS, CONTENT, resealed, withHeader, withNumbers } from "./sample-chunk.js";

const BYTES = encodeChunk(ADDRESS, CONTENT);

describe("decodeChunk", () => {
  test("decodeChunk gives back what encodeChunk was given", () => {
    expect(decodeChunk(BYTES, ADDRESS)).toEqual(CONTENT);
    expect(Object.is(decodeChunk(BYTES, ADDRESS).metrics[1], -0)).toBe(true);
  });

  test("decodeChunk reads a file that stands at any place in a larger buffer", () => {
    for (let offset = 0; offset < 9; offset++) {
      const larger = new Uint8Array(BYTES.length + 20);
      larger.set(BYTES, offset);
      expect(decodeChunk(larger.subarray(offset, offset + BYTES.length), ADDRESS)).toEqual(CONTENT);
    }
  });

  test("decodeChunk refuses every beginning of a file, and one with something behind it", () => {
    for (let length = 0; length < BYTES.length; length++) {
      expect(() => decodeChunk(BYTES.subarray(0, length), ADDRESS), `${length} bytes`).toThrow(DamagedChunk);
    }
    const longer = Buffer.concat([BYTES, Buffer.alloc(8)]);
    expect(() => decodeChunk(longer, ADDRESS)).toThrow("its SHA-256 differs");
  });

  test("decodeChunk refuses a file with any one bit flipped", () => {
    for (let bit = 0; bit < 8 * BYTES.length; bit++) {
      const flipped = Uint8Array.from(BYTES);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decodeChunk(flipped, ADDRESS), `bit ${bit}`).toThrow(DamagedChunk);
    }
  });

  test("decodeChunk refuses a chunk that is about something else than its name", () => {
    const others = [
      { ...ADDRESS, key: `f${ADDRESS.key.slice(1)}` },
      { ...ADDRESS, first_replication: 0 },
      { ...ADDRESS, count: 2 },
    ];
    for (const other of others) {
      expect(() => decodeChunk(BYTES, other)).toThrow("it is about other replications than its name says");
    }
  });

  test.each<[string, (header: Record<string, unknown>) => unknown, string]>([
    ["a later version", (header) => ({ ...header, loadstar_chunk: 3 }), "its version must be 2"],
    ["no version", () => ({}), "its version must be 2"],
    ["a nested version", () => `{"loadstar_chunk":${deep(100_000)}}`, "its version must be 2"],
    ["a list", () => [], "its version must be 2"],
    ["null", () => null, "its header is no mapping"],
    ["a number", () => 7, "its header is no mapping"],
    ["no JSON", () => "{", "its header is no JSON"],
    ["too many metrics", (header) => ({ ...header, metrics: 7 }), "its lengths do not add up"],
    ["too few metrics", (header) => ({ ...header, metrics: 5 }), "its lengths do not add up"],
    ["more metrics than there is memory", (header) => ({ ...header, metrics: 2 ** 53 - 1 }), "do not add up"],
    ["a negative length that adds up", (header) => ({ ...header, metrics: -1, paths: 10 }), "not one that Loadstar"],
    ["half a length", (header) => ({ ...header, metrics: 5.5, paths: 3.5 }), "not one that Loadstar writes"],
    ["no length", (header) => ({ ...header, metrics: null }), "not one that Loadstar writes"],
    ["another outcome", (header) => ({ ...header, outcomes: ["completed", "well", "failed"] }), "not one that"],
    ["too few outcomes", (header) => ({ ...header, outcomes: ["completed"] }), "not one that Loadstar writes"],
    ["reasons that are numbers", (header) => ({ ...header, reasons: [1, 2, 3] }), "not one that Loadstar writes"],
    ["histograms that are no list", (header) => ({ ...header, histograms: { length: 2 } }), "not one that Loadstar"],
    ["nested histograms", (header) => ({ ...header, histograms: [[3], 0] }), "not one that Loadstar writes"],
    ["no events", (header) => ({ ...header, events: -1 }), "not one that Loadstar writes"],
  ])("decodeChunk refuses a header with %s, though its SHA-256 is right", (_, change, message) => {
    const decode = (): unknown => decodeChunk(withHeader(BYTES, change), ADDRESS);
    expect(decode).toThrow(DamagedChunk);
    expect(decode).toThrow(message);
  });

  test("decodeChunk refuses a header that is longer than the file, though its SHA-256 is right", () => {
    for (const length of [2 ** 32 - 1, BYTES.length, BYTES.length - 43, 0, 3]) {
      const lying = Buffer.from(BYTES);
      lying.writeUInt32LE(length, 8);
      expect(() => decodeChunk(resealed(lying), ADDRESS), `${length}`).toThrow(DamagedChunk);
    }
  });

  test("decodeChunk refuses a small file that would fill memory, though its SHA-256 is right", () => {
    const bomb = withHeader(BYTES, (header) => ({ ...header, metrics: 2 ** 40, paths: 0, groups: 0, histograms: [] }));
    const decode = (numbers: number): unknown => decodeChunk(withNumbers(bomb, Float64Array.of(-numbers, 0)), ADDRESS);
    expect(() => decode(2 ** 40)).toThrow("it has more than 67108864 numbers");
    expect(() => decode(2 ** 40 - 1)).toThrow("its lengths do not add up");
  });

  test("decodeChunk refuses a file of another kind", () => {
    expect(() => decodeChunk(Buffer.alloc(100), ADDRESS)).toThrow("it is no chunk");
    expect(() => decodeChunk(new Uint8Array(0), ADDRESS)).toThrow("it is cut off: 0 bytes");
  });

  test("decodeChunk takes no prototype from a header", () => {
    const header = (text: Record<string, unknown>): string =>
      `${JSON.stringify(text).slice(0, -1)},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
    expect(decodeChunk(withHeader(BYTES, header), ADDRESS)).toEqual(CONTENT);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

function deep(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}
