import type { EdgePlan, LoadBalancerPlan, Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** An edge that a load balancer may stop to choose. */
export interface WatchedMember {
  readonly balancer: LoadBalancerPlan;
  readonly edge: EdgePlan;
}

/** The members of all load balancers that eject some: in the order of the load balancers, then of the edges. */
export const watchedMembers: (plan: Plan) => readonly WatchedMember[] = oncePerPlan(findWatchedMembers);

function findWatchedMembers({ load_balancers, edges }: Plan): readonly WatchedMember[] {
  return load_balancers
    .filter(({ health_check, outlier_ejection }) => health_check !== undefined || outlier_ejection !== undefined)
    .flatMap((balancer) => edges.filter(({ source }) => source === balancer.id).map((edge) => ({ balancer, edge })));
}

/** Position of the record of a load balancer's first member; 0 for one that ejects nobody. */
export function firstRecordOf(balancer: LoadBalancerPlan, plan: Plan): number {
  return Math.max(
    0,
    watchedMembers(plan).findIndex((member) => member.balancer === balancer),
  );
}
