import type { Finding } from "../finding.js";
import { ADAPTIVE_DEFAULTS } from "../model/sweep-defaults.js";
import type { PrecisionTarget, Sweep } from "../model/sweep.js";
import type { DataPath } from "../path/data-path.js";

/** What the parts of adaptive replications demand of each other. */
export function checkReplications({ replications }: Sweep): readonly Finding[] {
  if (replications === undefined || typeof replications === "number") return [];
  const { min = ADAPTIVE_DEFAULTS.min, max = ADAPTIVE_DEFAULTS.max, target, until_decided } = replications;
  const path: DataPath = ["replications"];
  const targets: readonly PrecisionTarget[] = target === undefined ? [] : [target].flat();
  const places = targets.map((_, index) => [...path, "target", ...(Array.isArray(target) ? [index] : [])]);
  const purposeless = targets.length === 0 && until_decided !== true;
  return [
    ...(purposeless ? [value(path, "must say when it is enough: give target or until_decided: true")] : []),
    ...(max >= min ? [] : [value([...path, "max"], `must be >= min (${min}): current value is ${max}`)]),
    ...targets.flatMap((it, index) => checkTarget(it, places[index]!)),
  ];
}

function checkTarget(target: PrecisionTarget, path: DataPath): readonly Finding[] {
  const { half_width, relative_half_width, below, above, min_events } = target;
  const isSaid = (it: unknown): boolean => it !== undefined;
  const findings: Finding[] = [];
  const reject = (message: string): void => void findings.push(value(path, message));
  if (!isSaid(half_width) && !isSaid(relative_half_width)) {
    reject("must have a precision: give half_width or relative_half_width");
  }
  if (isSaid(half_width) && isSaid(relative_half_width)) {
    reject("must have one precision: current keys are half_width and relative_half_width");
  }
  if (isSaid(below) && isSaid(above)) reject("must have one limit: current keys are below and above");
  if (isSaid(min_events) && !isSaid(below) && !isSaid(above)) {
    reject("min_events must come with a limit: give below or above");
  }
  return findings;
}

function value(path: DataPath, message: string): Finding {
  return { path, at: "value", message };
}
