/* Operations of what goes wrong: `Disruptions` does them. */

/** The first number of the family. */
export const FIRST_OF_DISRUPTIONS: i32 = 192;

/** A disruption begins. Operand: disruption. */
export const OP_DISRUPT: i32 = 192;
/** A disruption ends. Operand: disruption. */
export const OP_RECOVER: i32 = 193;
/** Be one of those that a crash of the server ends; `index` is 1 for what is no request, and ends at once at a server that has crashed. Operand: server. */
export const OP_MOVE_IN: i32 = 194;
/** Be none of them any more. Operand: server. */
export const OP_MOVE_OUT: i32 = 195;
/** Fail by chance while the server has error spikes. Operands: server, stream. */
export const OP_RISK: i32 = 196;
/** No request: wait for the next pause, which comes earlier in a storm. Operands: server, stream. */
export const OP_CALM: i32 = 197;
/** No request: the pause begins. Operand: server. */
export const OP_CALM_OVER: i32 = 198;
/** No request: a leak of memory grows for as long as it is there; `index` is its place among the effects. Operand: disruption. */
export const OP_LEAK: i32 = 199;
/** Leave memory behind, where requests leak some. Operand: server. */
export const OP_LEAVE_BEHIND: i32 = 200;
