import type { TopologyLink, TopologyNode } from "./topology.js";

/**
 * Returns the column of each node: the most links from a beginning, so that links lead to the right. Those that lead back do not count:
 * what closes a circle, and what a client gets from anything but a beginning.
 */
export function columnsOf(nodes: readonly TopologyNode[], links: readonly TopologyLink[]): ReadonlyMap<string, number> {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const known = links.filter(({ source, target }) => kinds.has(source) && kinds.has(target) && source !== target);
  const targets = new Set(known.map(({ target }) => target));
  const onward = known.filter(({ source, target }) => kinds.get(target) !== "client" || !targets.has(source));
  const nexts = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of onward) nexts.get(source)!.push(target);
  const led = new Set(onward.map(({ target }) => target));
  const beginnings = nodes.filter(({ id }) => !led.has(id));
  const ids = [...beginnings, ...nodes].map(({ id }) => id);
  const columns = new Map<string, number>(ids.map((id) => [id, 0]));
  const { finished, circles } = searchDepthFirst(ids, nexts);
  for (const id of finished.toReversed()) {
    for (const next of nexts.get(id)!) {
      if (!circles.has(JSON.stringify([id, next])))
        columns.set(next, Math.max(columns.get(next)!, columns.get(id)! + 1));
    }
  }
  return columns;
}

interface Search {
  /** Every node after all that it leads to. */
  readonly finished: readonly string[];
  /** Pairs of nodes whose link closes a circle, as JSON. */
  readonly circles: ReadonlySet<string>;
}

function searchDepthFirst(ids: readonly string[], nexts: ReadonlyMap<string, readonly string[]>): Search {
  const finished: string[] = [];
  const circles = new Set<string>();
  const state = new Map<string, "open" | "done">();
  for (const start of ids) {
    // No recursion: a manifest from anywhere may hold a chain of any length.
    const path = state.has(start) ? [] : [{ id: start, taken: 0 }];
    while (path.length > 0) {
      const here = path.at(-1)!;
      state.set(here.id, "open");
      const next = nexts.get(here.id)![here.taken++];
      if (next === undefined) {
        state.set(here.id, "done");
        finished.push(here.id);
        path.pop();
      } else if (state.get(next) === "open") circles.add(JSON.stringify([here.id, next]));
      else if (!state.has(next)) path.push({ id: next, taken: 0 });
    }
  }
  return { finished, circles };
}
