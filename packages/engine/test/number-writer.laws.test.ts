import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberReader } from "../src/platform/number-reader.js";
import { NumberWriter } from "../src/platform/number-writer.js";

const runs = { seed: 20_261_121, numRuns: 50 };
/** How many numbers the memory of a new writer holds. */
const INITIAL = 1024;
const numbers = fc.array(fc.double(), { maxLength: 100, size: "max" });
/** From nothing over the first doubling to the second. */
const length = fc.oneof(
  fc.nat(10),
  fc.integer({ min: INITIAL - 2, max: INITIAL + 2 }),
  fc.integer({ min: 2 * INITIAL - 2, max: 2 * INITIAL + 2 }),
  fc.nat(5 * INITIAL),
);

function written(writer: NumberWriter): Float64Array {
  return writer.values.subarray(0, writer.length);
}

describe("NumberWriter", () => {
  it("NumberWriter writes what NumberReader reads, bit for bit and in order", () => {
    const law = fc.property(numbers, (list) => {
      const writer = new NumberWriter();
      for (const value of list) writer.number(value);
      expect(writer.length).toBe(list.length);
      const reader = new NumberReader(writer.values);
      for (const value of list) expect(reader.number()).toBe(value);
    });
    fc.assert(law, runs);
  });

  it("NumberWriter grows with what is written, past 1,024 numbers, and keeps it", () => {
    const law = fc.property(length, (count) => {
      const writer = new NumberWriter();
      for (let k = 0; k < count; k++) writer.number(k / 8);
      expect(writer.length).toBe(count);
      expect(written(writer)).toEqual(Float64Array.from({ length: count }, (_, k) => k / 8));
    });
    fc.assert(law, runs);
  });

  it("NumberWriter takes new memory only to double it", () => {
    const writer = new NumberWriter();
    const memories = new Set<Float64Array>();
    for (let k = 0; k < 16 * INITIAL; k++) {
      writer.number(k);
      memories.add(writer.values);
    }
    expect([...memories].map((values) => values.length / INITIAL)).toEqual([1, 2, 4, 8, 16]);
  });

  it("NumberWriter.numbers writes the first numbers of an array as NumberWriter.number does", () => {
    const law = fc.property(length, length, fc.nat(50), (before, count, more) => {
      const from = Float64Array.from({ length: count + more }, (_, k) => k / 8);
      const [whole, single] = [new NumberWriter(), new NumberWriter()];
      for (const writer of [whole, single]) for (let k = 0; k < before; k++) writer.number(-k);
      whole.numbers(from, count);
      for (let k = 0; k < count; k++) single.number(from[k]!);
      for (const writer of [whole, single]) writer.number(0.5);
      expect(written(whole)).toEqual(written(single));
      expect(whole.values).toHaveLength(single.values.length);
    });
    fc.assert(law, runs);
  });

  it("NumberWriter.reset forgets what was written, whatever follows", () => {
    const law = fc.property(length, length, (before, after) => {
      const writer = new NumberWriter();
      for (let k = 0; k < before; k++) writer.number(-1);
      writer.reset();
      expect(writer.length).toBe(0);
      for (let k = 0; k < after; k++) writer.number(k);
      expect(written(writer)).toEqual(Float64Array.from({ length: after }, (_, k) => k));
    });
    fc.assert(law, runs);
  });
});

describe("NumberReader", () => {
  it("NumberReader.int and NumberReader.number read from one list", () => {
    const reader = new NumberReader(Float64Array.of(3, 0.5, -1, Number.POSITIVE_INFINITY));
    expect([reader.int(), reader.number(), reader.int(), reader.number()]).toEqual([
      3,
      0.5,
      -1,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("NumberReader.numbers gives a copy of the numbers that come next", () => {
    const law = fc.property(numbers, fc.nat(20), fc.nat(20), (list, skipped, count) => {
      const values = Float64Array.from([...list, ...Array.from({ length: 40 }, (_, k) => k), 0.125]);
      const reader = new NumberReader(values);
      for (let k = 0; k < skipped; k++) reader.number();
      const read = reader.numbers(count);
      expect(read).toEqual(values.slice(skipped, skipped + count));
      expect(reader.number()).toBe(values[skipped + count]);
      const before = read.slice();
      values.fill(-1);
      expect(read).toEqual(before);
    });
    fc.assert(law, runs);
  });

  it("NumberReader.view gives the numbers that come next where they stand", () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const reader = new NumberReader(values);
    expect(reader.number()).toBe(1);
    const view = reader.view(2);
    expect(reader.number()).toBe(4);
    values[1] = -2;
    expect(view).toEqual(Float64Array.of(-2, 3));
  });
});
