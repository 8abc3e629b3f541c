import { groupedBy } from "../../grouped-by.js";
import type { TopologyLink, TopologyNode } from "./topology.js";

/** So many of a kind are still drawn one by one. */
const MOST_ALONE = 4;

/** A system, as it is drawn. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
}

/** Makes one node of many that are alike: of the same kind and detail, with links from and to the same nodes. */
export function foldTwins({ nodes, links }: Topology): Topology {
  const ends = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target, is_call } of links) {
    ends.get(source)?.push(JSON.stringify([">", target, is_call]));
    ends.get(target)?.push(JSON.stringify(["<", source, is_call]));
  }
  const alike = groupedBy(nodes, ({ id, kind, detail }) => JSON.stringify([kind, detail, ends.get(id)!.toSorted()]));
  const folded = [...alike.values()].filter((group) => group.length > MOST_ALONE);
  const nameOf = new Map(folded.flatMap((group) => group.map(({ id }) => [id, nameOfAll(group)])));
  const isFirst = new Set(folded.map(([first]) => first!.id));
  const numbers = new Map(folded.map((group) => [group[0]!.id, numbersOf(group)]));
  const stays = (id: string): boolean => !nameOf.has(id) || isFirst.has(id);
  return {
    nodes: nodes
      .filter(({ id }) => stays(id))
      .map((node) => ({
        ...node,
        id: nameOf.get(node.id) ?? node.id,
        ...numbers.get(node.id),
      })),
    links: links
      .filter(({ source, target }) => stays(source) && stays(target))
      .map((link) => ({
        ...link,
        source: nameOf.get(link.source) ?? link.source,
        target: nameOf.get(link.target) ?? link.target,
      })),
  };
}

function numbersOf(group: readonly TopologyNode[]): Pick<TopologyNode, "replicas" | "fewest_replicas"> {
  const replicas = group.reduce((sum, node) => sum + node.replicas, 0);
  const fewest = group.reduce((sum, node) => sum + (node.fewest_replicas ?? node.replicas), 0);
  return fewest < replicas ? { replicas, fewest_replicas: fewest } : { replicas };
}

/** `app-1 … 12`: the last one without what its name has in common with the first. */
function nameOfAll(group: readonly TopologyNode[]): string {
  const [first, last] = [group[0]!.id, group.at(-1)!.id];
  let common = 0;
  while (common < Math.min(first.length, last.length) && first[common] === last[common]) common++;
  const stem = first.slice(0, common).replace(/\d+$/, "");
  return `${first} … ${last.slice(stem.length)}`;
}
