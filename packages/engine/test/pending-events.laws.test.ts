import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Frame } from "../src/kernel/frame.js";
import { NEVER, PendingEvents, RANK_ARRIVAL } from "../src/kernel/pending-events.js";
import { Level } from "../src/record/level.js";

const runs = { seed: 20_261_121, numRuns: 100 };
/** No event is this late [s]. */
const IDLE = 1e300;
const nowhere = new Level(0);

/** Few times and ranks, so that most events meet others at their time. */
const time = fc.oneof(
  { weight: 6, arbitrary: fc.nat(5) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 5, noNaN: true }).map(Math.abs) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MIN_VALUE, NEVER) },
);
const rank = fc.nat(RANK_ARRIVAL);
const operations = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ act: fc.constant("schedule" as const), time, rank }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("take a turn" as const), rank }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("schedule in turn" as const), time }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant("take" as const) }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant("take and schedule again" as const), time, rank }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("look" as const) }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant("reschedule" as const), which: fc.nat(), time, rank }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("move" as const), which: fc.nat(), time }) },
  ),
  { maxLength: 300, size: "max" },
);
type Operation = typeof operations extends fc.Arbitrary<(infer T)[]> ? T : never;
const events = fc.array(fc.record({ time, rank }), { minLength: 100, maxLength: 600, size: "max" });

interface Turn {
  readonly frame: Frame;
  readonly rank: number;
  readonly sequence: number;
}
interface Event extends Turn {
  readonly time: number;
}

/** The definition: an array that is sorted by time, rank and sequence. */
class SortedEvents {
  readonly events: Event[] = [];
  private sequence = 0;

  turn(frame: Frame, ranked: number): Turn {
    return { frame, rank: ranked, sequence: this.sequence++ };
  }

  schedule(turn: Turn, at: number): void {
    this.events.push({ ...turn, time: at });
    this.sort();
  }

  /** Moves an event, to another turn if one is given. */
  move(moved: Event, at: number, turn: Turn = moved): void {
    this.events[this.events.indexOf(moved)] = { ...turn, time: at };
    this.sort();
  }

  private sort(): void {
    this.events.sort((a, b) => a.time - b.time || a.rank - b.rank || a.sequence - b.sequence);
  }
}

function expectNextTime(pending: PendingEvents, { events: [first] }: SortedEvents): void {
  if (first === undefined) expect(pending.nextTime()).toBeGreaterThanOrEqual(IDLE);
  else expect(pending.nextTime()).toBe(first.time);
}

/** Takes from both, which must give the same frame; undefined when there is none. */
function taken(pending: PendingEvents, sorted: SortedEvents): Frame | undefined {
  expectNextTime(pending, sorted);
  const first = sorted.events.shift();
  if (first !== undefined) expect(pending.take()).toBe(first.frame);
  return first?.frame;
}

function expectDrained(pending: PendingEvents, sorted: SortedEvents): void {
  while (taken(pending, sorted) !== undefined);
  expectNextTime(pending, sorted);
}

/** Does the same to both and compares what they give. Frames are used anew, as a pool does. */
function expectAgreement(pending: PendingEvents, list: readonly Operation[]): SortedEvents {
  const sorted = new SortedEvents();
  const turns: Turn[] = [];
  const free: Frame[] = [];
  const schedule = (frame: Frame, at: number, ranked: number): void => {
    pending.schedule(frame, at, ranked);
    sorted.schedule(sorted.turn(frame, ranked), at);
  };
  for (const operation of list) {
    switch (operation.act) {
      case "schedule":
        schedule(free.shift() ?? new Frame(nowhere), operation.time, operation.rank);
        break;
      case "take a turn": {
        const frame = free.shift() ?? new Frame(nowhere);
        frame.order = pending.nextOrder(operation.rank);
        turns.push(sorted.turn(frame, operation.rank));
        break;
      }
      case "schedule in turn": {
        const turn = turns.shift();
        if (turn === undefined) break;
        pending.scheduleInOrder(turn.frame, operation.time);
        sorted.schedule(turn, operation.time);
        break;
      }
      case "look":
        expectNextTime(pending, sorted);
        break;
      case "reschedule":
      case "move": {
        const event = sorted.events[operation.which % sorted.events.length];
        if (event === undefined) break;
        if (operation.act === "move") {
          pending.move(event.frame, operation.time);
          sorted.move(event, operation.time);
        } else {
          pending.reschedule(event.frame, operation.time, operation.rank);
          sorted.move(event, operation.time, sorted.turn(event.frame, operation.rank));
        }
        break;
      }
      default: {
        const frame = taken(pending, sorted);
        if (frame === undefined) break;
        if (operation.act === "take") free.push(frame);
        else schedule(frame, operation.time, operation.rank);
      }
    }
  }
  return sorted;
}

