/* Operations of admission, cold starts, connections, sessions, pools with time limits and caches: `Extensions` does them. */

/** The first number of the family. */
export const FIRST_OF_EXTENSIONS: i32 = 160;

/** Be let in, or wait in the backlog, or be turned away. Operand: server. */
export const OP_ADMIT: i32 = 160;
/** Give back everything and the connection. Operand: server. */
export const OP_DISMISS: i32 = 161;
/** Let those of the backlog in for whom there is memory now. Operand: server. */
export const OP_LET_IN: i32 = 162;
/** Wait until the server has started; who starts it goes the only way. Operand: server. */
export const OP_WARM_UP: i32 = 163;
/** The server has started. Operand: server. */
export const OP_STARTED: i32 = 164;
/** The server has a request less. Operand: server. */
export const OP_COOL_DOWN: i32 = 165;
/** Take an idle connection, or set up a new one. Operand: link. */
export const OP_DIAL: i32 = 166;
/** The connection is idle again. Operand: link. */
export const OP_HANG_UP: i32 = 167;
/** At a load balancer some of whose links have connections: choose a link, dial where that is needed, and send. Operand: balancer. */
export const OP_BALANCE_DIALLING: i32 = 168;
/** A generator opens a session, which goes on at `next`, and waits for the next one. Operands: arrivals, session. */
export const OP_OPEN_SESSION: i32 = 169;
/** A user thinks before going on. Operands: session, stream. */
export const OP_THINK: i32 = 170;
/** A user sends a request, which goes on at `next`, and waits until it is over: then goes the only way, or as for failures. Operands: arrivals, mix. */
export const OP_REQUEST: i32 = 171;
/** A session is over; `index` is 1 when a failure has ended it. Operand: session. */
export const OP_CLOSE_SESSION: i32 = 172;
/** As OP_ACQUIRE, for at most a drawn time. Operands: server, pool, stream. */
export const OP_CHECK_OUT: i32 = 173;
/** While a frame waits for a unit: the time limit has come. */
export const OP_CHECK_OUT_OVERDUE: i32 = 174;
/** Give the unit back to who may be waiting with a time limit. Operands: server, pool. */
export const OP_CHECK_IN: i32 = 175;
/** Draw a key: go the only way to fetch it, or on at `next` when it is there. Operands: server, cache, index (the counter that keeps it). */
export const OP_LOOK_UP: i32 = 176;
/** The cache holds the key from now on. Operands: cache, index. */
export const OP_KEEP: i32 = 177;
/** The key was not fetched after all. Operands: cache, index. */
export const OP_KEEP_NOTHING: i32 = 178;
/** Close connections that have been idle for long, again and again. Operand: link. */
export const OP_CLOSE_IDLE: i32 = 180;
/** While a frame waits for a key that another one fetches; `index` keeps the key. */
export const OP_AWAIT_KEY: i32 = 179;
