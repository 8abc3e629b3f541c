import type { SessionRecord } from "../record/session-record.js";
import type { Arrivals } from "./arrivals/arrivals.js";
import type { Balancer } from "./balancing/balancer.js";
import type { Cache } from "./caching/cache.js";
import type { Breaker } from "./breaker.js";
import type { Disruption } from "./disruption.js";
import type { Link } from "./link.js";
import type { Mix } from "./mix.js";
import type { Retry } from "./retry.js";
import type { RateLimit } from "./rate-limit.js";
import type { Pool } from "./pool.js";
import type { Server } from "./server.js";
import type { Stream } from "./stream.js";

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
/** A disruption begins. Operand: disruption. */
export const OP_DISRUPT: i32 = 10;
/** A disruption ends. Operand: disruption. */
export const OP_RECOVER: i32 = 11;
/** A request goes on over a link and will come back over it. Operand: link. */
export const OP_SEND: i32 = 12;
/** Go back over the last link that is left, or be answered when there is none. */
export const OP_ANSWER: i32 = 13;
/** Out of the last link, on the way back. */
export const OP_BACK: i32 = 14;
/** Start a request of its own at the only way and wait until it is answered. Operands: server, link, index (the endpoint's name). */
export const OP_CALL: i32 = 15;
/** Go all ways at once and wait until `amount` of them have ended well; `index` is 1 to fail at once. Operand: server. */
export const OP_FORK: i32 = 16;
/** A way of its own ends. Operand: server. */
export const OP_JOIN: i32 = 17;
/** Start the only way and do not wait for it. Operand: server. */
export const OP_SPAWN: i32 = 18;
/** Go one of the ways by chance, or on at `next`. Operand: stream. */
export const OP_CHOOSE: i32 = 19;
/** Go the only way if the request is of class `index`, or on at `next`. */
export const OP_MATCH: i32 = 20;
/** Draw how often to go round a loop. Operands: stream, index (the counter). */
export const OP_REPEAT: i32 = 21;
/** Go the only way once more, or on at `next`. Operand: index (the counter). */
export const OP_LOOP: i32 = 22;
/** Hold a unit of a pool before going on. Operands: server, pool. */
export const OP_ACQUIRE: i32 = 23;
/** Give the unit back. Operands: server, pool. */
export const OP_RELEASE: i32 = 24;
/** Return some memory. Operands: server, amount [MB]. */
export const OP_RELEASE_RAM: i32 = 25;
/** Fail. */
export const OP_FAIL: i32 = 26;
/** After a failure: go on as if there had been none. */
export const OP_CATCH: i32 = 27;
/** A request of a generator starts an attempt of its own and waits until that is done. Operands: link, amount (time limit [s], 0 for none). */
export const OP_ASK: i32 = 28;
/** As OP_CALL, for at most `amount` [s]. Operands: server, link, index. */
export const OP_CALL_WITHIN: i32 = 29;
/** While a frame waits for an answer: the time limit has come. */
export const OP_GIVE_UP: i32 = 30;
/** Before the first attempt: count those that follow. Operands: link, retry, index (the counter). */
export const OP_FIRST_TRY: i32 = 31;
/** After a failed attempt: wait and go the only way, or fail. Operands: link, retry, index (the counter). */
export const OP_RETRY: i32 = 32;
/** Fail if the time limit that came with the request is over. */
export const OP_DEADLINE: i32 = 33;
/** Have a core before going on. Operand: server. */
export const OP_TAKE_CORE: i32 = 34;
/** A request that started attempts is over. */
export const OP_DONE: i32 = 35;
/** A frame that nobody wants any more ends where it is. */
export const OP_VANISH: i32 = 36;
/** The operations from here on are those of `Extensions`, up to those of `Processing`. */
export const OP_EXTENSIONS: i32 = 37;
/** Be let in, or wait in the backlog, or be turned away. Operand: server. */
export const OP_ADMIT: i32 = 37;
/** Give back everything and the connection. Operand: server. */
export const OP_DISMISS: i32 = 38;
/** Let those of the backlog in for whom there is memory now. Operand: server. */
export const OP_LET_IN: i32 = 39;
/** Wait until the server has started; who starts it goes the only way. Operand: server. */
export const OP_WARM_UP: i32 = 40;
/** The server has started. Operand: server. */
export const OP_STARTED: i32 = 41;
/** The server has a request less. Operand: server. */
export const OP_COOL_DOWN: i32 = 42;
/** Take an idle connection, or set up a new one. Operand: link. */
export const OP_DIAL: i32 = 43;
/** The connection is idle again. Operand: link. */
export const OP_HANG_UP: i32 = 44;
/** At a load balancer some of whose links have connections: choose a link, dial where that is needed, and send. Operand: balancer. */
export const OP_BALANCE_DIALLING: i32 = 45;
/** A generator opens a session, which goes on at `next`, and waits for the next one. Operands: arrivals, session. */
export const OP_OPEN_SESSION: i32 = 46;
/** A user thinks before going on. Operands: session, stream. */
export const OP_THINK: i32 = 47;
/** A user sends a request, which goes on at `next`, and waits until it is over: then goes the only way, or as for failures. Operands: arrivals, mix. */
export const OP_REQUEST: i32 = 48;
/** A session is over; `index` is 1 when a failure has ended it. Operand: session. */
export const OP_CLOSE_SESSION: i32 = 49;
/** As OP_ACQUIRE, for at most a drawn time. Operands: server, pool, stream. */
export const OP_CHECK_OUT: i32 = 50;
/** While a frame waits for a unit: the time limit has come. */
export const OP_CHECK_OUT_OVERDUE: i32 = 51;
/** Give the unit back to who may be waiting with a time limit. Operands: server, pool. */
export const OP_CHECK_IN: i32 = 52;

