import type { NumberWriter } from "../platform/number-writer.js";
import { EjectionRecord } from "./ejection-record.js";
import { KindRecord } from "./kind-record.js";
import type { PartCounts } from "./part-counts.js";
import { WAIT_BITS } from "./value-recorder.js";

/** What is recorded of visits to servers by endpoint and class, where the plan asks, and of members that load balancers may eject. */
export class TrafficRecord {
  readonly visits: KindRecord[];
  readonly ejections: EjectionRecord[];

  constructor(counts: PartCounts, cells: i32, horizon_s: number, series_cell_s: number) {
    const visits: KindRecord[] = [];
    for (let k = 0; k < counts.visits; k++) visits.push(new KindRecord(cells, WAIT_BITS));
    const ejections: EjectionRecord[] = [];
    for (let k = 0; k < counts.ejections; k++) ejections.push(new EjectionRecord(cells, horizon_s, series_cell_s));
    this.visits = visits;
    this.ejections = ejections;
  }

  /** A run begins. */
  reset(): void {
    for (let k = 0; k < this.visits.length; k++) this.visits[k].reset();
    for (let k = 0; k < this.ejections.length; k++) this.ejections[k].reset();
  }

  /** The end of the warm-up: what was counted is forgotten, the series is not. */
  restart(now: number): void {
    for (let k = 0; k < this.visits.length; k++) this.visits[k].clear();
    for (let k = 0; k < this.ejections.length; k++) this.ejections[k].restart(now);
  }

  save(to: NumberWriter, cells: i32): void {
    for (let k = 0; k < this.visits.length; k++) this.visits[k].save(to, cells);
    for (let k = 0; k < this.ejections.length; k++) this.ejections[k].save(to, cells);
  }
}
