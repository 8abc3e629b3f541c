import type { Plan, StepPlan } from "../plan.js";
import { stepsWithin } from "./steps-within.js";

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
  /** The edge over which requests leave each generator, client, server; NONE where there is none. */
  readonly generatorEdge: Int32Array;
  readonly clientEdge: Int32Array;
  readonly serverEdge: Int32Array;
  /** For each server, the edges that its steps call over, and those over which it delivers messages, by id. */
  readonly callEdges: readonly ReadonlyMap<string, number>[];
  /** Whether some requests go back the way they came. */
  readonly hasAnswers: boolean;
}

/**
 * Resolves a plan.
 * @throws {RangeError} when an id is unknown, a generator or client has two leaving edges, a server has two that no step calls, or requests
 * could arrive at a client or balancer where no edge leaves: a plan from `compile` has none of these.
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
  const delivering = deliveryEdges(plan);
  const called = plan.servers.map(({ id, endpoints }) => {
    return new Set([...endpoints.flatMap(({ steps }) => calledEdges(steps)), ...(delivering.get(id) ?? [])]);
  });
  const callEdges = plan.servers.map(() => new Map<string, number>());
  const sources: NodeRef[] = [];
  const targets: NodeRef[] = [];
  for (const [edge, { id, source: sourceId, target: targetId }] of plan.edges.entries()) {
    const source = found(nodes, sourceId, id);
    const target = found(nodes, targetId, id);
    sources.push(source);
    targets.push(target);
    if (source.kind === "load_balancer") balancerEdges[source.index]!.push(edge);
    else if (source.kind === "server" && called[source.index]!.has(id)) callEdges[source.index]!.set(id, edge);
    else if (leaving[source.kind][source.index] !== NONE) {
      throw new RangeError(`Cannot resolve edge "${id}": node "${sourceId}" has a leaving edge already`);
    } else leaving[source.kind][source.index] = edge;
  }
  for (const [index, { id }] of plan.generators.entries()) assertLeaves(leaving.generator[index]!, id);
  for (const [edge, { kind, index }] of targets.entries()) {
    const sourceKind = sources[edge]!.kind;
    if (sourceKind === "load_balancer" && kind === "client") {
      throw new RangeError(
        `Cannot resolve edge "${plan.edges[edge]!.id}": a load balancer's edge must lead to a server or a load balancer`,
      );
    }
    if (kind === "load_balancer") assertLeaves(balancerEdges[index]![0] ?? NONE, plan.load_balancers[index]!.id);
    if (kind === "client" && sourceKind === "generator") assertLeaves(leaving.client[index]!, plan.clients[index]!.id);
  }
  for (const [index, edges] of called.entries()) {
    for (const id of edges) {
      if (callEdges[index]!.has(id)) continue;
      throw new RangeError(`Cannot resolve server "${plan.servers[index]!.id}": no edge "${id}" leaves it`);
    }
  }
  const answers = (server: number): boolean => leaving.server[server] === NONE || callEdges[server]!.size > 0;
  return {
    sources,
    targets,
    balancerEdges,
    generatorEdge: leaving.generator,
    clientEdge: leaving.client,
    serverEdge: leaving.server,
    callEdges,
    hasAnswers: reached(sources, targets).some(({ kind, index }) => kind === "server" && answers(index)),
  };
}

/** The nodes that requests from the generators can come to. */
function reached(sources: readonly NodeRef[], targets: readonly NodeRef[]): readonly NodeRef[] {
  const keyOf = ({ kind, index }: NodeRef): string => `${kind} ${index}`;
  const seen = new Set(sources.filter(({ kind }) => kind === "generator").map(keyOf));
  const nodes: NodeRef[] = [];
  const leaving = new Map(sources.map((source) => [keyOf(source), [] as NodeRef[]]));
  for (const [edge, source] of sources.entries()) leaving.get(keyOf(source))!.push(targets[edge]!);
  const open = [...seen];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const target of leaving.get(key) ?? []) {
      if (seen.has(keyOf(target))) continue;
      seen.add(keyOf(target));
      open.push(keyOf(target));
      nodes.push(target);
    }
  }
  return nodes;
}

/** Ids of the edges that steps call over, each as often as it occurs. */
function calledEdges(steps: readonly StepPlan[]): readonly string[] {
  return stepsWithin(steps).flatMap((step) => (step.kind === "call" ? [step.edge] : []));
}

/** Ids of the edges over which each broker delivers, by its server's id. */
function deliveryEdges({ brokers = [] }: Plan): ReadonlyMap<string, readonly string[]> {
  return new Map(
    brokers.map(({ id, topics }) => [id, topics.flatMap(({ groups }) => groups.flatMap(({ edges }) => edges))]),
  );
}

function assertLeaves(edge: number, id: string): void {
  if (edge === NONE) throw new RangeError(`Cannot resolve node "${id}": requests arrive there and no edge leaves it`);
}

function found(nodes: ReadonlyMap<string, NodeRef>, id: string, edgeId: string): NodeRef {
  const node = nodes.get(id);
  if (node === undefined) throw new RangeError(`Cannot resolve edge "${edgeId}": there is no node "${id}"`);
  return node;
}
