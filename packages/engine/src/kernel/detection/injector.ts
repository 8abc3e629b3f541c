import type { NumberReader } from "../../platform/number-reader.js";
import type { InjectorRecord } from "../../record/injector-record.js";
import type { Recorder } from "../../record/recorder.js";
import type { Stream } from "../stream.js";
import { WatchedBuffer } from "./watched-buffer.js";

/** What befalls requests at a server by chance. */
export class Injector {
  private readonly record: InjectorRecord;
  private readonly drop_ratio: number;
  private readonly pressure_drop_ratio: number;
  private readonly latency_ratio: number;
  private readonly error_ratio: number;
  private readonly drops: Stream;
  private readonly delays: Stream;
  private readonly lengths: Stream;
  private readonly errors: Stream;
  private readonly buffer: WatchedBuffer;

  constructor(plan: NumberReader, streams: Stream[], recorder: Recorder, record: InjectorRecord) {
    this.record = record;
    this.drop_ratio = plan.number();
    this.pressure_drop_ratio = plan.number();
    this.latency_ratio = plan.number();
    this.error_ratio = plan.number();
    this.drops = streams[plan.int()];
    this.delays = streams[plan.int()];
    this.lengths = streams[plan.int()];
    this.errors = streams[plan.int()];
    this.buffer = new WatchedBuffer(plan, recorder);
  }

  /** Whether what arrives is to fail. */
  fails(): boolean {
    let ratio = this.drop_ratio;
    if (this.pressure_drop_ratio > 0) {
      const fill = this.buffer.fill();
      ratio += this.pressure_drop_ratio * fill * fill;
    }
    if (this.drops.next() >= ratio) return false;
    this.record.dropped += 1;
    return true;
  }

  /** How long what begins is to wait [s]. */
  delay_s(): number {
    if (this.delays.next() >= this.latency_ratio) return 0;
    this.record.delayed += 1;
    return this.lengths.next();
  }

  /** Whether it is to fail then. */
  strikes(): boolean {
    if (this.errors.next() >= this.error_ratio) return false;
    this.record.struck += 1;
    return true;
  }
}
