import { describe, expect, test } from "vitest";
import { logGamma } from "../src/resolve/log-gamma.js";

describe("logGamma", () => {
  test("logGamma agrees with factorials", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(Math.exp(logGamma(n)) / factorial - 1).toBeCloseTo(0, 12);
      factorial *= n;
    }
  });

  test("logGamma agrees with the values at halves", () => {
    // Gamma(1/2) = sqrt(pi), Gamma(3/2) = sqrt(pi) / 2, Gamma(5/2) = 3 sqrt(pi) / 4.
    const root = Math.sqrt(Math.PI);
    expect(Math.exp(logGamma(0.5))).toBeCloseTo(root, 13);
    expect(Math.exp(logGamma(1.5))).toBeCloseTo(root / 2, 13);
    expect(Math.exp(logGamma(2.5))).toBeCloseTo((3 * root) / 4, 13);
  });

  test("logGamma obeys Gamma(x + 1) = x Gamma(x)", () => {
    for (let x = 0.05; x < 30; x += 0.37) expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 11);
  });

  test("logGamma agrees with Stirling's series for a large argument", () => {
    // Abramowitz and Stegun (1964), 6.1.41.
    const x = 1000;
    const stirling = (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    expect(logGamma(x)).toBeCloseTo(stirling, 9);
  });
});
