import type { Distribution, EndpointPlan, Plan } from "../src/index.js";

/** Least time in which a request can get from a generator over a first client back to a client [s]. */
export function fastestWay_s(plan: Plan): number {
  return Math.min(
    ...plan.generators.map(({ id }) => {
      const entry = plan.edges.find(({ source }) => source === id)!;
      return leastOf(entry.latency_s) + fromNode(plan, entry.target);
    }),
  );
}

/** Least time from a node, its own work included, to the next client [s]. */
function fromNode(plan: Plan, node: string): number {
  const endpoints = plan.servers.find(({ id }) => id === node)?.endpoints ?? [];
  const work_s = endpoints.length === 0 ? 0 : Math.min(...endpoints.map(leastSteps));
  const onwards = plan.edges
    .filter(({ source }) => source === node)
    .map(({ target, latency_s }) => leastOf(latency_s) + (isClient(plan, target) ? 0 : fromNode(plan, target)));
  return work_s + Math.min(...onwards);
}

function isClient(plan: Plan, node: string): boolean {
  return plan.clients.some(({ id }) => id === node);
}

function leastSteps({ steps }: EndpointPlan): number {
  return steps.reduce((sum, step) => sum + ("duration_s" in step ? leastOf(step.duration_s) : 0), 0);
}

/** The smallest value a distribution can give. */
function leastOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform":
      return distribution.min;
    case "pareto":
      return distribution.minimum;
    case "quantiles":
      return distribution.values[0]!;
    case "empirical":
      return Math.min(...distribution.values);
    default:
      return 0;
  }
}
