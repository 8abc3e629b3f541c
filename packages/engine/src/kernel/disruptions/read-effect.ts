import type { NumberReader } from "../../platform/number-reader.js";
import type { Recorder } from "../../record/recorder.js";
import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Balancer } from "../balancing/balancer.js";
import type { Cache } from "../caching/cache.js";
import type { HitCurve } from "../caching/hit-curve.js";
import type { Link } from "../link.js";
import type { Llm } from "../llm/llm.js";
import type { PendingEvents } from "../pending-events.js";
import type { Pool } from "../pool.js";
import type { Server } from "../server.js";
import { CacheFlush } from "./cache-flush.js";
import { Degradation } from "./degradation.js";
import type { Effect } from "./effect.js";
import { ErrorSpike } from "./error-spike.js";
import { LatencySpike } from "./latency-spike.js";
import { MemoryLeak } from "./memory-leak.js";
import { ModelSlowDown } from "./model-slow-down.js";
import { Outage } from "./outage.js";
import { PoolExhaustion } from "./pool-exhaustion.js";
import { SlowDown } from "./slow-down.js";
import { Storm } from "./storm.js";
import { Surge } from "./surge.js";

/** Kinds of effects, in an encoded plan. */
export const EFFECT_DOWN: i32 = 0;
export const EFFECT_CRASH: i32 = 1;
export const EFFECT_SLOW: i32 = 2;
export const EFFECT_ERRORS: i32 = 3;
export const EFFECT_EXHAUSTION: i32 = 4;
export const EFFECT_SPIKE: i32 = 5;
export const EFFECT_STORM: i32 = 6;
export const EFFECT_DEGRADATION: i32 = 7;
export const EFFECT_LEAK: i32 = 8;
export const EFFECT_SURGE: i32 = 9;
export const EFFECT_FLUSH: i32 = 10;
export const EFFECT_SLOW_MODEL: i32 = 11;

/** What effects act on. */
export class Targets {
  readonly servers: Server[];
  readonly links: Link[];
  readonly pools: Pool[];
  readonly balancers: Balancer[];
  readonly caches: Cache[];
  readonly curves: HitCurve[];
  readonly llms: Llm[];

  constructor(
    servers: Server[],
    links: Link[],
    pools: Pool[],
    balancers: Balancer[],
    caches: Cache[],
    curves: HitCurve[],
    llms: Llm[],
  ) {
    this.servers = servers;
    this.links = links;
    this.pools = pools;
    this.balancers = balancers;
    this.caches = caches;
    this.curves = curves;
    this.llms = llms;
  }
}

/** Reads an effect of an encoded plan: its kind, its target, its record, and three numbers that say how much. */
export function readEffect(plan: NumberReader, targets: Targets, recorder: Recorder, pending: PendingEvents): Effect {
  const kind = plan.int();
  const target = plan.int();
  const position = plan.int();
  const amount = plan.number();
  const other = plan.number();
  const third = plan.number();
  const record: TroubleRecord | null = position < 0 ? null : recorder.troubles[position];
  switch (kind) {
    case EFFECT_SLOW:
      return new SlowDown(record, targets.servers[target].processors!, amount, other);
    case EFFECT_SLOW_MODEL:
      return new ModelSlowDown(record, targets.llms[target], amount, pending);
    case EFFECT_STORM:
      return new Storm(record, targets.servers[target].processors!, amount, other);
    case EFFECT_ERRORS:
      return new ErrorSpike(record, targets.servers[target], amount);
    case EFFECT_EXHAUSTION:
      return new PoolExhaustion(record, targets.pools[target], amount as i32);
    case EFFECT_SPIKE:
      return new LatencySpike(record, targets.links[target], amount);
    case EFFECT_DEGRADATION:
      return new Degradation(record, targets.links[target], amount, other, third);
    case EFFECT_LEAK:
      return new MemoryLeak(record, targets.servers[target], amount, other, third);
    case EFFECT_SURGE:
      return new Surge(record);
    case EFFECT_FLUSH:
      return new CacheFlush(record, cacheAt(targets, amount as i32), curveAt(targets, other as i32));
    default: {
      const outage = new Outage(record, targets.servers[target], targets.balancers, kind === EFFECT_CRASH);
      outage.emptied = cacheAt(targets, amount as i32);
      outage.cooled = curveAt(targets, other as i32);
      return outage;
    }
  }
}

function cacheAt(targets: Targets, position: i32): Cache | null {
  return position < 0 ? null : targets.caches[position];
}

function curveAt(targets: Targets, position: i32): HitCurve | null {
  return position < 0 ? null : targets.curves[position];
}
