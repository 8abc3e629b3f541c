import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatQuantity } from "../src/index.js";

const UNITS = ["s", "ratio", "1/s", "1", "MB", "usd"] as const;
const magnitude = fc
  .tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -14, max: 20 }), fc.constantFrom(-1, 1))
  .map(([mantissa, exponent, sign]) => sign * mantissa * Number(`1e${exponent}`));

describe("formatQuantity", () => {
  test("formatQuantity parses back within half of its fourth digit", () => {
    fc.assert(
      fc.property(magnitude, fc.constantFrom(...UNITS), (value, unit) => {
        const parsed = parse(formatQuantity(value, unit));
        expect(Math.abs(parsed - value)).toBeLessThanOrEqual(Math.abs(value) * 0.0005 * (1 + 1e-9));
      }),
      { seed: 20_261_121, numRuns: 2000 },
    );
  });

  test("formatQuantity parses back within a twentieth of its standard error", () => {
    fc.assert(
      fc.property(magnitude, magnitude, fc.constantFrom(...UNITS), (value, error, unit) => {
        const std_error = Math.abs(error);
        const parsed = parse(formatQuantity(value, unit, { std_error }));
        const rounding = Math.abs(value) * 1e-14;
        expect(Math.abs(parsed - value)).toBeLessThanOrEqual((std_error / 20) * (1 + 1e-9) + rounding);
      }),
      { seed: 20_261_121, numRuns: 2000 },
    );
  });

  test("formatQuantity(-x) is formatQuantity(x) with a minus sign, or shows zero", () => {
    fc.assert(
      fc.property(
        magnitude,
        fc.constantFrom(...UNITS),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (value, unit, std_error) => {
          const positive = formatQuantity(Math.abs(value), unit, { std_error });
          const negative = formatQuantity(-Math.abs(value), unit, { std_error });
          expect(negative).toBe(parse(positive) === 0 ? positive : `-${positive}`);
        },
      ),
      { seed: 20_261_121, numRuns: 1000 },
    );
  });
});

/** What a reader makes of the text: the number in the unit that the quantity came in. */
function parse(text: string): number {
  const [, digits, suffix] = /^(-?[\d,]+(?:\.\d+)?(?:e[+-]\d+)?)(.*)$/u.exec(text)!;
  const number = Number(digits!.replaceAll(",", ""));
  return number / (DIVISORS.get(suffix!.trim()) ?? 1);
}

const DIVISORS: ReadonlyMap<string, number> = new Map([
  ["ms", 1000],
  ["µs", 1_000_000],
  ["ns", 1_000_000_000],
  ["%", 100],
]);
