import type { DiallingRecord } from "../record/dialling-record.js";
import type { Recorder } from "../record/recorder.js";
import { Autoscaler } from "./scaling/autoscaler.js";
import { Admission } from "./entrance/admission.js";
import type { Arrivals } from "./arrivals/arrivals.js";
import { readArrivals } from "./arrivals/read-arrivals.js";
import { Balancer } from "./balancing/balancer.js";
import { ColdStart } from "./entrance/cold-start.js";
import { Dialling } from "./entrance/dialling.js";
import { Group } from "./brokers/group.js";
import { Topic } from "./brokers/topic.js";
import { Cache } from "./caching/cache.js";
import { HitCurve } from "./caching/hit-curve.js";
import { RowLock } from "./databases/row-lock.js";
import { Rows } from "./databases/rows.js";
import { Breaker } from "./policies/breaker.js";
import { DetectionParts } from "./detection/detection-parts.js";
import { Disruption } from "./disruptions/disruption.js";
import { readEffect, Targets } from "./disruptions/read-effect.js";
import { Endpoint } from "./endpoint.js";
import { Instruction } from "./instruction.js";
import { OP_SEND } from "./operations/core.js";
import { Link } from "./link.js";
import { Llm } from "./llm/llm.js";
import { Mix } from "./mix.js";
import { Gate } from "./protection/gate.js";
import { Channel } from "./network/channel.js";
import { MessageSizes } from "./network/message-sizes.js";
import type { NumberReader } from "../platform/number-reader.js";
import type { PendingEvents } from "./pending-events.js";
import { Pool } from "./pool.js";
import { Hedge } from "./policies/hedge.js";
import { RateLimit } from "./policies/rate-limit.js";
import { Retry } from "./policies/retry.js";
import { Server } from "./server.js";
import { Stream } from "./stream.js";
import { Visits } from "./visits/visits.js";

/** The simulated system: what an encoded plan describes, as parts and as the programs that requests run on them. */
export class System {
  readonly streams: Stream[];
  /** The parts, in the order of the plan. */
  readonly links: Link[];
  readonly pools: Pool[];
  readonly caches: Cache[];
  readonly curves: HitCurve[];
  readonly servers: Server[];
  readonly admissions: Admission[];
  readonly coldStarts: ColdStart[];
  readonly gates: Gate[];
  readonly diallings: Dialling[];
  readonly balancers: Balancer[];
  readonly autoscalers: Autoscaler[];
  readonly arrivals: Arrivals[];
  readonly retries: Retry[];
  readonly breakers: Breaker[];
  readonly limits: RateLimit[];
  readonly llms: Llm[];
  readonly channels: Channel[];
  readonly sizes: MessageSizes[];
  readonly groups: Group[];
  readonly topics: Topic[];
  readonly hedges: Hedge[];
  readonly rows: Rows[];
  readonly locks: RowLock[];
  readonly detection: DetectionParts;
  readonly visits: Visits;
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
    this.curves = [];
    this.servers = [];
    this.admissions = [];
    this.coldStarts = [];
    this.gates = [];
    this.diallings = [];
    this.balancers = [];
    this.autoscalers = [];
    this.arrivals = [];
    this.retries = [];
    this.breakers = [];
    this.limits = [];
    this.llms = [];
    this.channels = [];
    this.sizes = [];
    this.groups = [];
    this.topics = [];
    this.hedges = [];
    this.rows = [];
    this.locks = [];
    this.detection = new DetectionParts();
    this.visits = new Visits(recorder);
    this.watches = plan.int() === 1;
    this.cancels = plan.int() === 1;
    this.program = [];
    this.generators = [];
    this.disruptions = [];
    this.processes = [];
    for (let left = plan.int(); left > 0; left--) this.streams.push(new Stream(this.streams.length, plan));
    for (let k = 0; k < recorder.links.length; k++) this.links.push(new Link(plan, this.streams, recorder.links[k]));
    for (let k = 0; k < recorder.channels.length; k++) {
      this.channels.push(new Channel(plan, this.links, this.streams, recorder.channels[k], pending));
    }
    for (let k = 0; k < recorder.pools.length; k++) this.pools.push(new Pool(plan, recorder.pools[k]));
    for (let left = plan.int(); left > 0; left--) {
      this.caches.push(new Cache(plan, this.streams, recorder.caches[this.caches.length]));
    }
    for (let k = this.caches.length; k < recorder.caches.length; k++) {
      this.curves.push(new HitCurve(plan, recorder.caches[k]));
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
    for (let k = 0; k < recorder.gates.length; k++) {
      this.gates.push(new Gate(plan, this.servers, recorder.gates[k]));
    }
    for (let left = plan.int(); left > 0; left--) {
      this.balancers.push(new Balancer(plan, this.links, this.streams, recorder.ejections));
    }
    for (let k = 0; k < recorder.autoscalers.length; k++) {
      const record = recorder.autoscalers[k];
      this.autoscalers.push(new Autoscaler(plan, this.servers, this.balancers, this.streams, record));
    }
    for (let left = plan.int(); left > 0; left--) this.retries.push(new Retry(plan, this.streams));
    for (let k = 0; k < recorder.breakers.length; k++) this.breakers.push(new Breaker(plan, recorder.breakers[k]));
    for (let left = plan.int(); left > 0; left--) this.limits.push(new RateLimit(plan));
    for (let k = 0; k < recorder.llms.length; k++) this.llms.push(new Llm(plan, this.streams, recorder.llms[k]));
    for (let left = plan.int(); left > 0; left--) this.sizes.push(new MessageSizes(plan, this.streams));
    for (let k = 0; k < recorder.groups.length; k++) {
      this.groups.push(new Group(plan, this.servers, recorder.groups[k]));
    }
    for (let k = 0; k < recorder.topics.length; k++) {
      this.topics.push(new Topic(plan, this.streams, this.groups, recorder.topics[k]));
    }
    for (let left = plan.int(); left > 0; left--) this.hedges.push(new Hedge(plan));
    for (let k = 0; k < recorder.rows.length; k++) {
      const rows = new Rows(plan, this.streams, recorder.rows[k]);
      for (let left = plan.int(); left > 0; left--) {
        const server = this.servers[plan.int()];
        server.rows = rows;
        rows.servers.push(server);
      }
      this.rows.push(rows);
    }
    for (let left = plan.int(); left > 0; left--) this.locks.push(new RowLock(plan, this.servers, this.streams));
    for (let left = plan.int(); left > 0; left--) this.program.push(new Instruction(plan.int()));
    for (let k = 0; k < this.program.length; k++) this.readOperands(plan, this.program[k], recorder);
    for (let k = 0; k < this.links.length; k++) this.readTarget(plan, this.links[k]);
    for (let k = 0; k < recorder.diallings.length; k++) this.readDialling(plan, recorder.diallings[k]);
    for (let left = plan.int(); left > 0; left--) this.links[plan.int()].dial = this.program[plan.int()];
    for (let k = 0; k < this.servers.length; k++) this.readEndpoints(plan, this.servers[k]);
    for (let k = 0; k < this.groups.length; k++) this.groups[k].readConsumers(plan, this.servers, this.program);
    for (let left = plan.int(); left > 0; left--) this.readGenerator(plan, horizon_s);
    for (let left = plan.int(); left > 0; left--) this.readDisruption(plan, recorder, pending);
    for (let left = plan.int(); left > 0; left--) this.processes.push(this.program[plan.int()]);
    this.detection.read(plan, this.streams, recorder);
    this.visits.read(plan);
  }

