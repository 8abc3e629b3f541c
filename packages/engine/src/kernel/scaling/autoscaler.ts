import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, newNumbers, type Ints, type Numbers } from "../../platform/platform.js";
import type { AutoscalerRecord } from "../../record/autoscaler-record.js";
import type { Balancer } from "../balancing/balancer.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import type { Stream } from "../stream.js";
import { Limits } from "./limits.js";
import { recommend } from "./recommend.js";
import { Usage } from "./usage.js";

/** How a replica stands. A replica that drains gets no more requests and finishes what it has. */
const OFF: i32 = 0;
const STARTING: i32 = 1;
const READY: i32 = 2;
const DRAINING: i32 = 3;

/** No replica. */
const NOBODY: i32 = -1;

/** Decides how many replicas of a set run, and which: see `AutoscalerPlan`. */
export class Autoscaler extends Part {
  readonly interval_s: number;
  private readonly record: AutoscalerRecord;
  private readonly servers: Server[];
  private readonly balancers: Balancer[];
  private readonly startup: Stream;
  private readonly warm_up_s: number;
  private readonly initial: i32;
  /** The bounds and when each of them begins [s]. */
  private readonly from_s: number[];
  private readonly mins: i32[];
  private readonly maxs: i32[];
  private readonly target: number;
  private readonly tolerance: number;
  private readonly up: Limits;
  private readonly down: Limits;
  private readonly usage: Usage;
  /** The latest measurements, by their number modulo the length; one is used after `lag` further ones. */
  private readonly measured: Numbers;
  private readonly lag: i32;
  /** Of each replica: how it stands, since when [s], and when it will be ready [s]. */
  private readonly states: Ints;
  private readonly since_s: Numbers;
  private readonly ready_s: Numbers;
  /** From when on each counts in measurements [s]. */
  private readonly warm_s: Numbers;
  private readonly inService_s: Numbers;
  /** The number of the decision. */
  private decision: i32 = 1;
  private ready: i32 = 0;
  private starting: i32 = 0;

  constructor(
    plan: NumberReader,
    servers: Server[],
    balancers: Balancer[],
    streams: Stream[],
    record: AutoscalerRecord,
  ) {
    super();
    const members: Server[] = [];
    const from_s: number[] = [];
    const mins: i32[] = [];
    const maxs: i32[] = [];
    for (let left = plan.int(); left > 0; left--) members.push(servers[plan.int()]);
    this.initial = plan.int();
    for (let left = plan.int(); left > 0; left--) {
      from_s.push(plan.number());
      mins.push(plan.int());
      maxs.push(plan.int());
    }
    this.usage = new Usage(plan.int(), members);
    this.target = plan.number();
    this.tolerance = plan.number();
    this.interval_s = plan.number();
    const lag = plan.int();
    this.startup = streams[plan.int()];
    this.warm_up_s = plan.number();
    this.up = new Limits(plan);
    this.down = new Limits(plan);
    this.record = record;
    this.servers = members;
    this.balancers = balancers;
    this.from_s = from_s;
    this.mins = mins;
    this.maxs = maxs;
    this.lag = lag;
    this.measured = newNumbers(lag + 1);
    this.states = newInts(members.length);
    this.since_s = newNumbers(members.length);
    this.ready_s = newNumbers(members.length);
    this.warm_s = newNumbers(members.length);
    this.inService_s = newNumbers(members.length);
  }

  /** The first replicas run, and are ready. */
  reset(): void {
    this.usage.reset();
    // What there is at the beginning counts as recommended.
    this.up.begin(0, this.initial);
    this.down.begin(0, this.initial);
    this.decision = 1;
    this.ready = this.initial;
    this.starting = 0;
    for (let k = 0; k < this.servers.length; k++) {
      const runs = k < this.initial;
      this.states[k] = runs ? READY : OFF;
      this.since_s[k] = 0;
      this.warm_s[k] = 0;
      this.servers[k].stopped = !runs;
      if (!runs) this.serve(k, false, 0);
    }
    this.record.begin(this.initial as number);
  }

  /** Measures, and decides how many replicas there are to be; takes away those that are too many, and gives how many are missing. */
  decide(now: number): i32 {
    const recommended = this.recommended(now);
    const current = this.ready + this.starting;
    this.up.begin(this.decision, recommended);
    this.down.begin(this.decision, recommended);
    const wanted = this.bounded(this.stabilized(current), current, now);
    if (wanted > current) this.up.change(this.decision, wanted - current);
    if (wanted < current) this.down.change(this.decision, current - wanted);
    this.decision++;
    this.retire(now);
    for (let left = current - wanted; left > 0; left--) this.remove(now);
    if (wanted < current) this.record.downs += 1;
    if (wanted > current) this.record.ups += 1;
    return Math.max(0, wanted - current) as i32;
  }

