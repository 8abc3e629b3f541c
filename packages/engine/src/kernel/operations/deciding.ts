/* Operations that only decide where a frame goes on: `decide` does them. */

/** The first number of the family. */
export const FIRST_OF_DECIDING: i32 = 32;

/** Go one of the ways by chance, or on at `next`. Operand: stream. */
export const OP_CHOOSE: i32 = 32;
/** Go the only way if the request is of class `index`, or on at `next`. */
export const OP_MATCH: i32 = 33;
/** Draw how often to go round a loop. Operands: stream, index (the counter). */
export const OP_REPEAT: i32 = 34;
/** Go the only way once more, or on at `next`. Operand: index (the counter). */
export const OP_LOOP: i32 = 35;
/** Fail. */
export const OP_FAIL: i32 = 36;
/** After a failure: go on as if there had been none. */
export const OP_CATCH: i32 = 37;
/** Before the first attempt: count those that follow. Operands: link, retry, index (the counter). */
export const OP_FIRST_TRY: i32 = 38;
/** Fail if the time limit that came with the request is over. */
export const OP_DEADLINE: i32 = 39;
