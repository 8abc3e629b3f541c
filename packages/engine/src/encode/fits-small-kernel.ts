import { FAMILY_BITS, FIRST_OF_CORE } from "../kernel/operations/core.js";
import { OP_DISRUPT, OP_RECOVER } from "../kernel/operations/disruptions.js";
import { isSingle } from "./encode-arrivals.js";
import type { PartCounts } from "../measures/recorded-parts.js";
import type { Plan } from "../plan.js";

const PARTS: ReadonlySet<string> = new Set(["servers", "links", "ejections"] satisfies (keyof PartCounts)[]);
const ALGORITHMS: ReadonlySet<string> = new Set(["round_robin", "least_in_transit"]);
const DISRUPTIONS: ReadonlySet<string> = new Set(["server_down", "network_spike"]);
const ARRIVALS: ReadonlySet<string> = new Set(["asyncflow_users", "users", "poisson", "renewal"]);

/**
 * Whether a plan asks for nothing that the small kernel lacks; `operations` are those of its programs, `counts` says what of it is recorded.
 * What is not known here to be in the small kernel is left to the whole one.
 */
export function fitsSmallKernel(plan: Plan, operations: readonly number[], counts: PartCounts): boolean {
  return (
    !plan.attribution &&
    Object.entries(counts).every(([kind, count]) => PARTS.has(kind) || count === 0) &&
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
