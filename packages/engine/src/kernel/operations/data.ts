/* Operations on rows that transactions lock, and on caches besides look-ups: `Data` does them. */

/** The first number of the family. */
export const FIRST_OF_DATA: i32 = 288;

/** Draw a row and lock it, or wait for it, or fail. Operands: server, lock. */
export const OP_LOCK_ROW: i32 = 288;
/** While a frame waits for a row: the time limit has come. */
export const OP_LOCK_OVERDUE: i32 = 289;
/** Give back all rows of a server that the frame holds. Operand: server. */
export const OP_UNLOCK: i32 = 290;
/** Draw a row and look whether it is stale. Operands: server, lock. */
export const OP_READ_ROW: i32 = 293;
/** Draw whether something is in a cache: go the only way to fetch it, or on at `next`. Operands: curve, stream. */
export const OP_GUESS: i32 = 291;
/** No request: a cache loses what it holds. Operand: cache or curve. */
export const OP_FLUSH: i32 = 292;
