import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearsonInterval, wilsonInterval } from "../src/index.js";
import { fraction, runs } from "./arbitraries.js";
import { expectClose, expectContained, expectEnclosed } from "./expect-interval.js";

const trialled = fc
  .integer({ min: 1, max: 2000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }));

describe.each([
  ["wilsonInterval", wilsonInterval],
  ["clopperPearsonInterval", clopperPearsonInterval],
])("%s", (name, interval) => {
  it(`${name} contains its estimate, within 0 and 1`, () => {
    const law = fc.property(trialled, fraction, (counts, confidence) => {
      const found = interval({ ...counts, confidence });
      expectContained(found);
      expect(found.ci_low).toBeGreaterThanOrEqual(0);
      expect(found.ci_high).toBeLessThanOrEqual(1);
    });
    fc.assert(law, runs);
  });

  it(`${name} widens with confidence`, () => {
    const law = fc.property(trialled, fraction, fraction, (counts, one, other) => {
      const wide = interval({ ...counts, confidence: Math.max(one, other) });
      expectEnclosed({ wide, narrow: interval({ ...counts, confidence: Math.min(one, other) }), scale: 1e-3 });
    });
    fc.assert(law, runs);
  });

  it(`${name} is symmetric in successes and failures`, () => {
    const law = fc.property(trialled, fraction, ({ successes, trials }, confidence) => {
      const found = interval({ successes, trials, confidence });
      const mirrored = interval({ successes: trials - successes, trials, confidence });
      expectClose({ actual: mirrored.ci_low, expected: 1 - found.ci_high, scale: 1e-6 });
      expectClose({ actual: mirrored.ci_high, expected: 1 - found.ci_low, scale: 1e-6 });
    });
    fc.assert(law, runs);
  });

  it(`${name} rises with the successes`, () => {
    const law = fc.property(trialled, fraction, ({ successes, trials }, confidence) => {
      fc.pre(successes < trials);
      const found = interval({ successes, trials, confidence });
      const more = interval({ successes: successes + 1, trials, confidence });
      expect(more.ci_low).toBeGreaterThan(found.ci_low);
      expect(more.ci_high).toBeGreaterThan(found.ci_high);
    });
    fc.assert(law, runs);
  });
});
