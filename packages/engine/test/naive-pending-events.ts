import type { Frame } from "../src/kernel/frame.js";
import type { PendingEvents } from "../src/kernel/pending-events.js";

interface PendingEvent {
  readonly time: number;
  readonly rank: number;
  readonly sequence: number;
  readonly frame: Frame;
}

/** The definition of the order of events and nothing else: an unsorted list, searched from end to end. */
class NaivePendingEvents {
  private events: PendingEvent[] = [];
  private sequence = 0;

  reset(): void {
    this.events = [];
    this.sequence = 0;
  }

  schedule(frame: Frame, time: number, rank: number): void {
    this.events.push({ time, rank, sequence: this.sequence++, frame });
    frame.leaf = 1;
  }

  /** A rank is three bits, so that it stands at the end of the number that is handed out. */
  nextOrder(rank: number): number {
    return 8 * this.sequence++ + rank;
  }

  scheduleInOrder(frame: Frame, time: number): void {
    this.events.push({ time, rank: frame.order % 8, sequence: Math.floor(frame.order / 8), frame });
    frame.leaf = 1;
  }

  reschedule(frame: Frame, time: number, rank: number): void {
    this.events = this.events.filter((event) => event.frame !== frame);
    this.schedule(frame, time, rank);
  }

  move(frame: Frame, time: number): void {
    this.events = this.events.map((event) => (event.frame === frame ? { ...event, time } : event));
  }

  nextTime(): number {
    return this.events.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
  }

  take(): Frame {
    const first = this.events.reduce((best, event) => (precedes(event, best) ? event : best));
    this.events = this.events.filter((event) => event !== first);
    first.frame.leaf = 0;
    return first.frame;
  }

  cancel(frame: Frame): number {
    const { time } = this.events.find((event) => event.frame === frame)!;
    this.events = this.events.filter((event) => event.frame !== frame);
    frame.leaf = 0;
    return time;
  }
}

export function naivePendingEvents(): PendingEvents {
  return new NaivePendingEvents() as unknown as PendingEvents;
}

function precedes(one: PendingEvent, other: PendingEvent): boolean {
  if (one.time !== other.time) return one.time < other.time;
  if (one.rank !== other.rank) return one.rank < other.rank;
  return one.sequence < other.sequence;
}
