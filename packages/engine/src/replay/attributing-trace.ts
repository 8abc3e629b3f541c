import type { Frame } from "../kernel/frame.js";
import type { NumberWriter } from "../platform/number-writer.js";
import { Attribution } from "../record/attribution.js";
import { Trace } from "../record/trace.js";

/** In JavaScript, a trace that says where the time of requests went and lets another hear of everything too. */
export class AttributingTrace extends Trace {
  private readonly heard: Attribution;
  private readonly listener: Trace;

  constructor(listener: Trace) {
    super();
    this.heard = new Attribution();
    this.listener = listener;
  }

  override reset(warm_up_s: number, cells: i32): void {
    this.heard.reset(warm_up_s, cells);
    this.listener.reset(warm_up_s, cells);
  }

  override closeCell(): void {
    this.heard.closeCell();
    this.listener.closeCell();
  }

  override record<Place>(kind: i32, frame: Frame, place: Place, now: number): void {
    this.heard.hear(kind, frame, now);
    this.listener.record(kind, frame, place, now);
  }

  override save(to: NumberWriter): void {
    this.heard.save(to);
  }
}
