import type { TolerantEdge, TolerantNode } from "./tolerant-topology.js";

/** The ways that requests can take through a topology whose edges all lead somewhere. */
export interface Routes {
  /** Ids of the nodes that a request from a generator can visit, in the order of discovery. */
  readonly reachable: ReadonlySet<string>;
  /** Whether requests pass the client on their way out: it is the target of a generator. */
  readonly passesClient: boolean;
  /** Cycles that do not pass the client, each as the ids along it. */
  readonly cycles: readonly (readonly string[])[];
}

interface Graph {
  readonly nodes: readonly TolerantNode[];
  readonly edges: readonly Pick<TolerantEdge, "source" | "target">[];
}

/**
 * Follows every path from the generators until it comes back to the client. The search keeps its own stack, so that a
 * long chain of servers is no problem.
 */
export function findRoutes({ nodes, edges }: Graph): Routes {
  const targets = targetsBySource(edges);
  const client = nodes.find(({ kind }) => kind === "client")?.id;
  const generators = nodes.filter(({ kind }) => kind === "generator").map(({ id }) => id);
  const firsts = generators.flatMap((id) => targets.get(id)?.slice(0, 1) ?? []);
  const passesClient = client !== undefined && firsts.includes(client);
  const entered = passesClient ? [...firsts, ...(targets.get(client)?.slice(0, 1) ?? [])] : firsts;
  const reachable = new Set([...generators, ...entered]);
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of reachable) {
    if (start !== client && !generators.includes(start)) follow(start, { targets, client, reachable, done, cycles });
  }
  return { reachable, passesClient, cycles };
}

interface Search {
  readonly targets: ReadonlyMap<string, readonly string[]>;
  readonly client: string | undefined;
  readonly reachable: Set<string>;
  /** Nodes that everything has been followed from. */
  readonly done: Set<string>;
  readonly cycles: string[][];
}

function follow(start: string, { targets, client, reachable, done, cycles }: Search): void {
  if (done.has(start)) return;
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
