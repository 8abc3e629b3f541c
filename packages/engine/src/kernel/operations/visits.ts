/* Operations of visits to servers that are recorded by endpoint and class: `Visits` does them. */

/** The first number of the family. */
export const FIRST_OF_VISITS: i32 = 480;

/** A request comes to a server; its endpoint is not chosen yet, so it counts for `index` until it is. Operand: server. */
export const OP_COME: i32 = 480;
/** It begins with the endpoint whose visits are recorded at `index`. */
export const OP_VISIT: i32 = 481;
/** It has left the server, well or not. */
export const OP_DEPART: i32 = 482;
