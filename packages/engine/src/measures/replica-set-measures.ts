import type { Plan } from "../plan.js";
import { ofPlacedGate } from "./gate-measures.js";
import { ofComponent, type Measure } from "./measure.js";
import { ofPool } from "./pool-measures.js";
import type { Recorded } from "./recorded.js";
import { replicaSets, type ReplicaSet } from "./replica-sets.js";
import { ofServer } from "./server-measures.js";

/** What is measured of the servers of each replica set as one. */
export function replicaSetMeasures(plan: Plan): readonly Measure[] {
  return replicaSets(plan).flatMap((set, index) => [
    ...ofComponent(set.component, ofReplicaSet(plan, set, index)),
    ...gatesOfSet(plan, set, index),
  ]);
}

/** All that is measured of a server and its pools but maxima: those of a sum are not recorded. */
function ofReplicaSet(
  plan: Plan,
  { component, cpu_cores, members, pools }: ReplicaSet,
  set: number,
): readonly Measure[] {
  const isLimited = members.some((member) => (plan.servers[member]!.rate_limits ?? []).length > 0);
  const record = (r: Recorded) => r.replicaSets[set]!.server;
  // Cores of replicas that do not run are not there to be used.
  const autoscaler = (plan.autoscalers ?? []).findIndex(({ id }) => id === component);
  const running_s = (r: Recorded) => r.autoscalers[autoscaler]!.running.area / members.length;
  return [
    ...ofServer(plan, { cpu_cores, isLimited, record, ...(autoscaler < 0 ? {} : { running_s }) }),
    ...pools.flatMap((pool, index) => ofPool(plan, { ...pool, record: (r) => r.replicaSets[set]!.pools[index]! })),
  ].filter(isNoMaximum);
}

function gatesOfSet(plan: Plan, { gates }: ReplicaSet, set: number): readonly Measure[] {
  return gates.flatMap(({ component, gate }, position) =>
    ofComponent(
      component,
      ofPlacedGate(plan, gate, (r) => r.replicaSets[set]!.gates[position]!),
    ).filter(isNoMaximum),
  );
}

function isNoMaximum({ metric }: Measure): boolean {
  return !metric.name.endsWith("_max");
}
