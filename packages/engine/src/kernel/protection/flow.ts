import type { NumberReader } from "../../platform/number-reader.js";
import { FrameList } from "./frame-list.js";

/** Requests of a queue that stand in line with each other: those of one priority, or of one class. */
export class Flow {
  /** The priority or the class. */
  readonly key: i32;
  readonly frames: FrameList;
  /** The virtual time before which its next request does not begin. */
  start: number = 0;
  /** The virtual time that a request of cost 1 takes: the inverse of its weight. */
  private readonly length: number;

  constructor(plan: NumberReader) {
    this.key = plan.int();
    this.length = 1 / plan.number();
    this.frames = new FrameList();
  }

  reset(): void {
    this.frames.reset();
    this.start = 0;
  }

  /** One of its requests, which takes `cost` of its share, begins at `virtual` time at the earliest; gives when. */
  begin(virtual: number, cost: number): number {
    const start = Math.max(virtual, this.start);
    this.start = start + this.length * cost;
    return start;
  }
}
