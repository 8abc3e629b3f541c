import type { NumberWriter } from "../platform/number-writer.js";
import { Level } from "./level.js";

/** What is recorded of an autoscaler. */
export class AutoscalerRecord {
  /** Replicas that there are to be, those of them that get requests, and those that run, draining ones included. */
  readonly replicas: Level;
  readonly ready: Level;
  readonly running: Level;
  /** Decisions for more, and for fewer. */
  ups: number = 0;
  downs: number = 0;

  constructor(cells: i32) {
    this.replicas = new Level(cells);
    this.ready = new Level(cells);
    this.running = new Level(cells);
  }

  /** The replicas that run at the beginning. */
  begin(replicas: number): void {
    this.replicas.change(replicas, 0);
    this.ready.change(replicas, 0);
    this.running.change(replicas, 0);
  }

  /** Forgets what was counted; the levels are the recorder's care. */
  clear(): void {
    this.ups = 0;
    this.downs = 0;
  }

  save(to: NumberWriter, cells: i32): void {
    this.replicas.save(to, cells);
    this.ready.save(to, cells);
    this.running.save(to, cells);
    to.number(this.ups);
    to.number(this.downs);
  }
}
