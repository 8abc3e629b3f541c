import type { Recorder } from "../record/recorder.js";
import type { ServerRecord } from "../record/server-record.js";
import type { Admission } from "./entrance/admission.js";
import type { ColdStart } from "./entrance/cold-start.js";
import type { Rows } from "./databases/rows.js";
import type { Errors } from "./disruptions/errors.js";
import type { MemoryLeak } from "./disruptions/memory-leak.js";
import type { Occupants } from "./disruptions/occupants.js";
import type { Endpoint } from "./endpoint.js";
import { FrameQueue } from "./frame-queue.js";
import type { Frame } from "./frame.js";
import type { Instruction } from "./instruction.js";
import type { NumberReader } from "../platform/number-reader.js";
import type { PendingEvents } from "./pending-events.js";
import { Processors } from "./processing/processors.js";
import type { Stream } from "./stream.js";
import { Crowding } from "./crowding/crowding.js";
import { Part } from "./part.js";
import { WHOLE } from "./whole.js";

/** Memory is compared with this relative slack, so that sums of decimal fractions fit where they should. */
const RAM_SLACK: number = 1e-9;

/**
 * A server: CPU cores and memory, each with its first-in-first-out queue. Hot: no method allocates. A queue keeps strict
 * order: a small reservation behind a large one waits, as in AsyncFlow.
 */
export class Server extends Part {
  readonly record: ServerRecord;
  readonly endpoints: Endpoint[];
  /** Null for a server that hands out its cores in turn and never stops. */
  readonly processors: Processors | null;
  /** How its requests are in each other's way; null where they are not. */
  readonly crowding: Crowding | null;
  /** Outages in force. */
  outages: i32 = 0;
  /** Whether an autoscaler, if there is one, has it among those that get messages. */
  inService: boolean = true;
  /** Messages that it works on. */
  consuming: i32 = 0;
  /** Who is let in; null for everybody. */
  admission: Admission | null = null;
  /** How it starts; null when it is always warm. */
  coldStart: ColdStart | null = null;
  /** The rows of its tables; null where it has none. */
  rows: Rows | null = null;
  /** Where the program of every request begins, if there is one endpoint. */
  private only: Instruction | null = null;
  private readonly cores: i32;
  private readonly capacity_mb: number;
  private readonly choices: Stream;
  private readonly ready: FrameQueue;
  private readonly memoryQueue: FrameQueue;
  private busy: i32 = 0;
  private used_mb: number = 0;
  /** Who is there, of a server that may crash; null for the others. */
  occupants: Occupants | null = null;
  /** How many fail, of a server that may have error spikes; null for the others. */
  errors: Errors | null = null;
  /** Leaks of its memory, also those that are not there yet. */
  readonly leaks: MemoryLeak[];
  /** Whether an autoscaler does not let it run: it does nothing then by itself either. */
  stopped: boolean = false;

  constructor(plan: NumberReader, streams: Stream[], record: ServerRecord, recorder: Recorder, pending: PendingEvents) {
    super();
    this.record = record;
    this.endpoints = [];
    this.leaks = [];
    const cores = plan.int();
    this.cores = cores;
    this.capacity_mb = plan.number() * (1 + RAM_SLACK);
    this.choices = streams[plan.int()];
    const processors = plan.int();
    this.processors =
      processors < 0 ? null : new Processors(plan, pending, cores, recorder.processors[processors], record);
    this.crowding = plan.int() === 0 ? null : new Crowding(plan);
    this.ready = new FrameQueue();
    this.memoryQueue = new FrameQueue();
  }

  reset(): void {
    this.outages = 0;
    this.inService = true;
    this.consuming = 0;
    if (this.occupants !== null) this.occupants!.reset();
    if (this.errors !== null) this.errors!.reset();
    for (let k = 0; k < this.leaks.length; k++) this.leaks[k].reset();
    this.stopped = false;
    this.busy = 0;
    this.used_mb = 0;
    if (this.processors !== null) this.processors!.reset();
    if (this.crowding !== null) this.crowding!.reset();
    this.ready.reset();
    this.memoryQueue.reset();
  }

  addEndpoint(endpoint: Endpoint): void {
    this.endpoints.push(endpoint);
    this.only = this.endpoints.length === 1 ? endpoint.start : null;
  }

  coreCount(): number {
    return this.cores as number;
  }

