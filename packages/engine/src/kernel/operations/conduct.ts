/* Operations of what holds while a request is at a server: `advanceConduct` does them. */

/** The first number of the family. */
export const FIRST_OF_CONDUCT: i32 = 704;

/** Be one of those that are in each other's way. Operand: server. */
export const OP_JOIN_CROWD: i32 = 704;
/** Be none of them any more. Operand: server. */
export const OP_LEAVE_CROWD: i32 = 705;
/** Begin no step after `amount` [s] from now, or after a deadline that comes earlier. */
export const OP_SET_DEADLINE: i32 = 706;
/** The deadline of the caller alone counts again. */
export const OP_RESTORE_DEADLINE: i32 = 707;
