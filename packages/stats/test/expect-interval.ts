import { expect } from "vitest";
import type { Estimate } from "../src/index.js";

export function expectContained({ estimate, ci_low, ci_high }: Estimate): void {
  expect(ci_low).toBeLessThanOrEqual(estimate);
  expect(estimate).toBeLessThanOrEqual(ci_high);
}

/** `wide` encloses `narrow`, but for rounding. */
export function expectEnclosed({ wide, narrow, scale }: { wide: Estimate; narrow: Estimate; scale: number }): void {
  expect(wide.ci_low).toBeLessThanOrEqual(narrow.ci_low + 1e-9 * scale);
  expect(wide.ci_high).toBeGreaterThanOrEqual(narrow.ci_high - 1e-9 * scale);
}

/** Equal but for rounding, or the same infinity. */
export function expectClose({ actual, expected, scale }: { actual: number; expected: number; scale: number }): void {
  if (actual === expected) return;
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * scale);
}
