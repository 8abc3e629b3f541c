import type { Frame } from "../kernel/frame.js";
import {
  Trace,
  TRACE_CALLED,
  TRACE_COMPLETED,
  TRACE_DISRUPTED,
  TRACE_DROPPED,
  TRACE_ENDED,
  TRACE_FAILED,
  TRACE_FORKED,
  TRACE_GENERATED,
  TRACE_HEDGED,
  TRACE_RECOVERED,
  TRACE_REJECTED,
} from "../record/trace.js";
import type { ReplayEvents } from "./replay-events.js";

/** Stands where the number of a request would, for what happens to none. */
const NO_REQUEST = -1;

/** Stands where a component would, for what happens at none. */
const NOWHERE = -1;

/** A trace that keeps what it hears until it is taken. */
export class EventTrace extends Trace {
  /** The component that each part of the kernel is. */
  places: ReadonlyMap<unknown, number> = new Map();
  #begun = 0;
  /** The numbers of the requests that are alive. */
  readonly #requests = new Map<Frame, number>();
  #t_s: number[] = [];
  #numbers: number[] = [];
  #callers: number[] = [];
  #kinds: number[] = [];
  #components: number[] = [];

  override record<Place>(kind: number, frame: Frame, place: Place, now: number): void {
    this.#t_s.push(now);
    this.#callers.push(this.#callerOf(frame, kind));
    this.#numbers.push(this.#requestOf(frame, kind));
    this.#kinds.push(kind);
    this.#components.push(this.places.get(place) ?? NOWHERE);
  }

  /** Everything since the last time. */
  take(): ReplayEvents {
    const events = {
      t_s: Float64Array.from(this.#t_s),
      requests: Int32Array.from(this.#numbers),
      callers: Int32Array.from(this.#callers),
      kinds: Uint8Array.from(this.#kinds),
      components: Int32Array.from(this.#components),
    };
    this.#t_s = [];
    this.#numbers = [];
    this.#callers = [];
    this.#kinds = [];
    this.#components = [];
    return events;
  }

  #callerOf(frame: Frame, kind: number): number {
    const isNew = kind === TRACE_CALLED || kind === TRACE_FORKED || kind === TRACE_HEDGED;
    return isNew && frame.parent !== null ? this.#requests.get(frame.parent)! : NO_REQUEST;
  }

  /** A frame is used again, so its number holds from its begin to its end. */
  #requestOf(frame: Frame, kind: number): number {
    switch (kind) {
      case TRACE_GENERATED:
      case TRACE_CALLED:
      case TRACE_FORKED:
      case TRACE_HEDGED:
        this.#requests.set(frame, this.#begun);
        return this.#begun++;
      case TRACE_COMPLETED:
      case TRACE_FAILED:
      case TRACE_REJECTED:
      case TRACE_ENDED:
        return this.#end(frame);
      case TRACE_DROPPED:
        // A call that is lost ends next, and its caller learns of it.
        return frame.parent === null ? this.#end(frame) : this.#requests.get(frame)!;
      case TRACE_DISRUPTED:
      case TRACE_RECOVERED:
        return NO_REQUEST;
      default:
        return this.#requests.get(frame)!;
    }
  }

  #end(frame: Frame): number {
    const request = this.#requests.get(frame)!;
    this.#requests.delete(frame);
    return request;
  }
}
