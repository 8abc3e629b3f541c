import type { DiallingRecord } from "../record/dialling-record.js";
import type { Recorder } from "../record/recorder.js";
import { Autoscaler } from "./scaling/autoscaler.js";
import { Admission } from "./entrance/admission.js";
import type { Arrivals } from "./arrivals/arrivals.js";
import { readArrivals } from "./arrivals/read-arrivals.js";
import { Balancer } from "./balancing/balancer.js";
import { ColdStart } from "./entrance/cold-start.js";
import { Dialling } from "./entrance/dialling.js";
import { Cache } from "./caching/cache.js";
import { Breaker } from "./policies/breaker.js";
import { Disruption } from "./disruptions/disruption.js";
import { readEffect, Targets } from "./disruptions/read-effect.js";
import { Endpoint } from "./endpoint.js";
import { Instruction } from "./instruction.js";
import { OP_ENTER, OP_SEND } from "./operations/core.js";
import { Link } from "./link.js";
import { Mix } from "./mix.js";
import type { NumberReader } from "../platform/number-reader.js";
import type { PendingEvents } from "./pending-events.js";
import { Pool } from "./pool.js";
import { OP_LIMIT } from "./operations/guards.js";
import { Hedge } from "./policies/hedge.js";
import { RateLimit } from "./policies/rate-limit.js";
import { Retry } from "./policies/retry.js";
import { Server } from "./server.js";
import { Stream } from "./stream.js";

/** The simulated system: what an encoded plan describes, as parts and as the programs that requests run on them. */
export class System {
  readonly streams: Stream[];
  /** The parts, in the order of the plan. */
  readonly links: Link[];
  readonly pools: Pool[];
  readonly caches: Cache[];
  readonly servers: Server[];
  readonly admissions: Admission[];
  readonly coldStarts: ColdStart[];
  readonly diallings: Dialling[];
  readonly balancers: Balancer[];
  readonly autoscalers: Autoscaler[];
  readonly arrivals: Arrivals[];
  readonly retries: Retry[];
  readonly breakers: Breaker[];
  readonly limits: RateLimit[];
  readonly hedges: Hedge[];
  /** Whether callers may give up, and whether that may cancel what they called. */
  readonly watches: boolean;
  readonly cancels: boolean;
  /** All instructions there are, and among them where the frame of each generator and each disruption starts. */
  readonly program: Instruction[];
  readonly generators: Instruction[];
  readonly disruptions: Instruction[];
  /** Where frames start at the beginning that are what servers do by themselves. */
  readonly processes: Instruction[];

  constructor(plan: NumberReader, recorder: Recorder, pending: PendingEvents, horizon_s: number) {
    this.streams = [];
    this.links = [];
    this.pools = [];
    this.caches = [];
    this.servers = [];
    this.admissions = [];
    this.coldStarts = [];
    this.diallings = [];
    this.balancers = [];
    this.autoscalers = [];
    this.arrivals = [];
    this.retries = [];
    this.breakers = [];
    this.limits = [];
    this.hedges = [];
    this.watches = plan.int() === 1;
    this.cancels = plan.int() === 1;
    this.program = [];
    this.generators = [];
    this.disruptions = [];
    this.processes = [];
    for (let left = plan.int(); left > 0; left--) this.streams.push(new Stream(this.streams.length, plan));
    for (let k = 0; k < recorder.links.length; k++) this.links.push(new Link(plan, this.streams, recorder.links[k]));
    for (let k = 0; k < recorder.pools.length; k++) this.pools.push(new Pool(plan, recorder.pools[k]));
    for (let k = 0; k < recorder.caches.length; k++) {
      this.caches.push(new Cache(plan, this.streams, recorder.caches[k]));
    }
    for (let k = 0; k < recorder.servers.length; k++) {
      this.servers.push(new Server(plan, this.streams, recorder.servers[k], recorder, pending));
    }
    for (let k = 0; k < recorder.admissions.length; k++) {
      const admission = new Admission(plan, this.servers, recorder.admissions[k]);
      admission.server.admission = admission;
      this.admissions.push(admission);
    }
    for (let k = 0; k < recorder.coldStarts.length; k++) {
      const coldStart = new ColdStart(plan, this.servers, this.streams, recorder.coldStarts[k]);
      coldStart.server.coldStart = coldStart;
      this.coldStarts.push(coldStart);
    }
    for (let left = plan.int(); left > 0; left--) this.balancers.push(new Balancer(plan, this.links, this.streams));
    for (let k = 0; k < recorder.autoscalers.length; k++) {
      const record = recorder.autoscalers[k];
      this.autoscalers.push(new Autoscaler(plan, this.servers, this.balancers, this.streams, record));
    }
    for (let left = plan.int(); left > 0; left--) this.retries.push(new Retry(plan, this.streams));
    for (let k = 0; k < recorder.breakers.length; k++) this.breakers.push(new Breaker(plan, recorder.breakers[k]));
    for (let left = plan.int(); left > 0; left--) this.limits.push(new RateLimit(plan));
    for (let left = plan.int(); left > 0; left--) this.hedges.push(new Hedge(plan));
    for (let left = plan.int(); left > 0; left--) this.program.push(new Instruction(plan.int()));
    for (let k = 0; k < this.program.length; k++) this.readOperands(plan, this.program[k], recorder);
    for (let k = 0; k < this.links.length; k++) this.readTarget(plan, this.links[k]);
    for (let k = 0; k < recorder.diallings.length; k++) this.readDialling(plan, recorder.diallings[k]);
    for (let left = plan.int(); left > 0; left--) this.links[plan.int()].dial = this.program[plan.int()];
    for (let k = 0; k < this.servers.length; k++) this.readEndpoints(plan, this.servers[k]);
    for (let left = plan.int(); left > 0; left--) this.readGenerator(plan, horizon_s);
    for (let left = plan.int(); left > 0; left--) this.readDisruption(plan, recorder);
    for (let left = plan.int(); left > 0; left--) this.processes.push(this.program[plan.int()]);
  }

