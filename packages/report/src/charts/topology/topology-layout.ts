import type { LayerItem } from "./layers.js";
import { layersOf } from "./layers.js";
import { orderColumns } from "./order-columns.js";
import { spreadColumns } from "./spread-columns.js";
import type { TopologyLink, TopologyNode } from "./topology.js";

/** Where a node stands: in which column, and where its middle is [px]. */
export interface NodePlace {
  readonly node: TopologyNode;
  readonly column: number;
  readonly middle: number;
}

/** A link that leads to the right, and where it passes the columns between its ends [px]. */
export interface LinkWay {
  readonly link: TopologyLink;
  readonly passes: readonly number[];
}

export interface TopologyLayout {
  readonly places: ReadonlyMap<string, NodePlace>;
  readonly onward: readonly LinkWay[];
  /** The links that do not lead to the right. */
  readonly back: readonly TopologyLink[];
  readonly columns: number;
  /** [px] */
  readonly height: number;
}

export interface LayoutRoom {
  /** Height that a node takes in its column, and that a link takes that passes by [px]. */
  readonly node_px: number;
  readonly link_px: number;
}

/**
 * Lays a system out in columns: links lead from left to right but for those that lead back, cross seldom, and pass no node that they have nothing
 * to do with. Links to nowhere are left out. The same system gets the same layout.
 */
export function topologyLayout(
  nodes: readonly TopologyNode[],
  links: readonly TopologyLink[],
  { node_px, link_px }: LayoutRoom,
): TopologyLayout {
  const { columns, items, passed } = layersOf(nodes, links);
  const sizeOf = ({ node }: LayerItem): number => (node === undefined ? link_px : node_px);
  const middles = spreadColumns(orderColumns(columns), sizeOf);
  const drawn = links.filter(({ source, target }) => items.has(source) && items.has(target));
  return {
    places: new Map(
      nodes.map((node) => {
        const item = items.get(node.id)!;
        return [node.id, { node, column: item.column, middle: middles.get(item)! }];
      }),
    ),
    onward: [...passed].map(([link, between]) => ({ link, passes: between.map((item) => middles.get(item)!) })),
    back: drawn.filter((link) => !passed.has(link)),
    columns: columns.length,
    height: [...middles].reduce((most, [item, middle]) => Math.max(most, middle + sizeOf(item) / 2), 0),
  };
}
