/*
 * Operations of what keeps requests and calls from going on: see `Instruction` for the others, `Guards` for what they do.
 */

/** All operations from here on are of this file. */
export const FIRST_OF_GUARDS: i32 = 96;

/** Go on to a call, or fail as rejected while its breaker is open. Operands: link, breaker. */
export const OP_ADMIT: i32 = 96;
/** The call is over, well or not: its breaker hears of that. Operands: link, breaker. */
export const OP_JUDGE: i32 = 97;
/** At a server: pass a rate limit, perhaps after a wait, or be refused. Operands: server, limit, index (the class, or EVERY_CLASS). */
export const OP_LIMIT: i32 = 98;

/** The rate limit is for requests of all classes together. */
export const EVERY_CLASS: i32 = -2;
