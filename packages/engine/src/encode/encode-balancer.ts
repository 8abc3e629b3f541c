import { keyPosition } from "../kernel/balancing/key-position.js";
import {
  CONSISTENT_HASH,
  LEAST_IN_TRANSIT,
  LEAST_OUTSTANDING,
  LOCALITY,
  PEAK_EWMA,
  POWER_OF_TWO,
  PRIMARY,
  RANDOM,
  ROUND_ROBIN,
  WEIGHTED,
  WEIGHTED_RANDOM,
} from "../kernel/balancing/read-algorithm.js";
import { firstRecordOf } from "../measures/watched-members.js";
import type { HealthCheckPlan, LoadBalancerPlan, OutlierEjectionPlan } from "../plan.js";
import { streamKey } from "../random/stream-key.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import type { StreamSet } from "./stream-set.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

/** An edge that leaves a load balancer, and its position in the plan. */
export interface BalancerEdge {
  readonly id: string;
  readonly index: number;
}

/** Encodes the load balancers, each with the place of its members' records. */
export function encodeBalancers({ plan, topology, streams }: Encoding): readonly number[] {
  return list(plan.load_balancers, (balancer, index) => {
    const edges = topology.balancerEdges[index]!.map((edge) => ({ index: edge, id: plan.edges[edge]!.id }));
    return [firstRecordOf(balancer, plan), ...encodeBalancer(balancer, edges, streams)];
  });
}

/** Encodes a load balancer in the order in which `Balancer` reads it, with the edges that leave it. */
export function encodeBalancer(
  plan: LoadBalancerPlan,
  edges: readonly BalancerEdge[],
  streams: StreamSet,
): readonly number[] {
  return [
    plan.slow_start_s ?? 0,
    plan.signal_refresh_s ?? 0,
    edges.length,
    ...edges.map(({ index }) => index),
    ...encodeHealthCheck(plan.health_check),
    ...encodeOutlierEjection(plan.outlier_ejection, edges.length),
    ...encodeAlgorithm(plan, edges, streams),
  ];
}

function encodeHealthCheck(plan: HealthCheckPlan | undefined): readonly number[] {
  return plan === undefined ? [0] : [1, plan.interval_s, plan.eject_after, plan.return_after];
}

function encodeOutlierEjection(plan: OutlierEjectionPlan | undefined, members: number): readonly number[] {
  if (plan === undefined) return [0];
  return [1, plan.consecutive_errors, plan.base_ejection_s, Math.floor(plan.max_ejected_ratio * members)];
}

function encodeAlgorithm(
  plan: LoadBalancerPlan,
  edges: readonly BalancerEdge[],
  streams: StreamSet,
): readonly number[] {
  const choices = (): number => streams.add(plan.id, "choices", UNIT_UNIFORM);
  switch (plan.algorithm) {
    case "round_robin":
      return [ROUND_ROBIN];
    case "least_in_transit":
      return [LEAST_IN_TRANSIT];
    case "least_outstanding":
      return [LEAST_OUTSTANDING];
    case "weighted":
      return [WEIGHTED, ...oneForEach(plan.weights, edges, plan.id)];
    case "random":
      return [RANDOM, choices()];
    case "weighted_random":
      return [WEIGHTED_RANDOM, ...oneForEach(plan.weights, edges, plan.id), choices()];
    case "power_of_two":
      return [POWER_OF_TWO, choices(), plan.choices];
    case "peak_ewma":
      return [PEAK_EWMA, choices(), plan.choices, plan.decay_s];
    case "consistent_hash":
      return [CONSISTENT_HASH, streams.add(plan.id, "keys", plan.keys), plan.load_factor, ...ringOf(plan, edges)];
    case "primary":
      return [PRIMARY, plan.failover_s];
    default:
      return [LOCALITY, ...oneForEach(plan.local, edges, plan.id).map(Number)];
  }
}

/** How many places a ring has, these in ascending order, and whose they are. Places are hashed from the ids of edges. */
function ringOf({ virtual_nodes }: { readonly virtual_nodes: number }, edges: readonly BalancerEdge[]): number[] {
  const places = edges.flatMap(({ id }, owner) =>
    Array.from({ length: virtual_nodes }, (_, k) => ({ at: keyPosition(streamKey(id, `place ${k}`)[0]), owner })),
  );
  // Of two at one place the first in the plan's order comes first: sorting is stable.
  const ring = places.toSorted((one, other) => one.at - other.at);
  return [ring.length, ...ring.map(({ at }) => at), ...ring.map(({ owner }) => owner)];
}

function oneForEach<Item>(items: readonly Item[], edges: readonly BalancerEdge[], id: string): readonly Item[] {
  if (items.length === edges.length) return items;
  const rule = `it must have one value for each of its ${edges.length} edges`;
  throw new RangeError(`Cannot encode load balancer "${id}": ${rule}: it has ${items.length}`);
}
