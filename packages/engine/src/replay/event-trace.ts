import type { Frame } from "../kernel/frame.js";
import {
  Trace,
  TRACE_COMPLETED,
  TRACE_DISRUPTED,
  TRACE_DROPPED,
  TRACE_FAILED,
  TRACE_GENERATED,
  TRACE_RECOVERED,
} from "../record/trace.js";
import type { ReplayEvents } from "./replay-events.js";

/** Stands where the number of a request would, for what happens to none. */
const NO_REQUEST = -1;

/** A trace that keeps what it hears until it is taken. */
export class EventTrace extends Trace {
  /** The component that each part of the kernel is. */
  places: ReadonlyMap<unknown, number> = new Map();
  #generated = 0;
  /** The numbers of the requests that are alive. */
  readonly #requests = new Map<Frame, number>();
  #t_s: number[] = [];
  #numbers: number[] = [];
  #kinds: number[] = [];
  #components: number[] = [];

  override record<Place>(kind: number, frame: Frame, place: Place, now: number): void {
    this.#t_s.push(now);
    this.#numbers.push(this.#requestOf(frame, kind));
    this.#kinds.push(kind);
    this.#components.push(this.places.get(place)!);
  }

  /** Everything since the last time. */
  take(): ReplayEvents {
    const events = {
      t_s: Float64Array.from(this.#t_s),
      requests: Int32Array.from(this.#numbers),
      kinds: Uint8Array.from(this.#kinds),
      components: Int32Array.from(this.#components),
    };
    this.#t_s = [];
    this.#numbers = [];
    this.#kinds = [];
    this.#components = [];
    return events;
  }

  /** A frame is used again, so its number holds from `generated` to the request's end. */
  #requestOf(frame: Frame, kind: number): number {
    switch (kind) {
      case TRACE_GENERATED:
        this.#requests.set(frame, this.#generated);
        return this.#generated++;
      case TRACE_COMPLETED:
      case TRACE_DROPPED:
      case TRACE_FAILED: {
        const request = this.#requests.get(frame)!;
        this.#requests.delete(frame);
        return request;
      }
      case TRACE_DISRUPTED:
      case TRACE_RECOVERED:
        return NO_REQUEST;
      default:
        return this.#requests.get(frame)!;
    }
  }
}
