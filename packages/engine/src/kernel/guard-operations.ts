/*
 * Operations of what keeps requests and calls from going on: see `Instruction` for the others, `Guards` for what they do.
 */

/** All operations from here on are of this file. */
export const FIRST_OF_GUARDS: i32 = 96;

/** Go on to a call, or fail as rejected while its breaker is open. Operands: link, breaker. */
export const OP_ADMIT: i32 = 96;
/** The call is over, well or not: its breaker hears of that. Operands: link, breaker. */
export const OP_JUDGE: i32 = 97;
