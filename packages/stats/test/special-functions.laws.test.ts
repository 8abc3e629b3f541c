import * as fc from "fast-check";
import { expect, it } from "vitest";
import { binomialCdf, incompleteBeta, inverseIncompleteBeta, logGamma } from "../src/index.js";
import { normalQuantile, studentTCdf, studentTQuantile } from "../src/index.js";
import { runs } from "./arbitraries.js";

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
/** Positive, spread evenly over the powers of ten. */
const shape = between(-2, 4).map((exponent) => Math.exp(exponent * Math.LN10));

it("logGamma satisfies Gamma(x + 1) = x Gamma(x)", () => {
  const law = fc.property(shape, (x) => {
    const difference = logGamma(x + 1) - logGamma(x) - Math.log(x);
    expect(Math.abs(difference)).toBeLessThan(1e-13 * (1 + Math.abs(logGamma(x + 1))));
  });
  fc.assert(law, runs);
});

it("incompleteBeta satisfies I_x(a, b) = 1 - I_(1 - x)(b, a)", () => {
  const law = fc.property(shape, shape, fc.integer({ min: 1, max: 1023 }), (a, b, k) => {
    const x = k / 1024;
    expect(incompleteBeta({ a, b, x })).toBeCloseTo(1 - incompleteBeta({ a: b, b: a, x: 1 - x }), 12);
  });
  fc.assert(law, runs);
});

it("incompleteBeta satisfies I_x(a, b) = x I_x(a - 1, b) + (1 - x) I_x(a, b - 1)", () => {
  const law = fc.property(between(1.1, 500), between(1.1, 500), between(0.01, 0.99), (a, b, x) => {
    const split = x * incompleteBeta({ a: a - 1, b, x }) + (1 - x) * incompleteBeta({ a, b: b - 1, x });
    expect(Math.abs(incompleteBeta({ a, b, x }) - split)).toBeLessThan(1e-12);
  });
  fc.assert(law, runs);
});

it("incompleteBeta never decreases in x", () => {
  const law = fc.property(shape, shape, between(0, 1), between(0, 1), (a, b, x, other) => {
    const low = incompleteBeta({ a, b, x: Math.min(x, other) });
    const high = incompleteBeta({ a, b, x: Math.max(x, other) });
    expect(low).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThanOrEqual(high * (1 + 1e-12));
    expect(high).toBeLessThanOrEqual(1);
  });
  fc.assert(law, runs);
});

it("inverseIncompleteBeta is undone by incompleteBeta", () => {
  const law = fc.property(between(0.5, 5000), between(0.5, 5000), between(1e-9, 0.999), (a, b, probability) => {
    const x = inverseIncompleteBeta({ a, b, probability });
    // Next to 1 the doubles are too far apart for x to say where it is.
    fc.pre(x < 0.999);
    const back = incompleteBeta({ a, b, x });
    expect(Math.abs(back / probability - 1)).toBeLessThan(1e-10);
  });
  fc.assert(law, runs);
});

it("studentTQuantile is undone by studentTCdf", () => {
  const law = fc.property(between(1e-12, 1 - 1e-12), between(0.5, 1e6), (probability, degrees) => {
    const back = studentTCdf({ t: studentTQuantile({ probability, degrees }), degrees });
    expect(Math.abs(back / probability - 1)).toBeLessThan(1e-11);
  });
  fc.assert(law, runs);
});

it("studentTQuantile is odd about the median", () => {
  const law = fc.property(fc.integer({ min: 1, max: 1023 }), between(0.5, 1e6), (k, degrees) => {
    const probability = k / 1024;
    const mirrored = -studentTQuantile({ probability: 1 - probability, degrees });
    expect(studentTQuantile({ probability, degrees }) - mirrored).toBe(0);
  });
  fc.assert(law, runs);
});

it("normalQuantile increases and is odd about the median", () => {
  const law = fc.property(fc.integer({ min: 1, max: 4094 }), (k) => {
    const probability = k / 4096;
    expect(normalQuantile(probability)).toBeLessThan(normalQuantile((k + 1) / 4096));
    expect(normalQuantile(probability) + normalQuantile(1 - probability)).toBe(0);
  });
  fc.assert(law, runs);
});

it("binomialCdf adds up to the counts of the other outcome", () => {
  const law = fc.property(
    fc
      .integer({ min: 1, max: 3000 })
      .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials - 1 }), fc.constant(trials))),
    fc.integer({ min: 1, max: 1023 }),
    ([successes, trials], k) => {
      const probability = k / 1024;
      const others = binomialCdf({ successes: trials - successes - 1, trials, probability: 1 - probability });
      expect(Math.abs(binomialCdf({ successes, trials, probability }) + others - 1)).toBeLessThan(1e-13);
    },
  );
  fc.assert(law, runs);
});
