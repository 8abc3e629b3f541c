/* Operations on rows that transactions lock: `Databases` does them. */

/** The first number of the family. */
export const FIRST_OF_DATABASES: i32 = 288;

/** Draw a row and lock it, or wait for it, or fail. Operands: server, lock. */
export const OP_LOCK_ROW: i32 = 288;
/** While a frame waits for a row: the time limit has come. */
export const OP_LOCK_OVERDUE: i32 = 289;
/** Give back all rows of a server that the frame holds. Operand: server. */
export const OP_UNLOCK: i32 = 290;
