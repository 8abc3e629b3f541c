/* Operations of frames that wait for others, and of what they hold meanwhile: `Calls` does them. */

/** The first number of the family. */
export const FIRST_OF_CALLS: i32 = 128;

/** Start a request of its own at the only way and wait until it is answered. Operands: server, link, index (the endpoint's name). */
export const OP_CALL: i32 = 128;
/** As OP_CALL, for at most `amount` [s]. Operands: server, link, index. */
export const OP_CALL_WITHIN: i32 = 129;
/** A request of a generator starts an attempt of its own and waits until that is done. Operands: link, amount (time limit [s], 0 for none). */
export const OP_ASK: i32 = 130;
/** While a frame waits for an answer: the time limit has come. */
export const OP_GIVE_UP: i32 = 131;
/** After a failed attempt: wait and go the only way, or fail. Operands: link, retry, index (the counter). */
export const OP_RETRY: i32 = 132;
/** A request that started attempts is over. */
export const OP_DONE: i32 = 133;
/** A frame that nobody wants any more ends where it is. */
export const OP_VANISH: i32 = 134;
/** Go all ways at once and wait until `amount` of them have ended well; `index` is 1 to fail at once. Operand: server. */
export const OP_FORK: i32 = 135;
/** A way of its own ends. Operand: server. */
export const OP_JOIN: i32 = 136;
/** Start the only way and do not wait for it. Operand: server. */
export const OP_SPAWN: i32 = 137;
/** Hold a unit of a pool before going on. Operands: server, pool. */
export const OP_ACQUIRE: i32 = 138;
/** Give the unit back. Operands: server, pool. */
export const OP_RELEASE: i32 = 139;
/** Return some memory. Operands: server, amount [MB]. */
export const OP_RELEASE_RAM: i32 = 140;
/** Have a core before going on. Operand: server. */
export const OP_TAKE_CORE: i32 = 141;
