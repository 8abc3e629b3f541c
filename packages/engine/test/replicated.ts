import { expect } from "vitest";
import { createSimulation, runPrepared, type Plan, type RunResult } from "../src/index.js";
import { measured, type Measured } from "./measured.js";

/** What is read of one replication. */
export type Reading = (value: Measured, result: RunResult) => number;

/** A mean over replications and its standard error. */
export interface Replicated {
  readonly mean: number;
  readonly std_error: number;
}

/** Thirty replications of a plan, every reading of them averaged. The same seed every time, so no test fails by chance. */
export function replicated<Name extends string>(
  plan: Plan,
  readings: Readonly<Record<Name, Reading>>,
  replications = 30,
): Readonly<Record<Name, Replicated>> {
  const simulation = createSimulation(plan);
  const results = Array.from({ length: replications }, (_, replication) =>
    runPrepared(simulation, 20_261_121, replication),
  );
  const entries = Object.entries<Reading>(readings).map(([name, read]) => {
    const values = results.map((result) => read(measured(plan, result), result));
    const mean = values.reduce((sum, value) => sum + value, 0) / replications;
    const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (replications - 1);
    return [name, { mean, std_error: Math.sqrt(square / replications) }];
  });
  return Object.fromEntries(entries) as Readonly<Record<Name, Replicated>>;
}

/** Agrees within 4 standard errors, and the standard error is small enough for that to mean something. With LOADSTAR_TELL in the environment it says so. */
export function expectTruth(found: Replicated, truth: number, name: string, relative = 0.01): void {
  const distance = Math.abs(found.mean - truth) / found.std_error;
  const precision = found.std_error / truth;
  const told = `${name}: ${found.mean.toPrecision(6)} +- ${found.std_error.toPrecision(3)}, truth ${truth.toPrecision(6)}`;
  if (process.env["LOADSTAR_TELL"] !== undefined) process.stdout.write(`${told}\n`);
  expect(precision, told).toBeLessThanOrEqual(relative);
  expect(distance, told).toBeLessThanOrEqual(4);
}
