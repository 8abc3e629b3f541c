/* Operations of autoscalers: `Scaling` does them. No request has them. */

/** The first number of the family. */
export const FIRST_OF_SCALING: i32 = 448;

/** Measure and decide, now and every so often; each of the ways brings up one replica. Operand: index (the autoscaler). */
export const OP_DECIDE_REPLICAS: i32 = 448;
/** A replica is ready. Operands: index (the autoscaler), amount (the replica). */
export const OP_REPLICA_READY: i32 = 449;
