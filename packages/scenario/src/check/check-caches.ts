import type { Finding } from "../finding.js";
import { showName } from "../wording/show-value.js";
import { endpointsOf } from "./endpoints-of.js";
import { MAX_STEP_DEPTH, stepListsIn, type PlacedSteps } from "./every-step.js";
import { textAt } from "./tolerant-values.js";

/** Who fetches a key must not look one up in the same cache: it could wait for itself. */
export function checkCaches(data: unknown): readonly Finding[] {
  return endpointsOf(data).flatMap((endpoint) => checkList(endpoint, { caches: [], depth: 1 }));
}

interface Fetching {
  /** Caches that the steps fetch a key for. */
  readonly caches: readonly string[];
  readonly depth: number;
}

function checkList({ steps, path }: PlacedSteps, { caches, depth }: Fetching): readonly Finding[] {
  if (depth > MAX_STEP_DEPTH) return [];
  return steps.flatMap((step, index) => {
    const place = [...path, index];
    const cache = textAt(step, ["cache"]);
    if (cache !== undefined && caches.includes(cache)) {
      const message = `must not stand in on_miss of the same cache: current value is ${showName(cache)}`;
      return [{ path: [...place, "cache"], at: "value" as const, message }];
    }
    return stepListsIn(step, place).flatMap((list) => {
      const kind = list.path[place.length];
      if (kind === "spawn") return checkList(list, { caches: [], depth: depth + 1 });
      const isFetching = kind === "on_miss" && cache !== undefined;
      return checkList(list, { caches: isFetching ? [...caches, cache] : caches, depth: depth + 1 });
    });
  });
}
