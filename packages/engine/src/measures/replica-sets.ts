import type { Plan, PoolPlan } from "../plan.js";
import { placedPools } from "./placed-pools.js";
import { oncePerPlan } from "./once-per-plan.js";

/** Servers that are measured as one, too. */
export interface ReplicaSet {
  /** The id of the set. */
  readonly component: string;
  /** Positions of its servers among all. */
  readonly members: readonly number[];
  /** Positions among all gates of those that its servers have. */
  readonly gates: readonly number[];
  /** Cores of all of them. */
  readonly cpu_cores: number;
  /** Pools that each of them has: units of all, and positions among all pools. */
  readonly pools: readonly (PoolPlan & { readonly members: readonly number[] })[];
}

/** The replica sets of a plan, whose metrics stand under their ids; one that has the id of what has metrics itself is left out. */
export const replicaSets: (plan: Plan) => readonly ReplicaSet[] = oncePerPlan(findReplicaSets);

function findReplicaSets(plan: Plan): readonly ReplicaSet[] {
  const taken = new Set([plan.servers, plan.edges, plan.generators].flat().map(({ id }) => id));
  const groups = new Set(plan.servers.map(({ group }) => group).filter((group) => group !== "" && !taken.has(group)));
  const pools = placedPools(plan);
  const gated = plan.servers.flatMap(({ gate }, position) => (gate === undefined ? [] : [position]));
  return [...groups].map((component) => {
    const members = plan.servers.flatMap(({ group }, position) => (group === component ? [position] : []));
    const ids = new Set(members.map((member) => plan.servers[member]!.id));
    const ofMembers = pools.filter(({ component }) => ids.has(component));
    const names = [...new Set(ofMembers.map(({ name }) => name))];
    return {
      component,
      members,
      gates: gated.flatMap((position, index) => (members.includes(position) ? [index] : [])),
      cpu_cores: members.reduce((sum, member) => sum + plan.servers[member]!.cpu_cores, 0),
      pools: names
        .map((name) => ofMembers.filter((pool) => pool.name === name))
        .filter(({ length }) => length === members.length)
        .map((same) => ({
          name: same[0]!.name,
          ...(same[0]!.timeout_s === undefined ? {} : { timeout_s: same[0]!.timeout_s }),
          size: same.reduce((sum, { size }) => sum + size, 0),
          members: same.map(({ index }) => index),
        })),
    };
  });
}
