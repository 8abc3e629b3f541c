import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ValueRecorder } from "../src/record/value-recorder.js";

const runs = { seed: 20_261_121, numRuns: 300 };
/** Without numbers whose squares have no digits left. */
const value = fc.double({ min: 0, max: 1000, noNaN: true }).map((x) => (x < 1e-100 ? 0 : x));
const sample = fc.array(value, { minLength: 1, maxLength: 100 });

function recorderOf(values: readonly number[]): ValueRecorder {
  const recorder = new ValueRecorder(10);
  for (const one of values) recorder.add(one);
  return recorder;
}

describe("ValueRecorder", () => {
  it("ValueRecorder agrees with the formulas over the whole sample", () => {
    const law = fc.property(sample, (values) => {
      const recorder = recorderOf(values);
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      const variance = values.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / values.length;
      const scale = Math.max(...values);
      expect(recorder.count).toBe(values.length);
      expect(Math.abs(recorder.mean() - mean)).toBeLessThanOrEqual(1e-12 * scale);
      expect(Math.abs(recorder.std() - Math.sqrt(variance))).toBeLessThanOrEqual(1e-7 * scale);
      expect(Math.abs(recorder.total() - mean * values.length)).toBeLessThanOrEqual(1e-12 * scale * values.length);
      expect(recorder.min()).toBe(Math.min(...values));
      expect(recorder.max()).toBe(Math.max(...values));
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder keeps a small spread around a large mean", () => {
    const offsets = fc.integer({ min: 1, max: 30 }).map((power) => 2 ** power);
    const spreads = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 100 });
    const law = fc.property(offsets, spreads, (offset, thousandths) => {
      // Multiples of 2^-20: the sums are exact, so the offset must not show at all.
      const small = recorderOf(thousandths.map((k) => k / 1_048_576));
      const large = recorderOf(thousandths.map((k) => offset + k / 1_048_576));
      expect(large.std()).toBe(small.std());
      expect(large.mean() - offset).toBeCloseTo(small.mean(), 6);
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder.quantile stays within minimum and maximum and is exact for one value", () => {
    const law = fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
      const recorder = recorderOf(values);
      expect(recorder.quantile(p)).toBeGreaterThanOrEqual(Math.min(...values));
      expect(recorder.quantile(p)).toBeLessThanOrEqual(Math.max(...values));
      expect(recorderOf([values[0]!, values[0]!]).quantile(p)).toBe(values[0]!);
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder.reset forgets everything", () => {
    const law = fc.property(sample, sample, (before, after) => {
      const recorder = recorderOf(before);
      recorder.reset();
      for (const read of [recorder.mean(), recorder.std(), recorder.min(), recorder.max(), recorder.quantile(0.5)])
        expect(read).toBeNaN();
      for (const one of after) recorder.add(one);
      const fresh = recorderOf(after);
      expect([recorder.count, recorder.mean(), recorder.std(), recorder.min(), recorder.max()]).toEqual([
        fresh.count,
        fresh.mean(),
        fresh.std(),
        fresh.min(),
        fresh.max(),
      ]);
      expect(recorder.histogram.buckets()).toEqual(fresh.histogram.buckets());
    });
    fc.assert(law, runs);
  });
});