  /** Starts one more replica, and gives which. */
  start(now: number): i32 {
    let replica = this.first(OFF);
    if (replica === NOBODY) {
      // All that may ever run are there, and one of them still drains: it stands in for a new one.
      replica = this.first(DRAINING);
      this.record.running.change(-1, now);
    }
    this.set(replica, STARTING, now);
    this.starting++;
    this.ready_s[replica] = now + this.startup.next();
    this.record.replicas.change(1, now);
    this.record.running.change(1, now);
    return replica;
  }

  /** When a replica that starts will be ready [s]. */
  readyTime(replica: i32): number {
    return this.ready_s[replica];
  }

  /** A replica gets requests from now on, unless it has been taken away meanwhile. */
  finishStart(replica: i32, now: number): void {
    if (this.states[replica] !== STARTING || this.ready_s[replica] !== now) return;
    this.set(replica, READY, now);
    this.starting--;
    this.ready++;
    this.warm_s[replica] = now + this.warm_up_s;
    this.record.ready.change(1, now);
    this.serve(replica, true, now);
  }

  private recommended(now: number): i32 {
    let warming = 0;
    for (let k = 0; k < this.servers.length; k++) {
      const isReady = this.states[k] === READY;
      const warms = isReady && this.warm_s[k] > this.since_s[k] && now - this.interval_s < this.warm_s[k];
      if (warms) warming++;
      this.inService_s[k] = isReady && !warms ? Math.min(this.interval_s, now - this.since_s[k]) : 0;
    }
    const slots = this.lag + 1;
    this.measured[this.decision % slots] = this.usage.measure(this.inService_s, now);
    const current = this.ready + this.starting;
    if (this.decision <= this.lag) return current;
    const ratio = this.measured[(this.decision - this.lag) % slots] / this.target;
    return recommend(ratio, this.ready - warming, this.starting + warming, this.tolerance);
  }

  private stabilized(current: i32): i32 {
    const up = this.up.least(this.decision);
    if (current < up) return up;
    return Math.min(current as number, this.down.greatest(this.decision) as number) as i32;
  }

  private bounded(wanted: i32, current: i32, now: number): i32 {
    let bound = 0;
    while (bound + 1 < this.from_s.length && this.from_s[bound + 1] <= now) bound++;
    let limited = wanted;
    if (wanted > current)
      limited = Math.min(wanted as number, this.up.most(current, this.down, this.decision) as number) as i32;
    if (wanted < current)
      limited = Math.max(wanted as number, this.down.fewest(current, this.up, this.decision) as number) as i32;
    return Math.max(this.mins[bound] as number, Math.min(this.maxs[bound] as number, limited as number)) as i32;
  }

  /** Takes a replica away: the one that began to start last, or else the one that has been ready for the shortest time. */
  private remove(now: number): void {
    const starting = this.latest(STARTING);
    const replica = starting === NOBODY ? this.latest(READY) : starting;
    this.record.replicas.change(-1, now);
    if (starting !== NOBODY) {
      this.starting--;
      this.set(replica, OFF, now);
      this.record.running.change(-1, now);
      return;
    }
    this.ready--;
    this.record.ready.change(-1, now);
    this.set(replica, DRAINING, now);
    this.serve(replica, false, now);
  }

  /** Replicas that have drained run no more. */
  private retire(now: number): void {
    for (let k = 0; k < this.servers.length; k++) {
      if (this.states[k] !== DRAINING || !this.isEmpty(k)) continue;
      this.set(k, OFF, now);
      this.record.running.change(-1, now);
    }
  }

  private isEmpty(replica: i32): boolean {
    if (this.servers[replica].consuming > 0) return false;
    for (let k = 0; k < this.balancers.length; k++) {
      if (this.balancers[k].outstandingAt(this.servers[replica]) > 0) return false;
    }
    return true;
  }

  private set(replica: i32, state: i32, now: number): void {
    this.states[replica] = state;
    this.servers[replica].stopped = state === OFF || state === STARTING;
    this.since_s[replica] = now;
  }

  private serve(replica: i32, inService: boolean, now: number): void {
    this.servers[replica].inService = inService;
    for (let k = 0; k < this.balancers.length; k++)
      this.balancers[k].setInService(this.servers[replica], inService, now);
  }

  private first(state: i32): i32 {
    for (let k = 0; k < this.servers.length; k++) if (this.states[k] === state) return k;
    return NOBODY;
  }

  /** The replica that has come to a state last; of equal ones the last. */
  private latest(state: i32): i32 {
    let latest = NOBODY;
    for (let k = 0; k < this.servers.length; k++) {
      if (this.states[k] === state && (latest === NOBODY || this.since_s[k] >= this.since_s[latest])) latest = k;
    }
    return latest;
  }
}
