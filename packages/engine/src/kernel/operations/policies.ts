/* Operations of hedged calls, bulkheads, queues of pools and fallbacks: `Policies` does them. */

/** The first number of the family. */
export const FIRST_OF_POLICIES: i32 = 384;

/** While a frame waits for an answer: send the call once more. */
export const OP_HEDGE: i32 = 384;
/** Go on to wait for a place in a bulkhead, or fail as rejected when `index` wait already. Operands: link, pool, index. */
export const OP_QUEUE_UP: i32 = 385;
/** The attempt was not sent: its breaker forgets it. Operand: breaker. */
export const OP_FORGET: i32 = 386;
/** After a failure: go on to what takes the place of the answer. Operand: link. */
export const OP_FALL_BACK: i32 = 387;
/** Go on to wait for a unit of a pool, or fail as rejected when its queue is full. Operands: server, pool. */
export const OP_LINE_UP: i32 = 388;
