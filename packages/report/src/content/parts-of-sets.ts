import type { SystemOutline } from "../report-data.js";

/**
 * Tells which components of the results are one of several alike: `app-3` of the replicas of `app`, `web-app-3` of the links from each replica of
 * `web`, `app-3-in` of those to each of `app`. Gives what they are all called, `app-in` for the last; undefined for what stands for itself.
 */
export function partsOfSets({ nodes, links }: SystemOutline): (component: string) => string | undefined {
  const ids = new Set([...nodes, ...links].map(({ id }) => id));
  return (component) => {
    if (ids.has(component)) return undefined;
    const [, set, entrance = ""] = PART.exec(component) ?? [];
    return set !== undefined && ids.has(set) ? set + entrance : undefined;
  };
}

const PART = /^(.+)-\d+(-in)?$/;
