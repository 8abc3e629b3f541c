import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coverRange } from "../../src/chunks/cover-range.js";
import { cutRange } from "../../src/chunks/cut-range.js";
import type { ReplicationRange } from "../../src/series/series-layout.js";

const range: fc.Arbitrary<ReplicationRange> = fc.record({
  first_replication: fc.nat(300),
  count: fc.integer({ min: 1, max: 300 }),
});

/** As a directory lists them: in the order of their beginnings, the longest first. */
const present = fc
  .array(range, { maxLength: 20 })
  .map((ranges) => ranges.toSorted((a, b) => a.first_replication - b.first_replication || b.count - a.count));

const size = fc.integer({ min: 1, max: 100 });

describe("coverRange", () => {
  test("coverRange covers every replication once and in order, whatever is present", () => {
    fc.assert(
      fc.property(range, size, present, (whole, of, there) => {
        let next = whole.first_replication;
        for (const { first_replication, count } of coverRange(whole, { size: of, present: there })) {
          expect(first_replication).toBe(next);
          expect(count).toBeGreaterThanOrEqual(1);
          next += count;
        }
        expect(next).toBe(whole.first_replication + whole.count);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });

  test("coverRange takes what is present as it is, and cuts the rest at multiples of the size", () => {
    fc.assert(
      fc.property(range, size, present, (whole, of, there) => {
        const isThere = (it: ReplicationRange): boolean =>
          there.some((other) => other.first_replication === it.first_replication && other.count === it.count);
        for (const piece of coverRange(whole, { size: of, present: there })) {
          if (!isThere(piece)) expect(cutRange(piece, of)).toEqual([piece]);
        }
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });

  test("coverRange leaves out nothing that is present and overlaps nothing else", () => {
    const apart = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 40 })), { maxLength: 8 }).map((gaps) => {
      const ranges: ReplicationRange[] = [];
      let next = 0;
      for (const [gap, count] of gaps) {
        ranges.push({ first_replication: next + gap, count });
        next += gap + count;
      }
      return { ranges, end: next };
    });
    fc.assert(
      fc.property(apart, size, fc.nat(50), ({ ranges, end }, of, more) => {
        const whole = { first_replication: 0, count: end + more + 1 };
        const pieces = coverRange(whole, { size: of, present: ranges });
        for (const it of ranges) expect(pieces).toContainEqual(it);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  test("coverRange takes nothing that reaches beyond the range, and the shorter one where there is one", () => {
    const there = [
      { first_replication: 0, count: 64 },
      { first_replication: 0, count: 32 },
    ];
    const whole = { first_replication: 0, count: 40 };
    expect(coverRange(whole, { size: 64, present: there })).toEqual([
      { first_replication: 0, count: 32 },
      { first_replication: 32, count: 8 },
    ]);
  });
});
