import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberReader } from "../src/platform/number-reader.js";
import { NumberWriter } from "../src/platform/number-writer.js";
import { RecordedValues } from "../src/measures/recorded-values.js";
import { ValueRecorder } from "../src/record/value-recorder.js";

const runs = { seed: 20_261_121, numRuns: 150 };
/** Without numbers whose squares have no digits left. */
const value = fc.double({ min: 0, max: 1000, noNaN: true }).map((x) => (x < 1e-100 ? 0 : x));
const sample = fc.array(value, { minLength: 1, maxLength: 100 });

function recorderOf(values: readonly number[]): ValueRecorder {
  const recorder = new ValueRecorder(10);
  for (const one of values) recorder.add(one);
  return recorder;
}

function savedOf(recorder: ValueRecorder): Float64Array {
  const writer = new NumberWriter();
  recorder.save(writer);
  return writer.values.slice(0, writer.length);
}

/** What is read of the values that a recorder saved. */
function recordedOf(values: readonly number[]): RecordedValues {
  return RecordedValues.read(new NumberReader(savedOf(recorderOf(values))));
}

describe("ValueRecorder", () => {
  it("ValueRecorder agrees with the formulas over the whole sample", () => {
    const law = fc.property(sample, (values) => {
      const recorded = recordedOf(values);
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      const variance = values.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / values.length;
      const scale = Math.max(...values);
      expect(recorded.count).toBe(values.length);
      expect(Math.abs(recorded.mean - mean)).toBeLessThanOrEqual(1e-12 * scale);
      expect(Math.abs(recorded.std - Math.sqrt(variance))).toBeLessThanOrEqual(1e-7 * scale);
      expect(recorded.smallest).toBe(Math.min(...values));
      expect(recorded.largest).toBe(Math.max(...values));
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder keeps a small spread around a large mean", () => {
    const offsets = fc.integer({ min: 1, max: 30 }).map((power) => 2 ** power);
    const spreads = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 100 });
    const law = fc.property(offsets, spreads, (offset, thousandths) => {
      // Multiples of 2^-20: the sums are exact, so the offset must not show at all.
      const small = recordedOf(thousandths.map((k) => k / 1_048_576));
      const large = recordedOf(thousandths.map((k) => offset + k / 1_048_576));
      expect(large.std).toBe(small.std);
      expect(large.mean - offset).toBeCloseTo(small.mean, 6);
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder gives quantiles within minimum and maximum, exact for one value", () => {
    const law = fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
      const recorded = recordedOf(values);
      expect(recorded.quantile(p)).toBeGreaterThanOrEqual(Math.min(...values));
      expect(recorded.quantile(p)).toBeLessThanOrEqual(Math.max(...values));
      expect(recordedOf([values[0]!, values[0]!]).quantile(p)).toBe(values[0]!);
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder.reset forgets everything", () => {
    const law = fc.property(sample, sample, (before, after) => {
      const recorder = recorderOf(before);
      recorder.reset();
      expect(savedOf(recorder)).toEqual(savedOf(recorderOf([])));
      for (const one of after) recorder.add(one);
      expect(savedOf(recorder)).toEqual(savedOf(recorderOf(after)));
    });
    fc.assert(law, runs);
  });

  it("ValueRecorder.save writes as much as RecordedValues reads, and changes nothing", () => {
    const perhaps = fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 9, arbitrary: sample });
    const law = fc.property(perhaps, perhaps, (values, later) => {
      const recorder = recorderOf(values);
      const writer = new NumberWriter();
      recorder.save(writer);
      // What the next part of a recorder would write.
      writer.number(0.125);
      const reader = new NumberReader(writer.values);
      expect(RecordedValues.read(reader).count).toBe(values.length);
      expect(reader.number()).toBe(0.125);
      for (const one of later) recorder.add(one);
      expect(savedOf(recorder)).toEqual(savedOf(recorderOf([...values, ...later])));
    });
    fc.assert(law, runs);
  });
});
