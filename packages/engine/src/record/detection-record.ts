import type { NumberWriter } from "../platform/number-writer.js";
import { DetectorRecord } from "./detector-record.js";
import { InjectorRecord } from "./injector-record.js";
import type { Level } from "./level.js";
import type { PartCounts } from "./part-counts.js";
import { ThrottleRecord } from "./throttle-record.js";

/** What is recorded of all detectors, injectors and throttles. */
export class DetectionRecord {
  readonly detectors: DetectorRecord[];
  readonly injectors: InjectorRecord[];
  readonly throttles: ThrottleRecord[];

  /** Adds its levels to `levels`. */
  constructor(counts: PartCounts, cells: i32, levels: Level[]) {
    this.detectors = [];
    this.injectors = [];
    this.throttles = [];
    for (let k = 0; k < counts.detectors; k++) {
      const detector = new DetectorRecord(cells);
      this.detectors.push(detector);
      levels.push(detector.state);
    }
    for (let k = 0; k < counts.injectors; k++) this.injectors.push(new InjectorRecord());
    for (let k = 0; k < counts.throttles; k++) this.throttles.push(new ThrottleRecord());
  }

  reset(): void {
    for (let k = 0; k < this.detectors.length; k++) this.detectors[k].reset();
  }

  restart(now: number): void {
    for (let k = 0; k < this.detectors.length; k++) this.detectors[k].restart(now);
  }

  settle(now: number): void {
    for (let k = 0; k < this.detectors.length; k++) this.detectors[k].settle(now);
  }

  /** Forgets what was counted, but for what lasts. */
  clear(): void {
    for (let k = 0; k < this.injectors.length; k++) this.injectors[k].clear();
    for (let k = 0; k < this.throttles.length; k++) this.throttles[k].clear();
  }

  save(to: NumberWriter, cells: i32): void {
    for (let k = 0; k < this.detectors.length; k++) this.detectors[k].save(to, cells);
    for (let k = 0; k < this.injectors.length; k++) this.injectors[k].save(to);
    for (let k = 0; k < this.throttles.length; k++) this.throttles[k].save(to);
  }
}
