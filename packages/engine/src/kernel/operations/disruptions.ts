/* Operations of what goes wrong: `Disruptions` does them. */

/** The first number of the family. */
export const FIRST_OF_DISRUPTIONS: i32 = 192;

/** A disruption begins. Operand: disruption. */
export const OP_DISRUPT: i32 = 192;
/** A disruption ends. Operand: disruption. */
export const OP_RECOVER: i32 = 193;
