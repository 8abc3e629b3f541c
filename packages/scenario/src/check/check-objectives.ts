import type { Finding } from "../finding.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { showValue } from "../wording/show-value.js";
import { listAt, numberAt } from "./tolerant-values.js";

/** A verdict needs more than a coin's confidence: below it pass and fail can hold together. */
const LEAST_CONFIDENCE = 0.5;

/** What the keys of an objective demand of each other, and the objectives of each other. */
export function checkObjectives(data: unknown): readonly Finding[] {
  const objectives = listAt(data, ["objectives"]) ?? [];
  const paths = objectives.map((_, index) => ["objectives", index]);
  return [...paths.flatMap((path) => checkKeysOf(data, path)), ...repetitions(objectives)];
}

function checkKeysOf(data: unknown, path: DataPath): readonly Finding[] {
  const has = (key: string): boolean => valueAt(data, [...path, key]) !== undefined;
  const findings: Finding[] = [];
  const reject = (message: string, at: DataPath = path): void => void findings.push({ path: at, at: "value", message });
  if (!has("below") && !has("above")) reject("must have a limit: give below or above");
  if (has("below") && has("above")) reject("must have one limit: current keys are below and above");
  if (has("quantile") && has("probability")) {
    reject("must judge one thing: current keys are quantile and probability");
  }
  const confidence = numberAt(data, [...path, "confidence"]);
  if (confidence !== undefined && confidence <= LEAST_CONFIDENCE) {
    reject(`must be > ${LEAST_CONFIDENCE}: current value is ${showValue(confidence)}`, [...path, "confidence"]);
  }
  return findings;
}

function repetitions(objectives: readonly unknown[]): readonly Finding[] {
  const seen = new Set<string>();
  return objectives.flatMap((objective, index) => {
    const key = JSON.stringify(objective);
    const isRepeated = seen.has(key);
    seen.add(key);
    const message = "objectives must be different: it is there before";
    return isRepeated ? [{ path: ["objectives", index], at: "value" as const, message }] : [];
  });
}
