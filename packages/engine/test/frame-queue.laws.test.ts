import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameQueue } from "../src/kernel/frame-queue.js";
import { Frame } from "../src/kernel/frame.js";
import { Level } from "../src/record/level.js";

describe("FrameQueue", () => {
  it("FrameQueue keeps the order of a list, whoever is taken out of its turn", () => {
    const law = fc.property(fc.array(fc.tuple(fc.constantFrom("append", "take", "remove"), fc.nat(20))), (acts) => {
      const queue = new FrameQueue();
      const list: Frame[] = [];
      for (const [act, position] of acts) {
        if (act === "append") {
          const frame = new Frame(new Level(0));
          queue.append(frame);
          list.push(frame);
        } else if (act === "take") expect(queue.take()).toBe(list.shift() ?? null);
        else if (list.length > 0) queue.remove(list.splice(position % list.length, 1)[0]!);
      }
      for (const frame of list) expect(queue.take()).toBe(frame);
      expect(queue.take()).toBeNull();
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 300 });
  });
});
