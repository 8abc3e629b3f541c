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
import { OP_FORWARD, OP_SEND } from "./operations/core.js";
import { Link } from "./link.js";
import { Llm } from "./llm/llm.js";
import { Mix } from "./mix.js";
import { Gate } from "./protection/gate.js";
import { Channel } from "./network/channel.js";
import { MessageSizes } from "./network/message-sizes.js";
import type { NumberReader } from "../platform/number-reader.js";
import type { Part } from "./part.js";
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
  readonly streams: Stream[] = [];
  /** The parts, each kind in the order of the plan. */
  readonly links: Link[] = [];
  readonly channels: Channel[] = [];
  readonly pools: Pool[] = [];
  readonly caches: Cache[] = [];
  readonly curves: HitCurve[] = [];
  readonly servers: Server[] = [];
  readonly admissions: Admission[] = [];
  readonly coldStarts: ColdStart[] = [];
  readonly gates: Gate[] = [];
  readonly balancers: Balancer[] = [];
  readonly autoscalers: Autoscaler[] = [];
  readonly retries: Retry[] = [];
  readonly breakers: Breaker[] = [];
  readonly limits: RateLimit[] = [];
  readonly llms: Llm[] = [];
  readonly sizes: MessageSizes[] = [];
  readonly groups: Group[] = [];
  readonly topics: Topic[] = [];
  readonly hedges: Hedge[] = [];
  readonly rows: Rows[] = [];
  readonly locks: RowLock[] = [];
  readonly diallings: Dialling[] = [];
  readonly arrivals: Arrivals[] = [];
  readonly detection: DetectionParts = new DetectionParts();
  readonly visits: Visits;
  /** Whether callers may give up, and whether that may cancel what they called. */
  readonly watches: boolean;
  readonly cancels: boolean;
  /** All instructions there are, and among them where the frame of each generator and each disruption starts. */
  readonly program: Instruction[] = [];
  readonly generators: Instruction[] = [];
  readonly disruptions: Instruction[] = [];
  /** Where frames start at the beginning that are what servers do by themselves. */
  readonly processes: Instruction[] = [];
  /** All that begin every replication anew, in the order in which they were made: what a part is made of is there before it. */
  private readonly parts: Part[] = [];

  /** The sections of an encoded plan, in its order. What is recorded is counted by its records, other lists say how long they are. */
  constructor(plan: NumberReader, recorder: Recorder, pending: PendingEvents, horizon_s: number) {
    this.visits = new Visits(recorder);
    this.watches = plan.int() === 1;
    this.cancels = plan.int() === 1;
    const streams = this.streams;
    const links = this.links;
    const servers = this.servers;
    for (let left = plan.int(); left > 0; left--) streams.push(new Stream(streams.length, plan));
    for (let k = 0; k < recorder.links.length; k++) links.push(this.add(new Link(plan, streams, recorder.links[k])));
    for (let k = 0; k < recorder.channels.length; k++) {
      this.channels.push(this.add(new Channel(plan, links, streams, recorder.channels[k], pending)));
    }
    for (let k = 0; k < recorder.pools.length; k++) this.pools.push(this.add(new Pool(plan, recorder.pools[k])));
    for (let left = plan.int(); left > 0; left--) {
      this.caches.push(this.add(new Cache(plan, streams, recorder.caches[this.caches.length])));
    }
    for (let k = this.caches.length; k < recorder.caches.length; k++) {
      this.curves.push(this.add(new HitCurve(plan, recorder.caches[k])));
    }
    for (let k = 0; k < recorder.servers.length; k++) {
      servers.push(this.add(new Server(plan, streams, recorder.servers[k], recorder, pending)));
    }
    for (let k = 0; k < recorder.admissions.length; k++) {
      this.admissions.push(this.add(new Admission(plan, servers, recorder.admissions[k])));
    }
    for (let k = 0; k < recorder.coldStarts.length; k++) {
      this.coldStarts.push(this.add(new ColdStart(plan, servers, streams, recorder.coldStarts[k])));
    }
    for (let k = 0; k < recorder.gates.length; k++) {
      this.gates.push(this.add(new Gate(plan, servers, recorder.gates[k])));
    }
    for (let left = plan.int(); left > 0; left--) {
      this.balancers.push(this.add(new Balancer(plan, links, streams, recorder.ejections)));
    }
    for (let k = 0; k < recorder.autoscalers.length; k++) {
      this.autoscalers.push(this.add(new Autoscaler(plan, servers, this.balancers, streams, recorder.autoscalers[k])));
    }
    for (let left = plan.int(); left > 0; left--) this.retries.push(this.add(new Retry(plan, streams)));
    for (let k = 0; k < recorder.breakers.length; k++) {
      this.breakers.push(this.add(new Breaker(plan, recorder.breakers[k])));
    }
    for (let left = plan.int(); left > 0; left--) this.limits.push(this.add(new RateLimit(plan)));
    for (let k = 0; k < recorder.llms.length; k++) {
      this.llms.push(this.add(new Llm(plan, streams, recorder.llms[k])));
    }
    for (let left = plan.int(); left > 0; left--) this.sizes.push(new MessageSizes(plan, streams));
    for (let k = 0; k < recorder.groups.length; k++) {
      this.groups.push(this.add(new Group(plan, servers, recorder.groups[k])));
    }
    for (let k = 0; k < recorder.topics.length; k++) {
      this.topics.push(this.add(new Topic(plan, streams, this.groups, recorder.topics[k])));
    }
    for (let left = plan.int(); left > 0; left--) this.hedges.push(new Hedge(plan));
    for (let k = 0; k < recorder.rows.length; k++) {
      this.rows.push(this.add(new Rows(plan, servers, streams, recorder.rows[k])));
    }
    for (let left = plan.int(); left > 0; left--) this.locks.push(new RowLock(plan, servers, streams));
    for (let left = plan.int(); left > 0; left--) this.program.push(new Instruction(plan.int()));
    for (let k = 0; k < this.program.length; k++) this.readOperands(plan, this.program[k], recorder);
    for (let k = 0; k < links.length; k++) this.readTarget(plan, links[k]);
    for (let k = 0; k < recorder.diallings.length; k++) {
      this.diallings.push(this.add(new Dialling(plan, links, servers, streams, recorder.diallings[k])));
    }
    for (let left = plan.int(); left > 0; left--) links[plan.int()].dial = this.program[plan.int()];
    for (let k = 0; k < servers.length; k++) this.readEndpoints(plan, servers[k]);
    for (let k = 0; k < this.groups.length; k++) this.groups[k].readConsumers(plan, servers, this.program);
    for (let left = plan.int(); left > 0; left--) this.readGenerator(plan, horizon_s);
    this.readDisruptions(plan, recorder, pending);
    for (let left = plan.int(); left > 0; left--) this.processes.push(this.program[plan.int()]);
    this.add(this.detection).read(plan, streams, recorder);
    this.visits.read(plan);
  }

  reset(): void {
    // A plan has more streams than all parts together, so these are no parts.
    for (let k = 0; k < this.streams.length; k++) this.streams[k].reset();
    for (let k = 0; k < this.parts.length; k++) this.parts[k].reset();
  }

  /** The run is over: what is only recorded when somebody looks again is brought up to `now`. */
  settle(now: number): void {
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].settle(now);
  }

  /** A part begins every replication anew. */
  private add<Kind extends Part>(part: Kind): Kind {
    this.parts.push(part);
    return part;
  }

  /** In the order of `OPERANDS`, then what is no position. */
  private readOperands(plan: NumberReader, instruction: Instruction, recorder: Recorder): void {
    instruction.next = operand(plan, this.program);
    instruction.handler = operand(plan, this.program);
    instruction.server = operand(plan, this.servers);
    instruction.link = operand(plan, this.links);
    instruction.balancer = operand(plan, this.balancers);
    instruction.pool = operand(plan, this.pools);
    instruction.cache = operand(plan, this.caches);
    instruction.stream = operand(plan, this.streams);
    instruction.retry = operand(plan, this.retries);
    instruction.session = operand(plan, recorder.sessions);
    instruction.breaker = operand(plan, this.breakers);
    instruction.limit = operand(plan, this.limits);
    instruction.gate = operand(plan, this.gates);
    instruction.llm = operand(plan, this.llms);
    instruction.sizes = operand(plan, this.sizes);
    instruction.topic = operand(plan, this.topics);
    instruction.group = operand(plan, this.groups);
    instruction.hedge = operand(plan, this.hedges);
    instruction.lock = operand(plan, this.locks);
    instruction.curve = operand(plan, this.curves);
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
    if (target.op === OP_FORWARD) link.onward = target.link;
    if (target.server !== null) link.server = target.server;
  }

  private readEndpoints(plan: NumberReader, server: Server): void {
    for (let left = plan.int(); left > 0; left--) {
      const share = plan.number();
      const name = plan.int();
      server.addEndpoint(new Endpoint(this.program[plan.int()], share, name));
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
    this.arrivals.push(this.add(arrivals));
    this.generators.push(start);
  }

  private readDisruptions(plan: NumberReader, recorder: Recorder, pending: PendingEvents): void {
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
      const begin = this.program[plan.int()];
      const disruption = new Disruption(plan, this.streams);
      for (let effects = plan.int(); effects > 0; effects--) {
        disruption.effects.push(readEffect(plan, targets, recorder, pending));
      }
      begin.disruption = disruption;
      begin.next!.disruption = disruption;
      for (let k = 0; k < begin.ways.length; k++) begin.ways[k].disruption = disruption;
      this.disruptions.push(begin);
    }
  }
}

/** The part at the next position; null for a position below 0, which stands for nothing. */
function operand<Kind>(plan: NumberReader, parts: Kind[]): Kind | null {
  const position = plan.int();
  return position < 0 ? null : parts[position];
}
