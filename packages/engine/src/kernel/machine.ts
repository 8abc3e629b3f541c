import type { Plan } from "../plan.js";
import { ENDING } from "../record/ending.js";
import { edgeLevel, IN_FLIGHT_LEVEL, type Recorder } from "../record/recorder.js";
import { Variates } from "../random/variates.js";
import { Arrivals } from "./arrivals.js";
import { Balancers } from "./balancers.js";
import { Disruptions } from "./disruptions.js";
import { FrameQueue } from "./frame-queue.js";
import { Frames, NONE } from "./frames.js";
import { Links } from "./links.js";
import { RANK, type PendingEvents } from "./pending-events.js";
import { assemble, INSTRUCTION_LENGTH, OP, type Program } from "./program.js";
import { Servers } from "./servers.js";
import { resolveTopology, type Topology } from "./topology.js";

/** Kinds of events; a kind is three bits in the queue of pending events. */
const KIND = { arrival: 0, delivery: 1, step: 2, disruption: 3 } as const;

/**
 * Runs requests as programs. Hot: `handle` is one event, `advance` runs one frame until it waits for something. An event
 * belongs to a frame and a generation of it; an event of an earlier generation is ignored.
 */
export class Machine {
  declare readonly frames: Frames;
  declare private readonly warm_up_s: number;
  declare private readonly pending: PendingEvents;
  declare private readonly recorder: Recorder;
  declare private readonly topology: Topology;
  declare private readonly program: Program;
  declare private readonly code: Int32Array;
  declare private readonly arrivals: readonly Arrivals[];
  declare private readonly endpointChoices: readonly Variates[];
  declare private readonly links: Links;
  declare private readonly servers: Servers;
  declare private readonly balancers: Balancers;
  declare private readonly disruptions: Disruptions;
  /** Frames that were granted a core or memory during the current event and have not run on yet. */
  declare private readonly woken: FrameQueue;

  constructor(plan: Plan, pending: PendingEvents, recorder: Recorder) {
    this.warm_up_s = plan.warm_up_s;
    this.pending = pending;
    this.recorder = recorder;
    this.frames = new Frames();
    this.topology = resolveTopology(plan);
    this.program = assemble(plan, this.topology);
    this.code = this.program.code;
    this.arrivals = plan.generators.map((generator) => new Arrivals(generator, plan.horizon_s));
    this.endpointChoices = plan.servers.map(
      (server) => new Variates(server.id, "endpoint", { kind: "uniform", min: 0, max: 1 }),
    );
    this.links = new Links(plan);
    this.servers = new Servers(plan, this.frames, recorder);
    this.balancers = new Balancers(plan, this.topology, recorder.levels);
    this.disruptions = new Disruptions(plan, this.links, this.balancers);
    this.woken = new FrameQueue(this.frames);
  }

  /** Empties the system and schedules the first events of a replication. */
  reset(seed: number, replication: number): void {
    this.frames.reset();
    this.woken.reset();
    this.servers.reset();
    this.balancers.reset();
    this.links.reset(seed, replication);
    for (const stream of this.program.durations) stream.reset(seed, replication);
    for (const stream of this.endpointChoices) stream.reset(seed, replication);
    this.disruptions.schedule((time, rank, index) => this.pending.push(time, rank, KIND.disruption, index, 0));
    for (const [index, arrivals] of this.arrivals.entries()) {
      arrivals.reset(seed, replication);
      this.scheduleArrival(index, 0);
    }
  }

  /** Handles the event that was popped last. */
  handle(): void {
    const { kind, target, generation, time: now } = this.pending;
    switch (kind) {
      case KIND.step:
        if (generation !== this.frames.generation[target]) return;
        this.advance(target, now);
        break;
      case KIND.delivery:
        if (generation !== this.frames.generation[target]) return;
        this.deliver(target, now);
        break;
      case KIND.arrival:
        this.generate(target, now);
        break;
      default:
        this.disruptions.apply(target);
        return;
    }
    while (this.woken.head !== NONE) this.advance(this.woken.take(), now);
  }

  private scheduleArrival(generator: number, now: number): void {
    const time = this.arrivals[generator]!.next(now);
    if (time !== Number.POSITIVE_INFINITY) this.pending.push(time, RANK.arrival, KIND.arrival, generator, 0);
  }

  private generate(generator: number, now: number): void {
    const frame = this.frames.acquire(0, NONE, now);
    if (now >= this.warm_up_s) this.recorder.generated++;
    this.recorder.levels.change(IN_FLIGHT_LEVEL, 1, now);
    this.send(frame, this.topology.generatorEdge[generator]!, now);
    this.scheduleArrival(generator, now);
  }

  private deliver(frame: number, now: number): void {
    const edge = this.frames.edge[frame]!;
    this.recorder.levels.change(edgeLevel(edge), -1, now);
    this.frames.pc[frame] = this.program.entries[edge]!;
    this.advance(frame, now);
  }

