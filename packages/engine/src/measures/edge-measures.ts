import type { Plan } from "../plan.js";
import { breakerMeasures } from "./breaker-measures.js";
import { callMeasures, fallbackMeasures } from "./call-measures.js";
import { measure, ofComponent, type Measure } from "./measure.js";

/** What is measured of each edge. */
export function edgeMeasures(plan: Plan): readonly Measure[] {
  return plan.edges.flatMap(({ id }, index) => ofComponent(id, ofEdge(plan, index)));
}

function ofEdge(plan: Plan, edge: number): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    measure("connections_mean", "1", "Messages in transit, time average", (r) => r.links[edge]!.level.area / counted_s),
    measure("connections_max", "1", "Most messages in transit", (r) => r.links[edge]!.level.maximum),
    measure("dropped", "1", "Messages lost", (r) => r.links[edge]!.lost),
    ...callMeasures(plan, edge),
    ...breakerMeasures(plan, edge),
    ...fallbackMeasures(plan, edge),
  ];
}
