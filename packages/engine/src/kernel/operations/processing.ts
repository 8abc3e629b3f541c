/*
 * Operations of servers that do more than hand out cores in turn: see `Instruction` for the others, `Processing` for what they do.
 */

/** All operations from here on are of this file. */
export const FIRST_OF_PROCESSING: i32 = 64;

/** Take part in the CPU at once, with all others. Operands: server, stream. */
export const OP_SHARE: i32 = 64;
/** The part in the CPU is over. Operand: server. */
export const OP_UNSHARE: i32 = 65;
/** Wait for the turn of an event loop. Operand: server. */
export const OP_TURN: i32 = 66;
/** Draw a step and wait for a core. Operands: server, stream. */
export const OP_PROCESS: i32 = 67;
/** Begin the step, on a core. Operand: server. */
export const OP_RUN: i32 = 68;
/** Give the core back and wait for a while that a slow server makes longer. Operands: server, stream. */
export const OP_WAIT: i32 = 69;
/** A step is over that was on a clock, or is given up. */
export const OP_STEP_OVER: i32 = 70;
/** Choose an event loop by chance. Operands: server, stream. */
export const OP_ASSIGN: i32 = 71;
/** Leave the choice of an event loop to the first that is idle. */
export const OP_OFFER: i32 = 72;
/** Give the turn of the event loop back without a step. Operand: server. */
export const OP_PASS: i32 = 78;
/** No request: wait for a while. Operands: stream, index (the rank of what happens then). */
export const OP_SLEEP: i32 = 73;
/** No request: stop an event loop, or the whole CPU. Operands: server, stream (how long), index (the loop). */
export const OP_PAUSE: i32 = 74;
/** No request: let it go on. Operands: server, index (the loop). */
export const OP_RESUME: i32 = 75;
/** No request: start work of the server's own, at the only way. Operand: server. */
export const OP_LAUNCH: i32 = 76;
/** No request: the quota of the server is used up, or its next period begins. Operand: server. */
export const OP_QUOTA: i32 = 77;