/** Draw a key: go the only way to fetch it, or on at `next` when it is there. Operands: server, cache, index (the counter that keeps it). */
export const OP_LOOK_UP: i32 = 53;
/** The cache holds the key from now on. Operands: cache, index. */
export const OP_KEEP: i32 = 54;
/** The key was not fetched after all. Operands: cache, index. */
export const OP_KEEP_NOTHING: i32 = 55;

/** One instruction of a frame's program, with what it acts on. Operands that its operation does not have are null or 0. */
export class Instruction {
  readonly op: i32;
  /** The instruction that follows, if the frame does not leave this program. */
  next: Instruction | null = null;
  /** What follows when it fails, or is cancelled before it begins; null where a frame holds nothing. */
  handler: Instruction | null = null;
  arrivals: Arrivals | null = null;
  mix: Mix | null = null;
  link: Link | null = null;
  balancer: Balancer | null = null;
  server: Server | null = null;
  pool: Pool | null = null;
  cache: Cache | null = null;
  stream: Stream | null = null;
  disruption: Disruption | null = null;
  retry: Retry | null = null;
  session: SessionRecord | null = null;
  breaker: Breaker | null = null;
  limit: RateLimit | null = null;
  /** Of a call: whether giving it up cancels it, and whether its time limit goes with it. */
  cancels: boolean = false;
  propagates: boolean = false;
  amount: number = 0;
  index: i32 = 0;
  /** Other instructions to go on at, and the upper end of the share of [0, 1) of each. */
  readonly ways: Instruction[];
  readonly shares: number[];

  constructor(op: i32) {
    this.op = op;
    this.ways = [];
    this.shares = [];
  }

  /** One of the ways by chance, or what is next. */
  chosenWay(): Instruction {
    const u = this.stream!.next();
    let way = 0;
    while (way < this.ways.length && u >= this.shares[way]) way++;
    return way < this.ways.length ? this.ways[way] : this.next!;
  }
}
