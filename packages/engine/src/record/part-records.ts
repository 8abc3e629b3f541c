import type { NumberWriter } from "../platform/number-writer.js";
import type { PartRecord } from "./part-record.js";

/** What is recorded of all parts of the system. The records go through a run together, and are saved in the order in which they were made. */
export class PartRecords {
  private readonly records: PartRecord[] = [];

  /** Another record. */
  add<Part extends PartRecord>(record: Part): Part {
    this.records.push(record);
    return record;
  }

  reset(): void {
    for (let k = 0; k < this.records.length; k++) this.records[k].reset();
  }

  restart(now: number): void {
    for (let k = 0; k < this.records.length; k++) this.records[k].restart(now);
  }

  settle(now: number): void {
    for (let k = 0; k < this.records.length; k++) this.records[k].settle(now);
  }

  closeCell(cell: i32): void {
    for (let k = 0; k < this.records.length; k++) this.records[k].closeCell(cell);
  }

  save(to: NumberWriter, cells: i32): void {
    for (let k = 0; k < this.records.length; k++) this.records[k].save(to, cells);
  }
}
