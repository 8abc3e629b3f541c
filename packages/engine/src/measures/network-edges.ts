import type { EdgePlan, FaultEffectPlan, NetworkPlan, Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** An edge that does more to messages than delaying them, its position in the plan, and what it does. */
export interface NetworkEdge {
  readonly edge: EdgePlan;
  readonly index: number;
  readonly network: NetworkPlan;
  /** Infinity for no limit. */
  readonly bandwidth_mbps: number;
}

/** The edges that are recorded as channels: those with a network, and those that lose messages for a while, in the order of the plan. */
export const networkEdges: (plan: Plan) => readonly NetworkEdge[] = oncePerPlan(
  ({ edges, disruptions, faults = [] }) => {
    const effects = [...disruptions, ...faults.flatMap((fault) => fault.effects)];
    const degraded = new Set(effects.filter(degrades).map(({ target }) => target));
    return edges.flatMap((edge, index) => {
      if (edge.network === undefined && !degraded.has(edge.id)) return [];
      const network = edge.network ?? {};
      return [{ edge, index, network, bandwidth_mbps: network.bandwidth_mbps ?? Infinity }];
    });
  },
);

function degrades({ kind }: FaultEffectPlan): boolean {
  return kind === "network_degraded" || kind === "network_partition";
}
