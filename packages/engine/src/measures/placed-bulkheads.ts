import type { BulkheadPlan } from "../bulkhead-plan.js";
import type { Plan, PoolPlan } from "../plan.js";
import { policiesByEdge } from "./policies-by-edge.js";
import { settingsKey } from "./settings-key.js";

/** A bulkhead as a pool whose units are its places, with the edge whose calls hold them. */
export interface PlacedBulkhead extends PoolPlan {
  /** The edge's id. */
  readonly component: string;
  /** See `bulkheadKey`. */
  readonly bulkhead: string;
}

/**
 * The bulkheads of a plan: one for each edge, and for each way in which calls over it ask for one. The first of an edge is called
 * `bulkhead`, others `bulkhead_2`, `bulkhead_3`, ...
 */
export function placedBulkheads(plan: Plan): readonly PlacedBulkhead[] {
  return policiesByEdge(plan).flatMap((policies, edge) => {
    const component = plan.edges[edge]!.id;
    const bulkheads = new Map<string, BulkheadPlan>();
    for (const { bulkhead } of policies) {
      if (bulkhead !== undefined) bulkheads.set(bulkheadKey(edge, bulkhead), bulkhead);
    }
    return [...bulkheads].map(([key, bulkhead], position) => poolOf(bulkhead, { component, key, position }));
  });
}

/** Equal for calls that share a bulkhead. */
export function bulkheadKey(edge: number, { limit, queue, max_wait_s }: BulkheadPlan): string {
  // Infinity has no place in JSON.
  return settingsKey(edge, { limit, queue: String(queue), max_wait_s: String(max_wait_s) });
}

function poolOf(
  { limit, max_wait_s }: BulkheadPlan,
  { component, key, position }: { readonly component: string; readonly key: string; readonly position: number },
): PlacedBulkhead {
  const name = position === 0 ? "bulkhead" : `bulkhead_${position + 1}`;
  const timeout = max_wait_s === Infinity ? {} : { timeout_s: { kind: "constant" as const, value: max_wait_s } };
  return { name, size: limit, ...timeout, component, bulkhead: key };
}
