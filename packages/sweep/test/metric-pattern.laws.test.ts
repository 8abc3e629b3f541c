import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesAny } from "../src/metric-pattern.js";

describe("matchesAny", () => {
  test("matchesAny agrees with the regular expression in which * is any text", () => {
    // Few letters, so that patterns often match; a dot and a plus, so that they must be taken as they are.
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "+"), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "+", "*", "*"), maxLength: 8 });
    let matched = 0;
    fc.assert(
      fc.property(pattern, text, (wanted, name) => {
        const escaped = wanted.replaceAll(/[.+]/g, String.raw`\$&`).replaceAll("*", ".*");
        const expected = new RegExp(`^${escaped}$`, "s").test(name);
        matched += expected ? 1 : 0;
        expect(matchesAny([wanted], name)).toBe(expected);
      }),
      { seed: 20_261_121, numRuns: 5000 },
    );
    expect(matched).toBeGreaterThan(300);
  });
});
