import type { Plan } from "../plan.js";
import { SERVER_LEVEL, serverLevel, type Recorder } from "../record/recorder.js";
import { FrameQueue } from "./frame-queue.js";
import { NONE, type Frames } from "./frames.js";

/** Memory is compared with this relative slack, so that sums of decimal fractions fit where they should. */
const RAM_SLACK = 1e-9;

/**
 * CPU cores and memory of all servers, each with its first-in-first-out queue. Hot: no method allocates. A queue keeps
 * strict order: a small reservation behind a large one waits, as in AsyncFlow.
 */
export class Servers {
  declare private readonly frames: Frames;
  declare private readonly recorder: Recorder;
  declare private readonly cores: Int32Array;
  declare private readonly busy: Int32Array;
  declare private readonly capacity_mb: Float64Array;
  declare private readonly used_mb: Float64Array;
  declare private readonly ready: readonly FrameQueue[];
  declare private readonly admission: readonly FrameQueue[];
  declare private readonly firstLevel: Int32Array;

  constructor(plan: Plan, frames: Frames, recorder: Recorder) {
    const { servers } = plan;
    this.frames = frames;
    this.recorder = recorder;
    this.cores = Int32Array.from(servers, (server) => server.cpu_cores);
    this.busy = new Int32Array(servers.length);
    this.capacity_mb = Float64Array.from(servers, (server) => server.ram_mb * (1 + RAM_SLACK));
    this.used_mb = new Float64Array(servers.length);
    this.ready = servers.map(() => new FrameQueue(frames));
    this.admission = servers.map(() => new FrameQueue(frames));
    this.firstLevel = Int32Array.from(servers, (_server, index) => serverLevel(plan, index, 0));
  }

  reset(): void {
    this.busy.fill(0);
    this.used_mb.fill(0);
    for (const queue of this.ready) queue.reset();
    for (const queue of this.admission) queue.reset();
  }

  /** Gives the frame a core, or puts it in the ready queue and answers false. */
  acquireCore(server: number, frame: number, now: number): boolean {
    if (this.busy[server]! < this.cores[server]!) {
      this.busy[server]!++;
      this.frames.core[frame] = 1;
      this.recorder.cpuWait[server]!.add(0);
      this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.cpu, 1, now);
      return true;
    }
    this.frames.queued[frame] = now;
    this.ready[server]!.append(frame);
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.ready, 1, now);
    return false;
  }

  /** Takes the frame's core and gives it to the first in the ready queue, which is returned; NONE when nobody waits. */
  releaseCore(server: number, frame: number, now: number): number {
    this.frames.core[frame] = 0;
    const queue = this.ready[server]!;
    if (queue.head === NONE) {
      this.busy[server]!--;
      this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.cpu, -1, now);
      return NONE;
    }
    const next = queue.take();
    this.frames.core[next] = 1;
    this.recorder.cpuWait[server]!.add(now - this.frames.queued[next]!);
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.ready, -1, now);
    return next;
  }

  /** Reserves memory for the frame, or puts it in the RAM queue and answers false. */
  reserve(server: number, frame: number, ram_mb: number, now: number): boolean {
    this.frames.ram[frame] = ram_mb;
    this.frames.queued[frame] = now;
    const queue = this.admission[server]!;
    if (queue.head === NONE && this.fits(server, ram_mb)) {
      this.grant(server, frame, now);
      return true;
    }
    queue.append(frame);
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.ramQueue, 1, now);
    return false;
  }

  /** Returns what the frame has reserved. Frames that now fit are to be taken with `admit`. */
  returnRam(server: number, frame: number, now: number): void {
    const ram_mb = this.frames.ram[frame]!;
    this.frames.ram[frame] = 0;
    this.used_mb[server]! -= ram_mb;
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.ram, -ram_mb, now);
  }

  /** Reserves for the first in the RAM queue if it fits now, and returns it; NONE otherwise. */
  admit(server: number, now: number): number {
    const queue = this.admission[server]!;
    const frame = queue.head;
    if (frame === NONE || !this.fits(server, this.frames.ram[frame]!)) return NONE;
    queue.take();
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.ramQueue, -1, now);
    this.grant(server, frame, now);
    return frame;
  }

  /** Counts the frame in or out of the I/O queue. */
  changeIo(server: number, frame: number, waiting: 0 | 1, now: number): void {
    this.frames.waiting[frame] = waiting;
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.io, waiting === 1 ? 1 : -1, now);
  }

  private fits(server: number, ram_mb: number): boolean {
    return this.used_mb[server]! + ram_mb <= this.capacity_mb[server]!;
  }

  private grant(server: number, frame: number, now: number): void {
    const ram_mb = this.frames.ram[frame]!;
    this.used_mb[server]! += ram_mb;
    this.recorder.reservations[server]!++;
    this.recorder.ramWait_s[server]! += now - this.frames.queued[frame]!;
    this.recorder.levels.change(this.firstLevel[server]! + SERVER_LEVEL.ram, ram_mb, now);
  }
}
