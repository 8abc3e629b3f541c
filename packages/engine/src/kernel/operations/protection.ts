/* Operations of servers with a concurrency limit, a queue before it, or load shedding: `Gates` does them. */

/** The first number of the family. */
export const FIRST_OF_PROTECTION: i32 = 352;

/** Begin, or wait in the gate's queue, or be turned away and go the only way. Operands: gate, amount (what the request takes of a fair share). */
export const OP_BEGIN: i32 = 352;
/** While a frame waits in the queue: it has waited too long. */
export const OP_QUEUED: i32 = 353;
/** Give back everything and the place among the requests at work. Operand: gate. */
export const OP_FINISH: i32 = 354;
/** Go back with the answer that the server has turned the request away. Operand: server. */
export const OP_TURN_BACK: i32 = 355;
/** Pass a rate limit of the endpoint, perhaps after a wait, or be turned away and go the only way. Operands: gate, limit, index (the class, or EVERY_CLASS). */
export const OP_PASS_LIMIT: i32 = 356;
