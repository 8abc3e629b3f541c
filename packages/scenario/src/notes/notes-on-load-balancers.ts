import type { Finding } from "../finding.js";
import { ALGORITHMS_OF_KEY, type AlgorithmKey, WEIGHING_ALGORITHMS } from "../model/algorithm-keys.js";
import type { LoadBalancer } from "../model/load-balancer.js";
import type { Scenario } from "../model/scenario.js";
import type { DataPath } from "../path/data-path.js";
import { algorithmOf } from "../resolve/resolve-load-balancer.js";
import { showName } from "../wording/show-value.js";

/** A load balancer and where it stands in the data. */
export interface PlacedLoadBalancer {
  readonly path: DataPath;
  readonly balancer: LoadBalancer;
}

/** Every load balancer of a scenario, with its place. */
export function loadBalancersOf({ topology_graph: { nodes } }: Scenario): readonly PlacedLoadBalancer[] {
  const path = ["topology_graph", "nodes"];
  const single = nodes.load_balancer ?? undefined;
  const several = (nodes.load_balancers ?? []).map((balancer, index) => ({
    path: [...path, "load_balancers", index],
    balancer,
  }));
  return single === undefined ? several : [{ path: [...path, "load_balancer"], balancer: single }, ...several];
}

/** Keys that the algorithm in force does not know, and zones that no server stands in. */
export function notesOnLoadBalancers(scenario: Scenario): readonly Finding[] {
  return [
    ...loadBalancersOf(scenario).flatMap(ineffectiveKeys),
    ...ineffectiveWeights(scenario),
    ...loadBalancersOf(scenario).flatMap((placed) => emptyZone(placed, scenario)),
  ];
}

/** A sweep over algorithms leaves the keys of one beside another. */
function ineffectiveKeys({ path, balancer }: PlacedLoadBalancer): readonly Finding[] {
  const algorithm = algorithmOf(balancer);
  return (Object.keys(ALGORITHMS_OF_KEY) as readonly AlgorithmKey[])
    .filter((key) => balancer[key] !== undefined && !ALGORITHMS_OF_KEY[key].includes(algorithm))
    .map((key) => ({ path: [...path, key], at: "key", message: `${key} has no effect on ${algorithm}` }));
}

function ineffectiveWeights(scenario: Scenario): readonly Finding[] {
  const weighing = new Set(
    loadBalancersOf(scenario)
      .filter(({ balancer }) => WEIGHING_ALGORITHMS.includes(algorithmOf(balancer)))
      .map(({ balancer }) => balancer.id),
  );
  const message =
    "weight has no effect: the edge does not leave a load balancer whose algorithm is weighted or weighted_random";
  return scenario.topology_graph.edges.flatMap(({ source, weight }, index) =>
    weight === undefined || weighing.has(source)
      ? []
      : [{ path: ["topology_graph", "edges", index, "weight"], at: "key" as const, message }],
  );
}

function emptyZone({ path, balancer }: PlacedLoadBalancer, scenario: Scenario): readonly Finding[] {
  const { nodes, edges } = scenario.topology_graph;
  if (algorithmOf(balancer) !== "locality" || balancer.zone === undefined) return [];
  const targets = new Set(edges.filter(({ source }) => source === balancer.id).map(({ target }) => target));
  const { zone: wanted } = balancer;
  const others = loadBalancersOf(scenario).map((placed) => placed.balancer);
  const hasServer = nodes.servers.some(({ id, zones = [] }) => targets.has(id) && zones.includes(wanted));
  if (hasServer || others.some(({ id, zone }) => targets.has(id) && zone === wanted)) return [];
  const message = `no target of ${showName(balancer.id)} is in its zone: locality takes all of them in turn`;
  return [{ path: [...path, "zone"], at: "value", message }];
}
