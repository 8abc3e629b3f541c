/* Operations that most programs have: `Machine` does them. */

/** A family of operations has numbers that are equal but for so many low bits. */
export const FAMILY_BITS: i32 = 5;

/** The first number of the family. */
export const FIRST_OF_CORE: i32 = 0;

/** A generator produces a request, which goes on at `next`, and waits for the next one. Operands: arrivals, mix. */
export const OP_GENERATE: i32 = 0;
/** It has ended. */
export const OP_NOTHING: i32 = 1;
/** A request goes on over a link that it does not come back over. Operand: link. */
export const OP_FORWARD: i32 = 2;
/** At a client: complete a request that comes back over a link of its own. */
export const OP_COMPLETE: i32 = 3;
/** At a load balancer: choose a link and send. Operand: balancer. */
export const OP_BALANCE: i32 = 4;
/** At a server: choose an endpoint and go to its program. Operand: server. */
export const OP_ENTER: i32 = 5;
/** Reserve memory before going on. Operands: server, amount [MB]. */
export const OP_RESERVE: i32 = 6;
/** Hold a core for a while. Operands: server, stream. */
export const OP_CPU: i32 = 7;
/** Give the core back and wait for a while. Operands: server, stream. */
export const OP_IO: i32 = 8;
/** Return everything, and go on over the server's link or answer. Operands: server, link. */
export const OP_LEAVE: i32 = 9;
/** A request goes on over a link and will come back over it. Operand: link. */
export const OP_SEND: i32 = 10;
/** Go back over the last link that is left, or be answered when there is none. */
export const OP_ANSWER: i32 = 11;
/** Out of the last link, on the way back. */
export const OP_BACK: i32 = 12;
