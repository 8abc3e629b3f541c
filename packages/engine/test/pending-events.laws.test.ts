import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PendingEvents } from "../src/index.js";
import { EventHeap } from "../src/kernel/pending-events.js";
import { NaivePendingEvents } from "./naive-pending-events.js";

const runs = { seed: 20_261_121, numRuns: 300 };

/** Few times and ranks, so that most events meet others at their time. */
const push = fc.record({
  time: fc.oneof(fc.nat(5), fc.double({ min: 0, max: 5, noNaN: true })),
  rank: fc.nat(4),
  kind: fc.nat(7),
  target: fc.nat(1_000_000),
  generation: fc.nat(0x1fff_ffff),
});
type Push = typeof push extends fc.Arbitrary<infer T> ? T : never;
const operations = fc.array(fc.oneof(push, push, fc.constant("pop" as const)), { maxLength: 400 });

function pushed(pending: PendingEvents, { time, rank, kind, target, generation }: Push): void {
  pending.push(time, rank, kind, target, generation);
}

function popped(pending: PendingEvents): readonly number[] {
  pending.pop();
  return [pending.time, pending.kind, pending.target, pending.generation];
}

function drained(pending: PendingEvents): readonly (readonly number[])[] {
  const events: (readonly number[])[] = [];
  while (pending.length > 0) events.push(popped(pending));
  return events;
}

describe("EventHeap", () => {
  it("EventHeap gives events in the order of time, rank, sequence, whatever the pushes and pops before", () => {
    const law = fc.property(operations, (list) => {
      const heap = new EventHeap();
      const naive = new NaivePendingEvents();
      for (const operation of list) {
        if (operation !== "pop") {
          pushed(heap, operation);
          pushed(naive, operation);
        } else if (naive.length > 0) expect(popped(heap)).toEqual(popped(naive));
        expect(heap.length).toBe(naive.length);
        expect(heap.nextTime()).toBe(naive.nextTime());
      }
      expect(drained(heap)).toEqual(drained(naive));
    });
    fc.assert(law, runs);
  });

  it("EventHeap keeps equal events in the order of scheduling", () => {
    const heap = new EventHeap();
    for (let k = 0; k < 1000; k++) heap.push(1, 2, 0, k, 0);
    expect(drained(heap).map((event) => event[2])).toEqual(Array.from({ length: 1000 }, (_, k) => k));
  });

  it("EventHeap gives back kind, target and generation as they were given, up to their limits", () => {
    const law = fc.property(push, (event) => {
      const heap = new EventHeap();
      pushed(heap, event);
      expect(popped(heap)).toEqual([event.time, event.kind, event.target, event.generation]);
      heap.push(0, 0, 7, 2_147_483_647, 0x1fff_ffff);
      expect(popped(heap)).toEqual([0, 7, 2_147_483_647, 0x1fff_ffff]);
    });
    fc.assert(law, runs);
  });

  it("EventHeap.reset forgets everything and counts the sequence anew", () => {
    const law = fc.property(fc.array(push), fc.array(push), (before, after) => {
      const used = new EventHeap();
      const fresh = new EventHeap();
      for (const event of before) pushed(used, event);
      used.reset();
      expect(used.nextTime()).toBe(Number.POSITIVE_INFINITY);
      for (const event of after) {
        pushed(used, event);
        pushed(fresh, event);
      }
      expect(drained(used)).toEqual(drained(fresh));
    });
    fc.assert(law, runs);
  });
});
