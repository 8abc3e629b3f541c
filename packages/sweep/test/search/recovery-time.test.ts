import { expect, test } from "vitest";
import { recoveryTime_s } from "../../src/search/recovery-time.js";

const from = { cell_s: 2, from_s: 20, needed_per_s: 5 };
/** 100 cells of 2 s: 10/s, and nothing from cell 5 to cell `end`. */
const path = (end: number): Float64Array =>
  Float64Array.from({ length: 100 }, (_, cell) => (cell >= 5 && cell < end ? 0 : 10));

test("recoveryTime_s counts from the end of the trigger to where throughput is back", () => {
  // Cell 50 begins at 100 s.
  expect(recoveryTime_s(path(50), from)).toBe(80);
  expect(recoveryTime_s(path(5), from)).toBe(0);
});

test("recoveryTime_s is Infinity for a run that has not recovered", () => {
  expect(recoveryTime_s(path(100), from)).toBe(Infinity);
});

test("recoveryTime_s counts the last time that throughput was low", () => {
  const twice = path(20).fill(0, 60, 80);
  expect(recoveryTime_s(twice, from)).toBe(140);
});
