import type { PendingEvents } from "../src/index.js";

interface PendingEvent {
  readonly time: number;
  readonly rank: number;
  readonly sequence: number;
  readonly kind: number;
  readonly target: number;
  readonly generation: number;
}

/** The definition of the order of events and nothing else: an unsorted list, searched from end to end. */
export class NaivePendingEvents implements PendingEvents {
  declare time: number;
  declare kind: number;
  declare target: number;
  declare generation: number;
  declare private events: PendingEvent[];
  declare private sequence: number;

  constructor() {
    this.time = 0;
    this.kind = 0;
    this.target = 0;
    this.generation = 0;
    this.events = [];
    this.sequence = 0;
  }

  get length(): number {
    return this.events.length;
  }

  reset(): void {
    this.events = [];
    this.sequence = 0;
  }

  push(time: number, rank: number, kind: number, target: number, generation: number): void {
    this.events.push({ time, rank, sequence: this.sequence++, kind, target, generation });
  }

  nextTime(): number {
    return this.events.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
  }

  pop(): void {
    const first = this.events.reduce((best, event) => (precedes(event, best) ? event : best));
    this.events = this.events.filter((event) => event !== first);
    this.time = first.time;
    this.kind = first.kind;
    this.target = first.target;
    this.generation = first.generation;
  }
}

function precedes(one: PendingEvent, other: PendingEvent): boolean {
  if (one.time !== other.time) return one.time < other.time;
  if (one.rank !== other.rank) return one.rank < other.rank;
  return one.sequence < other.sequence;
}
