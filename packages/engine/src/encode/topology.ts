import type { Plan } from "../plan.js";

/** No edge. */
export const NONE = -1;

export type NodeKind = "generator" | "client" | "load_balancer" | "server";

/** A node as the kernel addresses it: kind and position in the plan's list of that kind. */
export interface NodeRef {
  readonly kind: NodeKind;
  readonly index: number;
}

/** The plan's ids resolved to positions. */
export interface Topology {
  /** For each edge, the node it leaves. */
  readonly sources: readonly NodeRef[];
  /** For each edge, the node it leads to. */
  readonly targets: readonly NodeRef[];
  /** For each load balancer, its edges in the plan's order. */
  readonly balancerEdges: readonly (readonly number[])[];
  /** The edge that leaves each generator, client, server; NONE where there is none. */
  readonly generatorEdge: Int32Array;
  readonly clientEdge: Int32Array;
  readonly serverEdge: Int32Array;
}

/**
 * Resolves a plan.
 * @throws {RangeError} when an id is unknown, a node but a load balancer has two leaving edges, a request could arrive where
 * no edge leaves, or a load balancer's edge does not lead to a server or a load balancer: a plan from `compile` has none of these.
 */
export function resolveTopology(plan: Plan): Topology {
  const nodes = new Map<string, NodeRef>();
  const addAll = (kind: NodeKind, list: readonly { readonly id: string }[]): void => {
    for (const [index, node] of list.entries()) nodes.set(node.id, { kind, index });
  };
  addAll("generator", plan.generators);
  addAll("client", plan.clients);
  addAll("load_balancer", plan.load_balancers);
  addAll("server", plan.servers);

  const leaving = {
    generator: new Int32Array(plan.generators.length).fill(NONE),
    client: new Int32Array(plan.clients.length).fill(NONE),
    server: new Int32Array(plan.servers.length).fill(NONE),
  };
  const balancerEdges: number[][] = plan.load_balancers.map(() => []);
  const sources: NodeRef[] = [];
  const targets: NodeRef[] = [];
  for (const [edge, { id, source: sourceId, target: targetId }] of plan.edges.entries()) {
    const source = found(nodes, sourceId, id);
    const target = found(nodes, targetId, id);
    sources.push(source);
    targets.push(target);
    if (source.kind === "load_balancer") balancerEdges[source.index]!.push(edge);
    else if (leaving[source.kind][source.index] !== NONE) {
      throw new RangeError(`Cannot resolve edge "${id}": node "${sourceId}" has a leaving edge already`);
    } else leaving[source.kind][source.index] = edge;
  }
  for (const [index, { id }] of plan.generators.entries()) assertLeaves(leaving.generator[index]!, id);
  for (const [edge, { kind, index }] of targets.entries()) {
    const sourceKind = sources[edge]!.kind;
    if (sourceKind === "load_balancer" && kind !== "server" && kind !== "load_balancer") {
      throw new RangeError(
        `Cannot resolve edge "${plan.edges[edge]!.id}": a load balancer's edge must lead to a server or a load balancer`,
      );
    }
    if (kind === "server") assertLeaves(leaving.server[index]!, plan.servers[index]!.id);
    if (kind === "client" && sourceKind === "generator") assertLeaves(leaving.client[index]!, plan.clients[index]!.id);
  }
  return {
    sources,
    targets,
    balancerEdges,
    generatorEdge: leaving.generator,
    clientEdge: leaving.client,
    serverEdge: leaving.server,
  };
}

function assertLeaves(edge: number, id: string): void {
  if (edge === NONE) throw new RangeError(`Cannot resolve node "${id}": requests arrive there and no edge leaves it`);
}

function found(nodes: ReadonlyMap<string, NodeRef>, id: string, edgeId: string): NodeRef {
  const node = nodes.get(id);
  if (node === undefined) throw new RangeError(`Cannot resolve edge "${edgeId}": there is no node "${id}"`);
  return node;
}
