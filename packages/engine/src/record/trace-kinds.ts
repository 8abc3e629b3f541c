/** What can happen to a frame, and the place that it is told with; `REPLAY_KINDS` are their names. */

/** A generator produced the request. Place: its arrivals. */
export const TRACE_GENERATED: i32 = 0;
/** It goes on over a link, and is on its way until something else happens to it. Place: link. */
export const TRACE_SENT: i32 = 1;
/** The link lost it, and it ends. Place: link. */
export const TRACE_DROPPED: i32 = 2;
/** It arrived at a server. Place: server. */
export const TRACE_ENTERED: i32 = 3;
/** It met no server that was up, and ends. Place: load balancer or server. */
export const TRACE_FAILED: i32 = 4;
/** It waits for memory. Place: server. */
export const TRACE_WAITS_FOR_RAM: i32 = 5;
/** It has its memory. Place: server. */
export const TRACE_RAM_RESERVED: i32 = 6;
/** It waits for a core, in the ready queue. Place: server. */
export const TRACE_WAITS_FOR_CORE: i32 = 7;
/** It has a core. Place: server. */
export const TRACE_CORE_TAKEN: i32 = 8;
/** A CPU step begins, and lasts until something else happens to it. Place: server. */
export const TRACE_CPU_STARTED: i32 = 9;
/** It gives its core back. Place: server. */
export const TRACE_CORE_RELEASED: i32 = 10;
/** An I/O step begins, and lasts until something else happens to it. Place: server. */
export const TRACE_IO_STARTED: i32 = 11;
/** It leaves the server and returns its memory. Place: server. */
export const TRACE_LEFT: i32 = 12;
/** It is back at a client, and ends. Place: the client's instruction. */
export const TRACE_COMPLETED: i32 = 13;
/** A disruption begins; the frame is no request. Place: disruption. */
export const TRACE_DISRUPTED: i32 = 14;
/** A disruption ends; the frame is no request. Place: disruption. */
export const TRACE_RECOVERED: i32 = 15;
/** A frame begins that is a call by the frame that waits for it. Place: the link it goes over. */
export const TRACE_CALLED: i32 = 16;
/** A frame begins that is a branch of another. Place: server. */
export const TRACE_FORKED: i32 = 17;
/** A call or a branch ends. Place: where it does, if that is a part of the system. */
export const TRACE_ENDED: i32 = 18;
/** It waits for answers. Place: server. */
export const TRACE_AWAITS: i32 = 19;
/** It has the answers it waits for, or knows that it will not have them. Place: server. */
export const TRACE_RESUMED: i32 = 20;
/** It waits for a unit of a pool. Place: pool. */
export const TRACE_WAITS_FOR_POOL: i32 = 21;
/** It has a unit of a pool. Place: pool. */
export const TRACE_POOL_TAKEN: i32 = 22;
/** It gives a unit of a pool back. Place: pool. */
export const TRACE_POOL_RELEASED: i32 = 23;
/** It is not let in, and goes back with that answer. Place: load balancer or server. */
export const TRACE_REFUSED: i32 = 24;
/** The answer, the unit of a pool or the row, that it waits for has not come in time. Place: the link that it called over, the pool, or the server. */
export const TRACE_TIMED_OUT: i32 = 25;
/** It waits before it tries again. Place: the link it will go over. */
export const TRACE_BACKS_OFF: i32 = 26;
/** Nobody wants it any more. Without a place. */
export const TRACE_CANCELLED: i32 = 27;
/** It was turned away, and ends. Place: server, or what sent it. */
export const TRACE_REJECTED: i32 = 28;
/** It waits in the backlog. Place: server. */
export const TRACE_WAITS_IN_BACKLOG: i32 = 29;
/** It is let in. Place: server. */
export const TRACE_ADMITTED: i32 = 30;
/** It waits until the server has started. Place: server. */
export const TRACE_WAITS_FOR_START: i32 = 31;
/** It sets up a connection, until something else happens to it. Place: link. */
export const TRACE_CONNECTS: i32 = 32;
/** A breaker or a rate limit has turned it away. Place: link or server. */
export const TRACE_TURNED_AWAY: i32 = 33;
export const TRACE_WAITS_FOR_FETCH: i32 = 34;
export const TRACE_WAITS_FOR_LIMIT: i32 = 35;
/** A frame begins that is a call by the frame that waits for it, which has sent the same before. Place: the link it goes over. */
export const TRACE_HEDGED: i32 = 36;
/** It has failed, and goes on to what takes the place of the answer. Place: the link that it called over. */
export const TRACE_FALLS_BACK: i32 = 37;
/** It waits in the queue before the work of a server. Place: server. */
export const TRACE_WAITS_IN_QUEUE: i32 = 38;
/** It is one of those at work. Place: server. */
export const TRACE_BEGUN: i32 = 39;
/** It waits until a language model begins with it. Place: server. */
export const TRACE_WAITS_FOR_LLM: i32 = 40;
/** A language model has begun with it, until something else happens to it. Place: server. */
export const TRACE_LLM_STARTED: i32 = 41;
/** It was lost and waits until it is sent again. Place: link. */
export const TRACE_RETRANSMITS: i32 = 42;
/** It waits for a row that another transaction has locked. Place: server. */
export const TRACE_WAITS_FOR_ROW: i32 = 43;
/** A message waits for a consumer. Place: the broker's server. */
export const TRACE_WAITS_FOR_CONSUMER: i32 = 44;
/** It waits until a topic has room for what it publishes. Place: the broker's server. */
export const TRACE_WAITS_FOR_ROOM: i32 = 45;
/** The server that it is at has crashed. Place: server. */
export const TRACE_LOST: i32 = 46;
/** The first token of an answer is there, which it is a branch of whoever waits for that: it goes on by itself. Place: server. */
export const TRACE_FIRST_TOKEN: i32 = 47;
