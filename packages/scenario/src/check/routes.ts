import type { TolerantEdge, TolerantNode } from "./tolerant-topology.js";

/** The ways that requests can take through a topology whose edges all lead somewhere. */
export interface Routes {
  /** Ids of the nodes that requests and calls can visit, in the order of discovery. */
  readonly reachable: ReadonlySet<string>;
  /** Ids of those among them that requests come to otherwise than by a call, generators and clients left out. */
  readonly sent: ReadonlySet<string>;
  /** Ids of the clients that requests pass on their way out: targets of a generator. */
  readonly passedClients: ReadonlySet<string>;
  /** Cycles of passing on that pass no client, each as the ids along it. */
  readonly cycles: readonly (readonly string[])[];
  /** Cycles of calls, each as the ids along it. */
  readonly callCycles: readonly (readonly string[])[];
}

interface Graph {
  readonly nodes: readonly TolerantNode[];
  readonly edges: readonly (Pick<TolerantEdge, "source" | "target"> &
    Partial<Pick<TolerantEdge, "isCalled" | "isDelivery">>)[];
}

/** How a request came to a node. A server that is called answers and passes nothing on. */
interface Visit {
  readonly id: string;
  readonly arrival: "sent" | "called";
}

/**
 * Follows every way from the generators until it comes to a client or ends at a server that answers. The search keeps
 * its own stack, so that a long chain of servers is no problem.
 */
export function findRoutes({ nodes, edges }: Graph): Routes {
  const edgesOf = edgesBySource(edges);
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const next = ({ id, arrival }: Visit): readonly Visit[] => {
    const passesOn = arrival !== "called" || kinds.get(id) === "load_balancer";
    return (edgesOf.get(id) ?? []).flatMap(({ target, isCalled, isDelivery }) => {
      // Messages begin ways of their own: who consumes what it has published calls nobody in a circle.
      if (isDelivery === true) {
        starts.push({ id: target, arrival: "called" });
        return [];
      }
      if (isCalled === true) return [{ id: target, arrival: "called" as const }];
      return passesOn && kinds.get(target) !== "client" ? [{ id: target, arrival }] : [];
    });
  };
  const generators = nodes.filter(({ kind }) => kind === "generator").map(({ id }) => id);
  const firsts = generators.flatMap((id) => edgesOf.get(id)?.slice(0, 1) ?? []).map(({ target }) => target);
  const passedClients = new Set(firsts.filter((id) => kinds.get(id) === "client"));
  const starts: Visit[] = firsts
    .flatMap((id) => (passedClients.has(id) ? (edgesOf.get(id)?.slice(0, 1) ?? []).map(({ target }) => target) : [id]))
    .filter((id) => kinds.get(id) !== "client")
    .map((id) => ({ id, arrival: "sent" }));
  const { visits, cycles } = walk(starts, next);
  const idsOf = (arrival: Visit["arrival"]): readonly (readonly string[])[] =>
    cycles.filter(([visit]) => visit?.arrival === arrival).map((cycle) => cycle.map(({ id }) => id));
  const visited = visits.map(({ id }) => id);
  return {
    reachable: new Set([...generators, ...firsts, ...visited, ...clientsAfter(visited, edges, kinds)]),
    sent: new Set(visits.filter(({ arrival }) => arrival === "sent").map(({ id }) => id)),
    passedClients,
    cycles: idsOf("sent"),
    callCycles: idsOf("called"),
  };
}

/** Clients that requests come back to. */
function clientsAfter(
  visited: readonly string[],
  edges: Graph["edges"],
  kinds: ReadonlyMap<string, TolerantNode["kind"]>,
): readonly string[] {
  const sources = new Set(visited);
  return edges
    .filter(({ source, target }) => sources.has(source ?? "") && kinds.get(target ?? "") === "client")
    .flatMap(({ target }) => target ?? []);
}

/** A search in depth over everything that can be reached, and the cycles that it closes. There may be more starts while it goes on. */
function walk(
  starts: readonly Visit[],
  next: (visit: Visit) => readonly Visit[],
): { readonly visits: readonly Visit[]; readonly cycles: readonly (readonly Visit[])[] } {
  const key = ({ id, arrival }: Visit): string => `${arrival}\n${id}`;
  const cycles: Visit[][] = [];
  const visits = new Map<string, Visit>();
  const onTrail = new Set<string>();
  const trail: { readonly visit: Visit; readonly ahead: readonly Visit[]; position: number }[] = [];
  const enter = (visit: Visit): void => {
    visits.set(key(visit), visit);
    onTrail.add(key(visit));
    trail.push({ visit, ahead: next(visit), position: 0 });
  };
  for (const start of starts) {
    if (!visits.has(key(start))) enter(start);
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const visit = top.ahead[top.position++];
      if (visit === undefined) {
        onTrail.delete(key(top.visit));
        trail.pop();
      } else if (onTrail.has(key(visit))) {
        const begin = trail.findIndex((step) => key(step.visit) === key(visit));
        cycles.push([...trail.slice(begin).map((step) => step.visit), visit]);
      } else if (!visits.has(key(visit))) {
        enter(visit);
      }
    }
  }
  return { visits: [...visits.values()], cycles };
}

interface LeavingEdge {
  readonly target: string;
  readonly isCalled: boolean;
  readonly isDelivery: boolean;
}

function edgesBySource(edges: Graph["edges"]): ReadonlyMap<string, readonly LeavingEdge[]> {
  const bySource = new Map<string, LeavingEdge[]>();
  for (const { source, target, isCalled = false, isDelivery = false } of edges) {
    if (source === undefined || target === undefined) continue;
    const list = bySource.get(source);
    if (list === undefined) bySource.set(source, [{ target, isCalled, isDelivery }]);
    else list.push({ target, isCalled, isDelivery });
  }
  return bySource;
}
