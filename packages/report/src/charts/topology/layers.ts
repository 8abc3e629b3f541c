import { columnsOf } from "./columns-of.js";
import type { TopologyLink, TopologyNode } from "./topology.js";

/** What takes room in a column: a node, or a link that passes by. */
export interface LayerItem {
  readonly column: number;
  /** Undefined for a link that passes by. */
  readonly node: TopologyNode | undefined;
  /** What it is linked with in the columns beside. */
  readonly left: LayerItem[];
  readonly right: LayerItem[];
}

/** A system cut into columns. */
export interface Layers {
  /** From left to right, each from above. */
  readonly columns: LayerItem[][];
  readonly items: ReadonlyMap<string, LayerItem>;
  /** What each link that leads to the right passes, without its ends; links of the same ends share it. */
  readonly passed: ReadonlyMap<TopologyLink, readonly LayerItem[]>;
}

/** Puts nodes into columns, and a place into every column that a link passes. */
export function layersOf(nodes: readonly TopologyNode[], links: readonly TopologyLink[]): Layers {
  const columnOf = columnsOf(nodes, links);
  const columns: LayerItem[][] = [];
  const add = (column: number, node: TopologyNode | undefined): LayerItem => {
    const item = { column, node, left: [], right: [] };
    (columns[column] ??= []).push(item);
    return item;
  };
  const items = new Map(nodes.map((node) => [node.id, add(columnOf.get(node.id)!, node)]));
  const passed = new Map<TopologyLink, readonly LayerItem[]>();
  const sameEnds = new Map<string, readonly LayerItem[]>();
  for (const link of links) {
    const [source, target] = [items.get(link.source), items.get(link.target)];
    if (source === undefined || target === undefined || target.column <= source.column) continue;
    const ends = JSON.stringify([link.source, link.target]);
    const found = sameEnds.get(ends);
    const between =
      found ??
      Array.from({ length: target.column - source.column - 1 }, (_, index) =>
        add(source.column + 1 + index, undefined),
      );
    passed.set(link, between);
    sameEnds.set(ends, between);
    if (found === undefined) join([source, ...between, target]);
  }
  return { columns, items, passed };
}

function join(way: readonly LayerItem[]): void {
  for (const [index, item] of way.entries()) {
    const next = way[index + 1];
    if (next === undefined) continue;
    item.right.push(next);
    next.left.push(item);
  }
}
