import * as fc from "fast-check";
import { describe, it } from "vitest";
import { controlVariateMean, moments } from "../src/index.js";
import { fraction, runs } from "./arbitraries.js";
import { expectClose, expectContained, expectEnclosed } from "./expect-interval.js";

const whole = fc.integer({ min: -100, max: 100 });
const pairs = fc
  .array(fc.tuple(whole, whole), { minLength: 4, maxLength: 40 })
  .filter((rows) => new Set(rows.map(([, control]) => control)).size > 1);

describe("controlVariateMean", () => {
  it("controlVariateMean contains its estimate and widens with confidence", () => {
    const law = fc.property(pairs, whole, fraction, fraction, (rows, control_mean, one, other) => {
      const control = rows.map((row) => row[1]);
      const of = (confidence: number): ReturnType<typeof controlVariateMean> =>
        controlVariateMean(
          rows.map((row) => row[0]),
          { control, control_mean, confidence },
        );
      const narrow = of(Math.min(one, other));
      expectContained(narrow);
      expectEnclosed({ wide: of(Math.max(one, other)), narrow, scale: 1 + narrow.std_error });
    });
    fc.assert(law, runs);
  });

  it("controlVariateMean does not depend on the unit of its control, nor on the order of pairs", () => {
    const law = fc.property(pairs, whole, fc.integer({ min: 1, max: 9 }), (rows, control_mean, factor) => {
      const sample = rows.map((row) => row[0]);
      const control = rows.map((row) => row[1]);
      const found = controlVariateMean(sample, { control, control_mean, confidence: 0.95 });
      const other = controlVariateMean(sample.toReversed(), {
        control: control.map((c) => 7 - factor * c).toReversed(),
        control_mean: 7 - factor * control_mean,
        confidence: 0.95,
      });
      const scale = 1000 + 100 * found.std_error;
      expectClose({ actual: other.estimate, expected: found.estimate, scale });
      expectClose({ actual: other.std_error, expected: found.std_error, scale });
    });
    fc.assert(law, runs);
  });

  it("controlVariateMean reduces variance by 1 / (1 - r^2), but for degrees, where the control met its mean", () => {
    const law = fc.property(pairs, (rows) => {
      const sample = moments(rows.map((row) => row[0]));
      const control = moments(rows.map((row) => row[1]));
      const products = rows.reduce((sum, [x, c]) => sum + (x - sample.mean) * (c - control.mean), 0);
      const r = products / (sample.n - 1) / sample.std / control.std;
      fc.pre(sample.std > 0 && r * r < 0.999);
      const { variance_reduction_factor } = controlVariateMean(
        rows.map((row) => row[0]),
        { control: rows.map((row) => row[1]), control_mean: control.mean, confidence: 0.95 },
      );
      const expected = (sample.n - 2) / (sample.n - 1) / (1 - r * r);
      expectClose({ actual: variance_reduction_factor, expected, scale: expected });
    });
    fc.assert(law, runs);
  });
});
