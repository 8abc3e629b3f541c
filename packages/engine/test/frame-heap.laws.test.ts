import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameHeap } from "../src/kernel/processing/frame-heap.js";
import { Frame } from "../src/kernel/frame.js";
import { Level } from "../src/record/level.js";

const nowhere = new Level(0);
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("add" as const), key: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("take" as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("remove" as const), which: fc.nat() }) },
);

describe("FrameHeap", () => {
  it("FrameHeap gives frames in the order of key and turn, whichever were taken out before", () => {
    const law = fc.property(fc.array(operation, { maxLength: 200, size: "max" }), (list) => {
      const heap = new FrameHeap();
      const sorted: Frame[] = [];
      for (const [turn, step] of list.entries()) {
        if (step.act === "add") {
          const frame = new Frame(nowhere);
          frame.extras.key = step.key;
          frame.extras.turn = turn;
          heap.add(frame);
          sorted.push(frame);
          sorted.sort((a, b) => a.extras.key - b.extras.key || a.extras.turn - b.extras.turn);
        } else if (step.act === "take") {
          expect(heap.take()).toBe(sorted.shift() ?? null);
        } else if (sorted.length > 0) {
          const [removed] = sorted.splice(step.which % sorted.length, 1);
          heap.remove(removed!);
        }
        expect(heap.head()).toBe(sorted[0] ?? null);
      }
      for (const frame of sorted) expect(heap.take()).toBe(frame);
      expect(heap.take()).toBe(null);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 200 });
  });
});
