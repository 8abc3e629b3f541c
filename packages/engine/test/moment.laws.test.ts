import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Frame } from "../src/kernel/frame.js";
import { Moment } from "../src/kernel/moment.js";
import { Level } from "../src/record/level.js";

describe("Moment", () => {
  it("Moment gives who was woken, in turn, and then who was delivered, in turn", () => {
    const law = fc.property(fc.array(fc.constantFrom("wake", "deliver", "take")), (acts) => {
      const moment = new Moment();
      const woken: Frame[] = [];
      const delivered: Frame[] = [];
      const firstOfAll = (): Frame | null => woken[0] ?? delivered[0] ?? null;
      for (const act of acts) {
        if (act === "take") {
          expect(moment.take()).toBe(firstOfAll());
          (woken.length > 0 ? woken : delivered).shift();
        } else {
          const frame = new Frame(new Level(0));
          frame.next = frame;
          if (act === "wake") moment.wake(frame);
          else moment.deliver(frame);
          (act === "wake" ? woken : delivered).push(frame);
        }
        expect(moment.first).toBe(firstOfAll());
        expect(moment.hasWoken()).toBe(woken.length > 0);
      }
      for (const frame of [...woken, ...delivered]) expect(moment.take()).toBe(frame);
      expect(moment.take()).toBeNull();
    });
    fc.assert(law, { seed: 20_261_122, numRuns: 300 });
  });

  it("Moment.reset forgets whom it had", () => {
    const moment = new Moment();
    moment.wake(new Frame(new Level(0)));
    moment.deliver(new Frame(new Level(0)));
    moment.reset();
    expect([moment.first, moment.hasWoken(), moment.take()]).toEqual([null, false, null]);
    const frame = new Frame(new Level(0));
    moment.deliver(frame);
    expect(moment.first).toBe(frame);
    expect(moment.hasWoken()).toBe(false);
  });
});
