import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import { Factor } from "./factor.js";

/** 1 and another value in turns, for times that are drawn. */
export class SwitchedFactor extends Factor {
  private readonly calms: Stream;
  private readonly surges: Stream;
  private readonly surged: number;
  /** Whether the present piece is a surge. */
  private surging: boolean;

  constructor(plan: NumberReader, streams: Stream[]) {
    super();
    this.calms = streams[plan.int()];
    this.surges = streams[plan.int()];
    this.surged = plan.number();
    this.surging = true;
  }

  override reset(): void {
    super.reset();
    this.surging = true;
  }

  at(_time_s: number): number {
    return this.surging ? this.surged : 1;
  }

  change(): void {
    this.surging = !this.surging;
    this.end_s += this.surging ? this.surges.next() : this.calms.next();
  }
}