describe("PendingEvents", () => {
  it("PendingEvents gives events in the order of time, rank, sequence, whatever was scheduled and taken before", () => {
    const law = fc.property(operations, (list) => {
      const pending = new PendingEvents();
      expectDrained(pending, expectAgreement(pending, list));
    });
    fc.assert(law, runs);
  });

  it("PendingEvents grows from four leaves to hundreds and keeps the order", () => {
    const law = fc.property(events, fc.nat(600), (list, takenBefore) => {
      const pending = new PendingEvents();
      const sorted = new SortedEvents();
      for (const event of list) {
        const frame = new Frame(nowhere);
        pending.schedule(frame, event.time, event.rank);
        sorted.schedule(sorted.turn(frame, event.rank), event.time);
      }
      for (let k = 0; k < takenBefore; k++) taken(pending, sorted);
      for (const event of list) {
        const frame = new Frame(nowhere);
        pending.schedule(frame, event.time, event.rank);
        sorted.schedule(sorted.turn(frame, event.rank), event.time);
      }
      expectDrained(pending, sorted);
    });
    fc.assert(law, { ...runs, numRuns: 8 });
  });

  it("PendingEvents keeps equal events in the order of scheduling", () => {
    const pending = new PendingEvents();
    const frames = Array.from({ length: 1000 }, () => new Frame(nowhere));
    for (const frame of frames) pending.schedule(frame, 1, 2);
    for (const frame of frames) {
      expect(pending.nextTime()).toBe(1);
      expect(pending.take()).toBe(frame);
    }
  });

  it("PendingEvents.nextOrder puts a rank before the next and a turn before the next", () => {
    const law = fc.property(fc.array(rank, { minLength: 2, maxLength: 50 }), (list) => {
      const pending = new PendingEvents();
      const orders = list.map((ranked, k) => ({ ranked, k, order: pending.nextOrder(ranked) }));
      const byDefinition = orders.toSorted((a, b) => a.ranked - b.ranked || a.k - b.k);
      expect(orders.toSorted((a, b) => a.order - b.order)).toEqual(byDefinition);
      expect(new Set(orders.map(({ order }) => order)).size).toBe(list.length);
    });
    fc.assert(law, runs);
  });

  it("PendingEvents.reset forgets everything and counts the sequence anew", () => {
    const law = fc.property(operations, operations, rank, (before, after, ranked) => {
      const used = new PendingEvents();
      expectAgreement(used, before);
      used.reset();
      expect(used.nextTime()).toBeGreaterThanOrEqual(IDLE);
      expectDrained(used, expectAgreement(used, after));
      used.reset();
      expect(used.nextOrder(ranked)).toBe(new PendingEvents().nextOrder(ranked));
    });
    fc.assert(law, { ...runs, numRuns: 50 });
  });

  it("PendingEvents uses leaves again: as many as there were events at once, rounded up to a power of two", () => {
    const pending = new PendingEvents();
    for (const [count, leaves] of [
      [3, 4],
      [4, 4],
      [5, 8],
      [300, 512],
      [512, 512],
    ] as const) {
      for (let round = 0; round < 3; round++) {
        pending.reset();
        expect(pending.nextTime()).toBeGreaterThanOrEqual(IDLE);
        // Events are scheduled and taken, and those of the last turn are there when all is forgotten.
        for (let turn = 0; turn < 3; turn++) {
          const frames = Array.from({ length: count }, () => new Frame(nowhere));
          for (const [k, frame] of frames.entries()) pending.schedule(frame, count - k, 0);
          expect(new Set(frames.map(({ leaf }) => leaf)).size).toBe(count);
          for (const { leaf } of frames) expect(leaf).toBeLessThan(2 * leaves);
          if (turn === 2) continue;
          for (const frame of frames.toReversed()) {
            pending.nextTime();
            expect(pending.take()).toBe(frame);
          }
        }
      }
    }
  });
});
