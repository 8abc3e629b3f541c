import type { Frame } from "../frame.js";
import type { Moment } from "../moment.js";
import { TRACE_WAITS_FOR_FETCH, type Trace } from "../../record/trace.js";
import { type Instruction } from "../instruction.js";
import { OP_AWAIT_KEY, OP_KEEP, OP_LOOK_UP } from "../operations/extensions.js";
import type { Stay } from "../stay.js";

/** What frames do with caches. A frame keeps the key that it fetches in one of its counters. */
export class LookUps {
  private readonly stay: Stay;
  private readonly moment: Moment;
  private readonly trace: Trace;

  constructor(stay: Stay, moment: Moment, trace: Trace) {
    this.stay = stay;
    this.moment = moment;
    this.trace = trace;
  }

  /** Does one of the operations on caches; false when the frame has to wait. */
  handle(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_LOOK_UP:
        return this.lookUp(frame, at, now);
      case OP_KEEP:
        at.cache!.keep(frame.extras.counters[at.index], now);
        if (at.cache!.coalesces) this.settle(frame, at);
        frame.goTo(at.next!);
        return true;
      default:
        this.settle(frame, at);
        frame.goTo(at.next!);
        return true;
    }
  }

  private lookUp(frame: Frame, at: Instruction, now: number): boolean {
    const cache = at.cache!;
    const key = cache.draw(now);
    if (cache.finds(key, now)) {
      cache.record.hit();
      frame.goTo(at.next!);
      return true;
    }
    if (cache.coalesces) {
      if (cache.isFetched(key)) {
        cache.record.coalesce();
        this.stay.letCoreGo(frame, at.server!, now);
        this.trace.record(TRACE_WAITS_FOR_FETCH, frame, at.server!, now);
        frame.op = OP_AWAIT_KEY;
        frame.extras.counters[at.index] = key;
        cache.wait(frame, key);
        return false;
      }
      cache.fetch(key);
    }
    cache.record.miss();
    frame.extras.counters[at.index] = key;
    frame.goTo(at.ways[0]);
    return true;
  }

  /** Who waited goes on with what the frame has fetched, or fails as it did. Who was given up meanwhile goes its own way. */
  private settle(frame: Frame, at: Instruction): void {
    let waiting = at.cache!.settle(frame.extras.counters[at.index]);
    while (waiting !== null) {
      const behind: Frame | null = waiting.next;
      if (!waiting.cancelled) {
        waiting.error = frame.error;
        waiting.goTo(frame.error === 0 ? waiting.at.next! : waiting.at.handler!);
      }
      this.moment.wake(waiting);
      waiting = behind;
    }
  }
}