  /** Runs the frame's program until it waits, travels or ends. */
  private advance(frame: number, now: number): void {
    const { code, frames } = this;
    for (;;) {
      const pc = frames.pc[frame]!;
      const node = code[pc + 1]!;
      const operand = code[pc + 2]!;
      switch (code[pc]) {
        case OP.cpu: {
          if (frames.core[frame] === 0) {
            if (frames.waiting[frame] === 1) this.servers.changeIo(node, frame, 0, now);
            if (!this.servers.acquireCore(node, frame, now)) return;
          }
          this.startStep(frame, operand, now);
          return;
        }
        case OP.io:
          if (frames.core[frame] === 1) this.releaseCore(node, frame, now);
          if (frames.waiting[frame] === 0) this.servers.changeIo(node, frame, 1, now);
          this.startStep(frame, operand, now);
          return;
        case OP.reserve:
          frames.pc[frame] = pc + INSTRUCTION_LENGTH;
          if (!this.servers.reserve(node, frame, this.program.ram_mb[operand]!, now)) return;
          break;
        case OP.leave:
          this.leave(node, frame, now);
          return;
        case OP.enter:
          if (!this.enter(node, frame, now)) return;
          break;
        case OP.balance:
          this.balance(node, frame, now);
          return;
        case OP.forward:
          this.send(frame, this.topology.clientEdge[node]!, now);
          return;
        default:
          this.complete(frame, now);
          return;
      }
    }
  }

  private startStep(frame: number, operand: number, now: number): void {
    const { frames } = this;
    const duration_s = this.program.durations[operand]!.next();
    frames.served[frame]! += duration_s;
    frames.pc[frame]! += INSTRUCTION_LENGTH;
    this.pending.push(now + duration_s, RANK.step, KIND.step, frame, frames.generation[frame]!);
  }

  /** Chooses the endpoint; false when the server is down and no load balancer vouched for it. */
  private enter(server: number, frame: number, now: number): boolean {
    const { frames } = this;
    if (frames.dispatch[frame] === NONE && this.balancers.isDown(server)) {
      this.abandon(frame, ENDING.failed, now);
      return false;
    }
    const starts = this.program.endpoints[server]!;
    let endpoint = 0;
    if (starts.length > 1) {
      const shares = this.program.shares[server]!;
      const u = this.endpointChoices[server]!.next();
      while (endpoint < starts.length - 1 && u >= shares[endpoint]!) endpoint++;
    }
    frames.arrived[frame] = now;
    frames.served[frame] = 0;
    frames.pc[frame] = starts[endpoint]!;
    return true;
  }

  private leave(server: number, frame: number, now: number): void {
    const { frames, recorder } = this;
    if (frames.core[frame] === 1) this.releaseCore(server, frame, now);
    if (frames.waiting[frame] === 1) this.servers.changeIo(server, frame, 0, now);
    if (frames.ram[frame]! > 0) {
      this.servers.returnRam(server, frame, now);
      for (let next = this.servers.admit(server, now); next !== NONE; next = this.servers.admit(server, now)) {
        this.woken.append(next);
      }
    }
    recorder.visits[server]!++;
    recorder.served_s[server]! += frames.served[frame]!;
    recorder.residence_s[server]! += now - frames.arrived[frame]!;
    this.settleDispatch(frame);
    this.send(frame, this.topology.serverEdge[server]!, now);
  }

  private releaseCore(server: number, frame: number, now: number): void {
    const next = this.servers.releaseCore(server, frame, now);
    if (next !== NONE) this.woken.append(next);
  }

  private balance(balancer: number, frame: number, now: number): void {
    const edge = this.balancers.choose(balancer);
    if (edge === NONE) {
      this.abandon(frame, ENDING.failed, now);
      return;
    }
    this.frames.dispatch[frame] = edge;
    this.balancers.outstanding[edge]!++;
    this.send(frame, edge, now);
  }

  /** The load balancer's request is finished, one way or another. */
  private settleDispatch(frame: number): void {
    const edge = this.frames.dispatch[frame]!;
    if (edge === NONE) return;
    this.balancers.outstanding[edge]!--;
    this.frames.dispatch[frame] = NONE;
  }

  private send(frame: number, edge: number, now: number): void {
    const { frames } = this;
    if (this.links.loses(edge)) {
      this.recorder.lost[edge]!++;
      this.abandon(frame, ENDING.dropped, now);
      return;
    }
    frames.edge[frame] = edge;
    this.recorder.levels.change(edgeLevel(edge), 1, now);
    const arrival = now + this.links.transit_s(edge);
    this.pending.push(arrival, RANK.delivery, KIND.delivery, frame, frames.generation[frame]!);
  }

  private complete(frame: number, now: number): void {
    const start = this.frames.start[frame]!;
    this.recorder.complete(now - start, start >= this.warm_up_s);
    this.end(frame, now);
  }

  /** Ends a request that does not complete; `ending` is one of ENDING. */
  private abandon(frame: number, ending: number, now: number): void {
    if (this.frames.start[frame]! >= this.warm_up_s) this.recorder.ended[ending]!++;
    this.settleDispatch(frame);
    this.end(frame, now);
  }

  private end(frame: number, now: number): void {
    this.recorder.levels.change(IN_FLIGHT_LEVEL, -1, now);
    this.frames.release(frame);
  }
}