  /** Where the program of a request begins that comes in: the endpoint it asks for, or one by weight. */
  endpointFor(name: i32): Instruction {
    const only = this.only;
    if (only !== null) return only;
    const endpoints = this.endpoints;
    const last = endpoints.length - 1;
    if (WHOLE && name >= 0) {
      for (let k = 0; k <= last; k++) {
        if (endpoints[k].name === name) return endpoints[k].start;
      }
    }
    let chosen = 0;
    const u = this.choices.next();
    while (chosen < last && u >= endpoints[chosen].share) chosen++;
    return endpoints[chosen].start;
  }

  /** How long a step takes now that was drawn as `duration_s`, while processors work [s]. */
  stretched_s(duration_s: number): number {
    return this.crowding === null ? duration_s : duration_s * this.crowding!.stretch();
  }

  /** Whether no core is idle. */
  isBusy(): boolean {
    return this.busy >= this.cores;
  }

  /** Gives the frame an idle core. */
  takeCore(frame: Frame, now: number): void {
    this.busy++;
    frame.core = true;
    const record = this.record;
    record.cpuWait.addZero();
    record.cpu.raise(1, now);
  }

  /** Puts the frame in the ready queue. */
  awaitCore(frame: Frame, now: number): void {
    frame.queued = now;
    this.ready.append(frame);
    this.record.ready.raise(1, now);
  }

  /** The first in the ready queue; null when nobody waits. */
  nextForCore(): Frame | null {
    return this.ready.head;
  }

  /** The frame gives its core back, for which nobody waits. */
  releaseCore(frame: Frame, now: number): void {
    frame.core = false;
    this.busy--;
    this.record.cpu.lower(1, now);
  }

  /** The frame gives its core to the first in the ready queue. */
  passCore(frame: Frame, next: Frame, now: number): void {
    frame.core = false;
    this.ready.drop(next);
    next.core = true;
    const record = this.record;
    record.cpuWait.add(now - next.queued);
    record.ready.lower(1, now);
  }

  /** Reserves memory for the frame, or puts it in the RAM queue and answers false. */
  reserve(frame: Frame, ram_mb: number, now: number): boolean {
    frame.ram = ram_mb;
    frame.queued = now;
    if (this.hasRam(ram_mb)) {
      this.grant(frame, now);
      return true;
    }
    this.memoryQueue.append(frame);
    this.record.ramQueue.change(1, now);
    return false;
  }

  /** Returns some of what the frame has reserved. Frames that now fit are to be taken with `admit`. */
  returnRam(frame: Frame, ram_mb: number, now: number): void {
    this.used_mb -= ram_mb;
    this.record.ram.change(-ram_mb, now);
    frame.ram -= ram_mb;
  }

  /** Reserves for the first in the RAM queue if it fits now, and returns it; null otherwise. */
  admit(now: number): Frame | null {
    const frame = this.memoryQueue.head;
    if (frame === null || !this.fits(frame.ram)) return null;
    this.memoryQueue.take();
    this.record.ramQueue.change(-1, now);
    this.grant(frame, now);
    return frame;
  }

  /** Whether somebody waits for memory. */
  isShortOfRam(): boolean {
    return this.memoryQueue.head !== null;
  }

  /** Whether memory could be had without waiting. */
  hasRam(ram_mb: number): boolean {
    return this.memoryQueue.head === null && this.fits(ram_mb);
  }

  /** Counts memory that is not an endpoint's as used; less than 0 is given back. */
  hold(ram_mb: number, now: number): void {
    this.used_mb += ram_mb;
    this.record.ram.change(ram_mb, now);
  }

  /** Memory that nobody has [MB]. */
  free_mb(): number {
    return Math.max(0, this.capacity_mb / (1 + RAM_SLACK) - this.used_mb);
  }

  /** Whether there is a process that does something by itself: it has not crashed, and an autoscaler lets it run. */
  isAlive(): boolean {
    return !this.stopped && (this.occupants === null || this.occupants!.crashes === 0);
  }

  private fits(ram_mb: number): boolean {
    return this.used_mb + ram_mb <= this.capacity_mb;
  }

  private grant(frame: Frame, now: number): void {
    this.used_mb += frame.ram;
    this.record.reservations += 1;
    this.record.ramWait_s += now - frame.queued;
    this.record.ram.change(frame.ram, now);
  }
}
