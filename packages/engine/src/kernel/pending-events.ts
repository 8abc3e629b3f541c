/**
 * Which of several events at one time goes first: the lower rank. What ends goes before what begins, and what frees a
 * resource before what asks for one. Equal ranks keep the order of scheduling.
 */
export const RANK = {
  /** A disruption ends. */
  recovery: 0,
  /** A disruption begins. */
  disruption: 1,
  /** A CPU or I/O step ends. */
  step: 2,
  /** A message arrives over an edge. */
  delivery: 3,
  /** A generator produces a request. */
  arrival: 4,
} as const;

/** A rank's share of the ordering key: more sequence numbers than any run has events. */
const SEQUENCES_PER_RANK = 281_474_976_710_656;

/**
 * The future: events ordered by (time, rank, sequence). `kind`, `target` and `generation` are the machine's own and
 * come back as they were given.
 */
export interface PendingEvents {
  reset(): void;
  readonly length: number;
  push(time: number, rank: number, kind: number, target: number, generation: number): void;
  /** Time of the first event; Infinity when there is none. */
  nextTime(): number;
  /** Takes the first event; its fields stand in `time`, `kind`, `target`, `generation` until the next call. */
  pop(): void;
  readonly time: number;
  readonly kind: number;
  readonly target: number;
  readonly generation: number;
}

/**
 * A 4-ary heap in parallel arrays. Hot: one push and one pop an event. Children of i are 4i + 1 .. 4i + 4. Entries are
 * moved into the hole rather than swapped.
 */
export class EventHeap implements PendingEvents {
  declare length: number;
  declare time: number;
  declare kind: number;
  declare target: number;
  declare generation: number;
  declare private sequence: number;
  declare private times: Float64Array;
  declare private orders: Float64Array;
  declare private targets: Int32Array;
  /** Kind in the low three bits, generation above. */
  declare private tags: Int32Array;

  constructor() {
    this.length = 0;
    this.time = 0;
    this.kind = 0;
    this.target = 0;
    this.generation = 0;
    this.sequence = 0;
    this.times = new Float64Array(64);
    this.orders = new Float64Array(64);
    this.targets = new Int32Array(64);
    this.tags = new Int32Array(64);
  }

  reset(): void {
    this.length = 0;
    this.sequence = 0;
  }

  nextTime(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : this.times[0]!;
  }

  push(time: number, rank: number, kind: number, target: number, generation: number): void {
    if (this.length === this.times.length) this.grow();
    const { times, orders, targets, tags } = this;
    const order = rank * SEQUENCES_PER_RANK + this.sequence++;
    let hole = this.length++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      if (time > parentTime || (time === parentTime && order > orders[parent]!)) break;
      times[hole] = parentTime;
      orders[hole] = orders[parent]!;
      targets[hole] = targets[parent]!;
      tags[hole] = tags[parent]!;
      hole = parent;
    }
    times[hole] = time;
    orders[hole] = order;
    targets[hole] = target;
    tags[hole] = (generation << 3) | kind;
  }

  pop(): void {
    const { times, orders, targets, tags } = this;
    const tag = tags[0]!;
    this.time = times[0]!;
    this.kind = tag & 7;
    this.target = targets[0]!;
    this.generation = tag >>> 3;
    const last = --this.length;
    const time = times[last]!;
    const order = orders[last]!;
    let hole = 0;
    for (let child = 1; child < last; child = 4 * hole + 1) {
      let first = child;
      let firstTime = times[child]!;
      const end = Math.min(child + 4, last);
      for (let other = child + 1; other < end; other++) {
        const otherTime = times[other]!;
        if (otherTime < firstTime || (otherTime === firstTime && orders[other]! < orders[first]!)) {
          first = other;
          firstTime = otherTime;
        }
      }
      if (time < firstTime || (time === firstTime && order < orders[first]!)) break;
      times[hole] = firstTime;
      orders[hole] = orders[first]!;
      targets[hole] = targets[first]!;
      tags[hole] = tags[first]!;
      hole = first;
    }
    times[hole] = time;
    orders[hole] = order;
    targets[hole] = targets[last]!;
    tags[hole] = tags[last]!;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    this.times = grown(this.times, new Float64Array(capacity));
    this.orders = grown(this.orders, new Float64Array(capacity));
    this.targets = grown(this.targets, new Int32Array(capacity));
    this.tags = grown(this.tags, new Int32Array(capacity));
  }
}

function grown<Column extends Float64Array | Int32Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
