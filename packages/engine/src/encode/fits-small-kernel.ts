import { FAMILY_BITS, FIRST_OF_CORE } from "../kernel/operations/core.js";
import { OP_DISRUPT, OP_RECOVER } from "../kernel/operations/disruptions.js";
import { isSingle } from "./encode-arrivals.js";
import type { Plan } from "../plan.js";

const ALGORITHMS: ReadonlySet<string> = new Set(["round_robin", "least_in_transit"]);
const DISRUPTIONS: ReadonlySet<string> = new Set(["server_down", "network_spike"]);
const ARRIVALS: ReadonlySet<string> = new Set(["asyncflow_users", "users", "poisson", "renewal"]);

/**
 * Whether a plan asks for nothing that the small kernel lacks: its operations, and how many parts it has that are recorded besides servers
 * and links. What is not known here to be in the small kernel is left to the whole one.
 */
export function fitsSmallKernel(plan: Plan, operations: readonly number[], otherParts: readonly number[]): boolean {
  return (
    !plan.attribution &&
    otherParts.every((count) => count === 0) &&
    operations.every(isSmall) &&
    plan.load_balancers.every(({ algorithm }) => ALGORITHMS.has(algorithm)) &&
    plan.disruptions.every(({ kind }) => DISRUPTIONS.has(kind)) &&
    plan.generators.every(
      ({ arrivals, batch_size, mix }) => ARRIVALS.has(arrivals.kind) && isSingle(batch_size) && mix.length === 0,
    )
  );
}

function isSmall(operation: number): boolean {
  return (
    operation >> FAMILY_BITS === FIRST_OF_CORE >> FAMILY_BITS || operation === OP_DISRUPT || operation === OP_RECOVER
  );
}
