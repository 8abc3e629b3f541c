import type { SessionRecord } from "../record/session-record.js";
import type { Arrivals } from "./arrivals/arrivals.js";
import type { Balancer } from "./balancing/balancer.js";
import type { Group } from "./brokers/group.js";
import type { Topic } from "./brokers/topic.js";
import type { Cache } from "./caching/cache.js";
import type { HitCurve } from "./caching/hit-curve.js";
import type { RowLock } from "./databases/row-lock.js";
import type { Breaker } from "./policies/breaker.js";
import type { Disruption } from "./disruptions/disruption.js";
import type { Hedge } from "./policies/hedge.js";
import type { Llm } from "./llm/llm.js";
import type { Link } from "./link.js";
import type { Mix } from "./mix.js";
import type { MessageSizes } from "./network/message-sizes.js";
import type { Gate } from "./protection/gate.js";
import type { Retry } from "./policies/retry.js";
import type { RateLimit } from "./policies/rate-limit.js";
import type { Pool } from "./pool.js";
import type { Server } from "./server.js";
import type { Stream } from "./stream.js";

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
  curve: HitCurve | null = null;
  stream: Stream | null = null;
  disruption: Disruption | null = null;
  retry: Retry | null = null;
  session: SessionRecord | null = null;
  breaker: Breaker | null = null;
  limit: RateLimit | null = null;
  gate: Gate | null = null;
  llm: Llm | null = null;
  sizes: MessageSizes | null = null;
  topic: Topic | null = null;
  group: Group | null = null;
  hedge: Hedge | null = null;
  lock: RowLock | null = null;
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
