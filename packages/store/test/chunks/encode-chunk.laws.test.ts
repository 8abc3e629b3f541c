import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OUTCOMES, type ChunkAddress, type ChunkContent } from "../../src/index.js";
import { decodeChunk } from "../../src/chunks/decode-chunk.js";
import { encodeChunk } from "../../src/chunks/encode-chunk.js";

const doubles = (maxLength: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.double(), { maxLength }).map((values) => Float64Array.from(values));

const histogram = fc
  .uniqueArray(fc.tuple(fc.nat(1 << 20), fc.maxSafeNat()), { selector: ([index]) => index, maxLength: 8 })
  .map((buckets) => ({
    indices: Int32Array.from(buckets, ([index]) => index),
    counts: Float64Array.from(buckets, ([, count]) => count),
  }));

const chunk: fc.Arbitrary<readonly [ChunkAddress, ChunkContent]> = fc.integer({ min: 1, max: 12 }).chain((count) => {
  const row = { minLength: count, maxLength: count };
  const address = fc.record({
    key: fc.stringMatching(/^[0-9a-f]{32}$/),
    first_replication: fc.maxSafeNat(),
    count: fc.constant(count),
  });
  const content = fc.record({
    outcomes: fc.array(fc.constantFrom(...OUTCOMES), row),
    // Whole characters: half of a pair has no UTF-8.
    reasons: fc.array(fc.string({ unit: "binary" }), row),
    metrics: doubles(40),
    paths: doubles(40),
    groups: doubles(40),
    histograms: fc.array(histogram, { maxLength: 4 }),
    events: fc.maxSafeNat(),
  });
  return fc.tuple(address, content);
});

describe("encodeChunk", () => {
  test("encodeChunk: every content comes back bit by bit, and gives equal bytes again", () => {
    fc.assert(
      fc.property(chunk, ([address, content]) => {
        const bytes = encodeChunk(address, content);
        const found = decodeChunk(bytes, address);
        expect(found).toEqual(content);
        expect(bits(found.metrics)).toEqual(bits(content.metrics));
        expect(Buffer.compare(encodeChunk(address, found), bytes)).toBe(0);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  test("encodeChunk writes every NaN in one way", () => {
    const address = { key: "0".repeat(32), first_replication: 0, count: 1 };
    const content = (metrics: Float64Array): ChunkContent => ({
      outcomes: ["completed"],
      reasons: [""],
      metrics,
      paths: new Float64Array(0),
      groups: new Float64Array(0),
      histograms: [],
      events: 1,
    });
    const usual = encodeChunk(address, content(Float64Array.of(Number.NaN)));
    const nan = fc.tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 2n ** 52n - 1n }));
    fc.assert(
      fc.property(nan, ([isNegative, payload]) => {
        const odd = BigUint64Array.of((isNegative ? 0xfffn : 0x7ffn) * 2n ** 52n + payload);
        expect(Buffer.compare(encodeChunk(address, content(new Float64Array(odd.buffer))), usual)).toBe(0);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});

/** But for those of NaN, of which there is one for all. */
function bits(values: Float64Array): readonly bigint[] {
  return Array.from(new BigUint64Array(values.map((value) => (Number.isNaN(value) ? Number.NaN : value)).buffer));
}