  reset(): void {
    for (let k = 0; k < this.streams.length; k++) this.streams[k].reset();
    for (let k = 0; k < this.arrivals.length; k++) this.arrivals[k].reset();
    for (let k = 0; k < this.links.length; k++) this.links[k].reset();
    for (let k = 0; k < this.channels.length; k++) this.channels[k].reset();
    for (let k = 0; k < this.pools.length; k++) this.pools[k].reset();
    for (let k = 0; k < this.caches.length; k++) this.caches[k].reset();
    for (let k = 0; k < this.curves.length; k++) this.curves[k].reset();
    for (let k = 0; k < this.retries.length; k++) this.retries[k].reset();
    for (let k = 0; k < this.breakers.length; k++) this.breakers[k].reset();
    for (let k = 0; k < this.limits.length; k++) this.limits[k].reset();
    for (let k = 0; k < this.llms.length; k++) this.llms[k].reset();
    for (let k = 0; k < this.rows.length; k++) this.rows[k].reset();
    for (let k = 0; k < this.groups.length; k++) this.groups[k].reset();
    for (let k = 0; k < this.topics.length; k++) this.topics[k].reset();
    for (let k = 0; k < this.servers.length; k++) this.servers[k].reset();
    for (let k = 0; k < this.admissions.length; k++) this.admissions[k].reset();
    for (let k = 0; k < this.coldStarts.length; k++) this.coldStarts[k].reset();
    for (let k = 0; k < this.gates.length; k++) this.gates[k].reset();
    for (let k = 0; k < this.diallings.length; k++) this.diallings[k].reset();
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].reset();
    for (let k = 0; k < this.autoscalers.length; k++) this.autoscalers[k].reset();
    this.detection.reset();
  }

  /** The run is over: what is only recorded when somebody looks again is brought up to `now`. */
  settle(now: number): void {
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].settle(now);
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
    const gate = plan.int();
    const llm = plan.int();
    const sizes = plan.int();
    const topic = plan.int();
    const group = plan.int();
    const hedge = plan.int();
    const lock = plan.int();
    const curve = plan.int();
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
    if (gate >= 0) instruction.gate = this.gates[gate];
    if (llm >= 0) instruction.llm = this.llms[llm];
    if (sizes >= 0) instruction.sizes = this.sizes[sizes];
    if (topic >= 0) instruction.topic = this.topics[topic];
    if (group >= 0) instruction.group = this.groups[group];
    if (hedge >= 0) instruction.hedge = this.hedges[hedge];
    if (lock >= 0) instruction.lock = this.locks[lock];
    if (curve >= 0) instruction.curve = this.curves[curve];
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
    if (target.server !== null) link.server = target.server;
  }

  private readDialling(plan: NumberReader, record: DiallingRecord): void {
    const dialling = new Dialling(plan, this.links, this.servers, this.streams, record);
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

  private readDisruption(plan: NumberReader, recorder: Recorder, pending: PendingEvents): void {
    const begin = this.program[plan.int()];
    const disruption = new Disruption(plan, this.streams);
    const targets = new Targets(
      this.servers,
      this.links,
      this.pools,
      this.balancers,
      this.caches,
      this.curves,
      this.llms,
    );
    for (let left = plan.int(); left > 0; left--) {
      disruption.effects.push(readEffect(plan, targets, recorder, pending));
    }
    begin.disruption = disruption;
    begin.next!.disruption = disruption;
    for (let k = 0; k < begin.ways.length; k++) begin.ways[k].disruption = disruption;
    this.disruptions.push(begin);
  }
}
