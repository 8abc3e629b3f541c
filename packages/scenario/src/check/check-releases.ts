import type { Finding } from "../finding.js";
import { valueAt, type DataPath } from "../path/data-path.js";
import { showNumber } from "../wording/show-value.js";
import { endpointsOf } from "./endpoints-of.js";
import { everyStep, MAX_STEPS, stepListsIn, type PlacedSteps } from "./every-step.js";
import { memoryNeeded } from "./memory-needed.js";
import { numberAt } from "./tolerant-values.js";

/** A request cannot give back more memory than it has, nor after it has left. */
export function checkReleases(data: unknown): readonly Finding[] {
  return endpointsOf(data).flatMap((endpoint) => {
    const steps = everyStep(endpoint);
    const releases = steps.filter(({ step }) => numberAt(step, ["release_ram_mb"]) !== undefined);
    if (releases.length === 0 || steps.length > MAX_STEPS) return [];
    const misplaced = releases.flatMap(({ path }) => checkPlace(path, data));
    if (misplaced.length > 0) return misplaced;
    const needed_mb = memoryNeeded(endpoint);
    const released_mb = mostReleased(endpoint);
    if (released_mb <= needed_mb) return [];
    const rule = `must release at most the memory that its steps need (${showNumber(needed_mb)} MB)`;
    const message = `${rule}: current sum is ${showNumber(released_mb)} MB`;
    return [{ path: endpoint.path, at: "value" as const, message }];
  });
}

/** Steps that may go on after their request has left, or nobody knows how often, are no place to give memory back. */
function checkPlace(path: DataPath, data: unknown): readonly Finding[] {
  for (const [index, key] of path.entries()) {
    const isDrawn = key === "repeat" && typeof valueAt(data, [...path.slice(0, index + 1), "times"]) !== "number";
    if (key !== "parallel" && key !== "spawn" && !isDrawn) continue;
    const message = isDrawn
      ? "must not stand in a repeat whose times are drawn: it could release more than there is"
      : `must not stand in ${key}: its request may have left before`;
    return [{ path: [...path, "release_ram_mb"], at: "key", message }];
  }
  return [];
}

/** The most that a list of steps gives back: of several ways only one is gone, and repeated steps count each time [MB]. */
function mostReleased({ steps, path }: PlacedSteps): number {
  return steps.reduce<number>((sum, step, index) => {
    const own_mb = numberAt(step, ["release_ram_mb"]) ?? 0;
    const times = numberAt(step, ["repeat", "times"]) ?? 1;
    let largestWay_mb = 0;
    let others_mb = 0;
    for (const list of stepListsIn(step, [...path, index])) {
      const kind = list.path[path.length + 1];
      const released_mb = mostReleased(list);
      if (kind === "branch") largestWay_mb = Math.max(largestWay_mb, released_mb);
      else others_mb += kind === "repeat" ? times * released_mb : released_mb;
    }
    return sum + own_mb + largestWay_mb + others_mb;
  }, 0);
}
