import { expect } from "vitest";
import type { Plan, RunResult } from "../src/index.js";
import { metricsByName, rowsOf } from "./measured.js";

/** Expects that the second result has all that the first one has, to the last bit, and perhaps more. */
export function expectSubset(
  [plan, result]: readonly [Plan, RunResult],
  [more, other]: readonly [Plan, RunResult],
): void {
  expect(other.events).toBe(result.events);
  expectSame(metricsByName(plan, result), metricsByName(more, other));
  expectSame(rowsOf(plan, result.series), rowsOf(more, other.series));
  expectSame(rowsOf(plan, result.samples), rowsOf(more, other.samples));
}

function expectSame(some: ReadonlyMap<string, unknown>, all: ReadonlyMap<string, unknown>): void {
  expect([...some.keys()].map((name) => [name, all.get(name)])).toEqual([...some]);
}
