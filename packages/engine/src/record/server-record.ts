import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";
import { WaitRecorder } from "./value-recorder.js";

/** What is recorded of a server. */
export class ServerRecord extends PartRecord {
  /** Requests waiting for a core, in an I/O step, waiting for memory; memory reserved [MB]; cores in use. */
  readonly ready: Level;
  readonly io: Level;
  readonly ramQueue: Level;
  readonly ram: Level;
  readonly cpu: Level;
  /** Wait for a core [s]; zero waits included. */
  readonly cpuWait: WaitRecorder;
  /** Wait for memory: sum [s] and number of reservations. */
  ramWait_s: number = 0;
  reservations: number = 0;
  /** Requests that left, their CPU and I/O time [s], and their time from arrival to leaving [s]. */
  visits: number = 0;
  served_s: number = 0;
  residence_s: number = 0;
  /** CPU time of those whose caller had given up when they left [s]. */
  zombie_s: number = 0;
  /** CPU time of all that left [s]. */
  cpu_s: number = 0;
  /** Requests that a rate limit turned away. */
  limited: number = 0;
  /** Visits and residence [s] from before the end of the warm-up. */
  private earlierVisits: number = 0;
  private earlierResidence_s: number = 0;

  constructor(levels: Levels) {
    super();
    this.ready = levels.add();
    this.io = levels.add();
    this.ramQueue = levels.add();
    this.ram = levels.add();
    this.cpu = levels.add();
    this.cpuWait = new WaitRecorder();
  }

  /** A request leaves. */
  leave(served_s: number, residence_s: number): void {
    this.visits += 1;
    this.served_s += served_s;
    this.residence_s += residence_s;
  }

  /** Requests that left since the beginning of the run, the warm-up included, and their time from arrival to leaving [s]. */
  everyVisit(): number {
    return this.earlierVisits + this.visits;
  }

  everyResidence_s(): number {
    return this.earlierResidence_s + this.residence_s;
  }

  override reset(): void {
    this.clear();
    this.earlierVisits = 0;
    this.earlierResidence_s = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.ready.save(to, cells);
    this.io.save(to, cells);
    this.ramQueue.save(to, cells);
    this.ram.save(to, cells);
    this.cpu.save(to, cells);
    this.cpuWait.save(to);
    to.number(this.ramWait_s);
    to.number(this.reservations);
    to.number(this.visits);
    to.number(this.served_s);
    to.number(this.residence_s);
    to.number(this.zombie_s);
    to.number(this.cpu_s);
    to.number(this.limited);
  }

  protected override clear(): void {
    this.earlierVisits += this.visits;
    this.earlierResidence_s += this.residence_s;
    this.cpuWait.reset();
    this.ramWait_s = 0;
    this.reservations = 0;
    this.visits = 0;
    this.served_s = 0;
    this.residence_s = 0;
    this.zombie_s = 0;
    this.cpu_s = 0;
    this.limited = 0;
  }
}
