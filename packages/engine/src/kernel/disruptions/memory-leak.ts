import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Frame } from "../frame.js";
import type { Server } from "../server.js";
import { Effect } from "./effect.js";

/** Memory of a server that nobody gives back until the end of the leak, or until the server has been down. */
export class MemoryLeak extends Effect {
  readonly server: Server;
  /** Time between two steps in which it grows [s]; 0 where it does not grow by itself. */
  readonly step_s: number;
  /** The frame that lets it grow; null while it does not. */
  grower: Frame | null = null;
  private readonly step_mb: number;
  private readonly request_mb: number;
  private inForce: boolean = false;
  private leaked_mb: number = 0;

  constructor(record: TroubleRecord | null, server: Server, step_s: number, step_mb: number, request_mb: number) {
    super(record);
    this.server = server;
    this.step_s = step_s;
    this.step_mb = step_mb;
    this.request_mb = request_mb;
    this.leak = this;
    server.leaks.push(this);
  }

  reset(): void {
    this.grower = null;
    this.inForce = false;
    this.leaked_mb = 0;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.inForce = true;
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.inForce = false;
  }

  /** It grows by a step, as far as there is memory that is free. A server that is down is no process that could. */
  grow(now: number): void {
    if (this.server.outages > 0) return;
    const taken_mb = Math.min(this.step_mb, this.server.free_mb());
    this.server.hold(taken_mb, now);
    this.leaked_mb += taken_mb;
  }

  /** A request is done, and gives back less than it has. */
  keep(frame: Frame, now: number): void {
    if (!this.inForce) return;
    const kept_mb = Math.min(this.request_mb, frame.ram);
    const taken_mb = Math.min(this.request_mb - kept_mb, this.server.free_mb());
    frame.ram -= kept_mb;
    this.server.hold(taken_mb, now);
    this.leaked_mb += kept_mb + taken_mb;
  }

  /** All of it is there again for those who wait. */
  give(now: number): void {
    this.server.hold(-this.leaked_mb, now);
    this.leaked_mb = 0;
  }
}
