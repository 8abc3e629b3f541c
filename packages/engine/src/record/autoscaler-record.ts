import type { NumberWriter } from "../platform/number-writer.js";
import type { Level } from "./level.js";
import type { Levels } from "./levels.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of an autoscaler. */
export class AutoscalerRecord extends PartRecord {
  /** Replicas that there are to be, those of them that get requests, and those that run, draining ones included. */
  readonly replicas: Level;
  readonly ready: Level;
  readonly running: Level;
  /** Decisions for more, and for fewer. */
  ups: number = 0;
  downs: number = 0;

  constructor(levels: Levels) {
    super();
    this.replicas = levels.add();
    this.ready = levels.add();
    this.running = levels.add();
  }

  /** The replicas that run at the beginning. */
  begin(replicas: number): void {
    this.replicas.change(replicas, 0);
    this.ready.change(replicas, 0);
    this.running.change(replicas, 0);
  }

  save(to: NumberWriter, cells: i32): void {
    this.replicas.save(to, cells);
    this.ready.save(to, cells);
    this.running.save(to, cells);
    to.number(this.ups);
    to.number(this.downs);
  }

  protected override clear(): void {
    this.ups = 0;
    this.downs = 0;
  }
}
