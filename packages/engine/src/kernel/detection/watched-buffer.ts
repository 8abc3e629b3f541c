import type { NumberReader } from "../../platform/number-reader.js";
import type { AdmissionRecord } from "../../record/admission-record.js";
import type { GateRecord } from "../../record/gate-record.js";
import type { Level } from "../../record/level.js";
import type { Recorder } from "../../record/recorder.js";

/** What waits at some servers, for whatever it is, over how many may. It reads what is recorded anyway. */
export class WatchedBuffer {
  private readonly capacity: number;
  private readonly levels: Level[];
  private readonly admissions: AdmissionRecord[];
  private readonly gates: GateRecord[];
  /** What had been turned away before the replication began. */
  private refusedBefore: number = 0;

  constructor(plan: NumberReader, recorder: Recorder) {
    this.capacity = plan.number();
    this.levels = [];
    this.admissions = [];
    this.gates = [];
    for (let left = plan.int(); left > 0; left--) {
      const server = recorder.servers[plan.int()];
      this.levels.push(server.ready);
      this.levels.push(server.ramQueue);
    }
    for (let left = plan.int(); left > 0; left--) this.levels.push(recorder.pools[plan.int()].queue);
    for (let left = plan.int(); left > 0; left--) {
      const admission = recorder.admissions[plan.int()];
      this.levels.push(admission.backlog);
      this.admissions.push(admission);
    }
    for (let left = plan.int(); left > 0; left--) {
      const gate = recorder.gates[plan.int()];
      this.levels.push(gate.queue);
      this.gates.push(gate);
    }
  }

  reset(): void {
    this.refusedBefore = 0;
    this.refusedBefore = this.refused();
  }

  waiting(): number {
    let sum: number = 0;
    for (let k = 0; k < this.levels.length; k++) sum += this.levels[k].value;
    return sum;
  }

  /** What waits over the capacity. */
  fill(): number {
    return this.waiting() / this.capacity;
  }

  /** Requests that found it full since the beginning. */
  refused(): number {
    let sum: number = 0;
    for (let k = 0; k < this.admissions.length; k++) sum += this.admissions[k].everRejected();
    for (let k = 0; k < this.gates.length; k++) sum += this.gates[k].everRejected();
    return sum - this.refusedBefore;
  }
}
