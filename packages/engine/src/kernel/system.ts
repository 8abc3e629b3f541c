import type { Recorder } from "../record/recorder.js";
import { Arrivals } from "./arrivals.js";
import { Balancer } from "./balancing/balancer.js";
import { Disruption } from "./disruption.js";
import { Endpoint } from "./endpoint.js";
import {
  Instruction,
  OP_BALANCE,
  OP_COMPLETE,
  OP_CPU,
  OP_DISRUPT,
  OP_ENTER,
  OP_FORWARD,
  OP_GENERATE,
  OP_IO,
  OP_LEAVE,
  OP_RECOVER,
  OP_RESERVE,
} from "./instruction.js";
import { Link } from "./link.js";
import type { NumberReader } from "../platform/number-reader.js";
import { Server } from "./server.js";
import { Stream } from "./stream.js";

/** Kinds of nodes a link may lead to, in an encoded plan. */
export const TO_FORWARDING_CLIENT: i32 = 0;
export const TO_COMPLETING_CLIENT: i32 = 1;
export const TO_BALANCER: i32 = 2;
export const TO_SERVER: i32 = 3;

/** Kinds of steps, in an encoded plan. */
export const STEP_CPU: i32 = 0;
export const STEP_IO: i32 = 1;

/** The simulated system: what an encoded plan describes, as parts and as the programs that requests run on them. */
export class System {
  readonly streams: Stream[];
  /** Where the frame of each generator and each disruption starts. */
  readonly generators: Instruction[];
  readonly disruptions: Instruction[];
  /** The parts, in the order of the plan. */
  readonly arrivals: Arrivals[];
  readonly links: Link[];
  readonly servers: Server[];
  readonly balancers: Balancer[];

  constructor(plan: NumberReader, recorder: Recorder, horizon_s: number) {
    this.streams = [];
    this.generators = [];
    this.disruptions = [];
    this.arrivals = [];
    this.links = [];
    this.servers = [];
    this.balancers = [];
    for (let left = plan.int(); left > 0; left--) this.streams.push(new Stream(this.streams.length, plan));
    for (let k = 0; k < recorder.links.length; k++) {
      this.links.push(new Link(plan, this.streams, recorder.links[k]));
    }
    for (let k = 0; k < recorder.servers.length; k++) {
      const server = new Server(plan, this.streams, recorder.servers[k]);
      this.servers.push(server);
      this.readEndpoints(plan, server);
    }
    for (let left = plan.int(); left > 0; left--) this.balancers.push(new Balancer(plan, this.links, this.streams));
    for (let k = 0; k < this.links.length; k++) this.readTarget(plan, this.links[k]);
    for (let left = plan.int(); left > 0; left--) this.readGenerator(plan, horizon_s);
    for (let left = plan.int(); left > 0; left--) this.readDisruption(plan);
  }

  reset(): void {
    for (let k = 0; k < this.streams.length; k++) this.streams[k].reset();
    for (let k = 0; k < this.arrivals.length; k++) this.arrivals[k].reset();
    for (let k = 0; k < this.links.length; k++) this.links[k].reset();
    for (let k = 0; k < this.servers.length; k++) this.servers[k].reset();
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].reset();
  }

  /** A server's program: an optional reservation, the steps, and the way out. */
  private readEndpoints(plan: NumberReader, server: Server): void {
    const exit = new Instruction(OP_LEAVE);
    exit.server = server;
    const link = plan.int();
    if (link >= 0) exit.link = this.links[link];
    for (let left = plan.int(); left > 0; left--) {
      const share = plan.number();
      const ram_mb = plan.number();
      const before = new Instruction(OP_RESERVE);
      before.server = server;
      before.ram_mb = ram_mb;
      let last = before;
      for (let steps = plan.int(); steps > 0; steps--) {
        const step = new Instruction(plan.int() === STEP_CPU ? OP_CPU : OP_IO);
        step.server = server;
        step.stream = this.streams[plan.int()];
        last.next = step;
        last = step;
      }
      last.next = exit;
      server.endpoints.push(new Endpoint(ram_mb > 0 ? before : before.next!, share));
    }
  }

  /** What a message does at the node that the link leads to. */
  private readTarget(plan: NumberReader, link: Link): void {
    const kind = plan.int();
    const index = plan.int();
    if (kind === TO_FORWARDING_CLIENT) {
      const forward = new Instruction(OP_FORWARD);
      forward.link = this.links[index];
      link.target = forward;
    } else if (kind === TO_COMPLETING_CLIENT) link.target = new Instruction(OP_COMPLETE);
    else if (kind === TO_BALANCER) {
      const balance = new Instruction(OP_BALANCE);
      balance.balancer = this.balancers[index];
      link.target = balance;
    } else {
      const enter = new Instruction(OP_ENTER);
      enter.server = this.servers[index];
      link.target = enter;
      link.server = this.servers[index];
    }
  }

  private readGenerator(plan: NumberReader, horizon_s: number): void {
    const arrivals = new Arrivals(plan, this.streams, horizon_s);
    const generate = new Instruction(OP_GENERATE);
    const depart = new Instruction(OP_FORWARD);
    depart.link = this.links[plan.int()];
    generate.arrivals = arrivals;
    generate.next = depart;
    this.arrivals.push(arrivals);
    this.generators.push(generate);
  }

  private readDisruption(plan: NumberReader): void {
    const disruption = new Disruption(plan, this.servers, this.links, this.balancers);
    const begin = new Instruction(OP_DISRUPT);
    const end = new Instruction(OP_RECOVER);
    begin.disruption = disruption;
    end.disruption = disruption;
    begin.next = end;
    this.disruptions.push(begin);
  }
}