  reset(): void {
    for (let k = 0; k < this.streams.length; k++) this.streams[k].reset();
    for (let k = 0; k < this.arrivals.length; k++) this.arrivals[k].reset();
    for (let k = 0; k < this.links.length; k++) this.links[k].reset();
    for (let k = 0; k < this.pools.length; k++) this.pools[k].reset();
    for (let k = 0; k < this.caches.length; k++) this.caches[k].reset();
    for (let k = 0; k < this.retries.length; k++) this.retries[k].reset();
    for (let k = 0; k < this.breakers.length; k++) this.breakers[k].reset();
    for (let k = 0; k < this.limits.length; k++) this.limits[k].reset();
    for (let k = 0; k < this.servers.length; k++) this.servers[k].reset();
    for (let k = 0; k < this.admissions.length; k++) this.admissions[k].reset();
    for (let k = 0; k < this.coldStarts.length; k++) this.coldStarts[k].reset();
    for (let k = 0; k < this.diallings.length; k++) this.diallings[k].reset();
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].reset();
    for (let k = 0; k < this.autoscalers.length; k++) this.autoscalers[k].reset();
  }

  /** Positions below 0 stand for nothing. */
  private readOperands(plan: NumberReader, instruction: Instruction, recorder: Recorder): void {
    const next = plan.int();
    const handler = plan.int();
    const server = plan.int();
    const link = plan.int();
    const balancer = plan.int();
    const pool = plan.int();
    const cache = plan.int();
    const stream = plan.int();
    const retry = plan.int();
    const session = plan.int();
    const breaker = plan.int();
    const limit = plan.int();
    const hedge = plan.int();
    if (next >= 0) instruction.next = this.program[next];
    if (handler >= 0) instruction.handler = this.program[handler];
    if (server >= 0) instruction.server = this.servers[server];
    if (link >= 0) instruction.link = this.links[link];
    if (balancer >= 0) instruction.balancer = this.balancers[balancer];
    if (pool >= 0) instruction.pool = this.pools[pool];
    if (cache >= 0) instruction.cache = this.caches[cache];
    if (stream >= 0) instruction.stream = this.streams[stream];
    if (retry >= 0) instruction.retry = this.retries[retry];
    if (session >= 0) instruction.session = recorder.sessions[session];
    if (breaker >= 0) instruction.breaker = this.breakers[breaker];
    if (limit >= 0) instruction.limit = this.limits[limit];
    if (hedge >= 0) instruction.hedge = this.hedges[hedge];
    instruction.amount = plan.number();
    instruction.index = plan.int();
    instruction.cancels = plan.int() === 1;
    instruction.propagates = plan.int() === 1;
    for (let left = plan.int(); left > 0; left--) {
      instruction.ways.push(this.program[plan.int()]);
      instruction.shares.push(plan.number());
    }
    if (instruction.op === OP_SEND) instruction.link!.origin = instruction;
  }

  /** What a message does at the node that the link leads to. */
  private readTarget(plan: NumberReader, link: Link): void {
    const target = this.program[plan.int()];
    link.target = target;
    if (target.op === OP_ENTER || target.op === OP_LIMIT) link.server = target.server;
  }

  private readDialling(plan: NumberReader, record: DiallingRecord): void {
    const dialling = new Dialling(plan, this.links, this.streams, record);
    dialling.link.dialling = dialling;
    this.diallings.push(dialling);
  }

  private readEndpoints(plan: NumberReader, server: Server): void {
    for (let left = plan.int(); left > 0; left--) {
      const share = plan.number();
      const name = plan.int();
      server.endpoints.push(new Endpoint(this.program[plan.int()], share, name));
    }
  }

  private readGenerator(plan: NumberReader, horizon_s: number): void {
    const start = this.program[plan.int()];
    const sources: Instruction[] = [];
    for (let left = plan.int(); left > 0; left--) {
      const source = this.program[plan.int()];
      const mix = new Mix(plan, this.streams);
      if (!mix.isEmpty()) source.mix = mix;
      sources.push(source);
    }
    const arrivals = readArrivals(plan, this.streams, horizon_s);
    start.arrivals = arrivals;
    for (let k = 0; k < sources.length; k++) sources[k].arrivals = arrivals;
    this.arrivals.push(arrivals);
    this.generators.push(start);
  }

  private readDisruption(plan: NumberReader, recorder: Recorder): void {
    const begin = this.program[plan.int()];
    const disruption = new Disruption(plan, this.streams);
    const targets = new Targets(this.servers, this.links, this.pools, this.balancers);
    for (let left = plan.int(); left > 0; left--) disruption.effects.push(readEffect(plan, targets, recorder));
    begin.disruption = disruption;
    begin.next!.disruption = disruption;
    this.disruptions.push(begin);
  }
}
