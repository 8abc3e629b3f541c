import type { TolerantEdge, TolerantNode } from "./tolerant-topology.js";

/** The ways that requests can take through a topology whose edges all lead somewhere. */
export interface Routes {
  /** Ids of the nodes that a request from the generator can visit, in the order of discovery. */
  readonly reachable: ReadonlySet<string>;
  /** Whether requests pass the client on their way out: it is the generator's target. */
  readonly passesClient: boolean;
  /** Cycles that do not pass the client, each as the ids along it. */
  readonly cycles: readonly (readonly string[])[];
}

interface Graph {
  readonly nodes: readonly TolerantNode[];
  readonly edges: readonly Pick<TolerantEdge, "source" | "target">[];
}

/**
 * Follows every path from the generator until it comes back to the client. The search keeps its own stack, so that a
 * long chain of servers is no problem.
 */
export function findRoutes({ nodes, edges }: Graph): Routes {
  const targets = targetsBySource(edges);
  const idOf = (kind: TolerantNode["kind"]): string | undefined => nodes.find((node) => node.kind === kind)?.id;
  const generator = idOf("generator");
  const client = idOf("client");
  const first = generator === undefined ? undefined : targets.get(generator)?.[0];
  const passesClient = first !== undefined && first === client;
  const start = passesClient ? targets.get(first)?.[0] : first;
  const reachable = new Set([generator, first, start].filter((id) => id !== undefined));
  if (start === undefined || start === client) return { reachable, passesClient, cycles: [] };

  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
  const onTrail = new Set([start]);
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const target = targets.get(top.id)?.[top.next++];
    if (target === undefined) {
      done.add(top.id);
      onTrail.delete(top.id);
      trail.pop();
      continue;
    }
    reachable.add(target);
    if (target === client || done.has(target)) continue;
    if (onTrail.has(target)) {
      cycles.push([...trail.slice(trail.findIndex(({ id }) => id === target)).map(({ id }) => id), target]);
      continue;
    }
    trail.push({ id: target, next: 0 });
    onTrail.add(target);
  }
  return { reachable, passesClient, cycles };
}

function targetsBySource(edges: Graph["edges"]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const { source, target } of edges) {
    if (source === undefined || target === undefined) continue;
    const list = targets.get(source);
    if (list === undefined) targets.set(source, [target]);
    else list.push(target);
  }
  return targets;
}
