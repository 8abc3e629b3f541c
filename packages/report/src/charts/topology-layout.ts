/** A part of the simulated system. */
export interface TopologyNode {
  readonly id: string;
  /** Such as `server`. */
  readonly kind: string;
  /** What is to be known about it, in few words. */
  readonly detail: string;
}

/** A way that messages take. */
export interface TopologyLink {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** Where a node stands: its column counts the links from a beginning, its row the nodes above it. */
export interface NodePlace {
  readonly node: TopologyNode;
  readonly column: number;
  readonly row: number;
}

/**
 * Gives each node a column, the fewest links from a node that nothing leads to (from the first node, if all are led to), and a
 * row in the order given. Nodes that cannot be reached stand in the first column.
 */
export function topologyLayout(
  nodes: readonly TopologyNode[],
  links: readonly TopologyLink[],
): ReadonlyMap<string, NodePlace> {
  const targets = new Set(links.map(({ target }) => target));
  const beginnings = nodes.filter(({ id }) => !targets.has(id));
  const columns = new Map((beginnings.length > 0 ? beginnings : nodes.slice(0, 1)).map(({ id }) => [id, 0]));
  for (const [id, column] of columns) {
    // A map goes on to what is added while it is gone through.
    for (const { source, target } of links) if (source === id && !columns.has(target)) columns.set(target, column + 1);
  }
  const rows = new Map<number, number>();
  return new Map(
    nodes.map((node) => {
      const column = columns.get(node.id) ?? 0;
      const row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      return [node.id, { node, column, row }];
    }),
  );
}
