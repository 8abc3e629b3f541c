import type { Frame } from "../kernel/frame.js";
import type { NumberWriter } from "../platform/number-writer.js";
import { ATTRIBUTES } from "./attributes.js";
import { Attribution } from "./attribution.js";

export * from "./trace-kinds.js";

/**
 * Hears of everything that happens, and does nothing: so it costs nothing when it is compiled to WebAssembly, unless it is compiled to
 * attribute. A replay puts one in its place that listens, into the kernel that runs in JavaScript.
 */
export class Trace {
  private readonly attribution: Attribution | null;

  constructor() {
    this.attribution = ATTRIBUTES ? new Attribution() : null;
  }

  /** Starts a replication, with `cells` of the series of which it is to be known, 0 for none. */
  reset(warm_up_s: number, cells: i32): void {
    if (ATTRIBUTES) this.attribution!.reset(warm_up_s, cells);
  }

  /** A cell of the series ends. */
  closeCell(): void {
    if (ATTRIBUTES) this.attribution!.closeCell();
  }

  record<Place>(kind: i32, frame: Frame, _place: Place, now: number): void {
    if (ATTRIBUTES) this.attribution!.hear(kind, frame, now);
  }

  /** `readRecorded` reads it after what the recorder saved. */
  save(to: NumberWriter): void {
    if (ATTRIBUTES) this.attribution!.save(to);
  }
}
