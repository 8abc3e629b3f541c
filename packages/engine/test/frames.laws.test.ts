import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameQueue } from "../src/kernel/frame-queue.js";
import { Frames, NONE } from "../src/kernel/frames.js";

const runs = { seed: 20_261_121, numRuns: 300 };
/** Acquire, or release the n-th of the live frames. */
const operations = fc.array(fc.oneof(fc.constant("acquire" as const), fc.nat(100)), { maxLength: 400 });

describe("Frames", () => {
  it("Frames never gives a live frame twice and reuses what was released", () => {
    const law = fc.property(operations, (list) => {
      const frames = new Frames();
      const live: number[] = [];
      let most = 0;
      for (const operation of list) {
        if (operation === "acquire") {
          const frame = frames.acquire(3, NONE, 1.5);
          expect(live).not.toContain(frame);
          live.push(frame);
        } else if (live.length > 0) frames.release(live.splice(operation % live.length, 1)[0]!);
        most = Math.max(most, live.length);
        expect(frames.live).toBe(live.length);
        // As many places as were ever needed at once, and no more.
        for (const frame of live) expect(frame).toBeLessThan(most);
      }
    });
    fc.assert(law, runs);
  });

  it("Frames tells the lives of a frame apart by its generation", () => {
    const law = fc.property(operations, (list) => {
      const frames = new Frames();
      const lives = new Set<string>();
      const live: number[] = [];
      for (const operation of list) {
        if (operation === "acquire") {
          const frame = frames.acquire(0, NONE, 0);
          const life = `${frame}/${frames.generation[frame]}`;
          expect(lives).not.toContain(life);
          lives.add(life);
          live.push(frame);
        } else if (live.length > 0) {
          const frame = live.splice(operation % live.length, 1)[0]!;
          const before = frames.generation[frame];
          frames.release(frame);
          expect(frames.generation[frame]).not.toBe(before);
        }
      }
    });
    fc.assert(law, runs);
  });

  it("Frames.acquire gives a frame that holds nothing", () => {
    const frames = new Frames();
    const frame = frames.acquire(6, NONE, 0.5);
    frames.dispatch[frame] = 4;
    frames.core[frame] = 1;
    frames.waiting[frame] = 1;
    frames.ram[frame] = 128;
    frames.release(frame);
    expect(frames.acquire(9, 2, 0.75)).toBe(frame);
    expect([frames.pc[frame], frames.parent[frame], frames.start[frame]]).toEqual([9, 2, 0.75]);
    expect(frames.dispatch[frame]).toBe(NONE);
    expect([frames.core[frame], frames.waiting[frame], frames.ram[frame]]).toEqual([0, 0, 0]);
  });

  it("Frames keeps what frames hold when it grows", () => {
    const frames = new Frames();
    const list = Array.from({ length: 1000 }, (_, k) => frames.acquire(3 * k, NONE, k / 8));
    for (const [k, frame] of list.entries()) {
      expect(frames.pc[frame]).toBe(3 * k);
      expect(frames.start[frame]).toBe(k / 8);
    }
  });

  it("Frames.reset starts as a fresh pool does", () => {
    const frames = new Frames();
    for (let k = 0; k < 10; k++) frames.release(frames.acquire(0, NONE, 0));
    frames.reset();
    expect(frames.live).toBe(0);
    const frame = frames.acquire(0, NONE, 0);
    expect([frame, frames.generation[frame]]).toEqual([0, 0]);
  });

  it("Frames wraps the generation within the 29 bits of an event's tag", () => {
    const frames = new Frames();
    const frame = frames.acquire(0, NONE, 0);
    frames.generation[frame] = 0x1fff_ffff;
    frames.release(frame);
    expect(frames.generation[frame]).toBe(0);
  });
});

describe("FrameQueue", () => {
  it("FrameQueue gives frames in the order in which they came", () => {
    const law = fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (list) => {
      const frames = new Frames();
      const queues = [new FrameQueue(frames), new FrameQueue(frames)];
      const models: number[][] = [[], []];
      for (const [k, append] of list.entries()) {
        const queue = queues[k % 2]!;
        const model = models[k % 2]!;
        if (append) {
          const frame = frames.acquire(0, NONE, 0);
          queue.append(frame);
          model.push(frame);
        } else if (model.length > 0) expect(queue.take()).toBe(model.shift());
        expect(queue.head).toBe(model[0] ?? NONE);
      }
      queues[0]!.reset();
      expect(queues[0]!.head).toBe(NONE);
      while (models[1]!.length > 0) expect(queues[1]!.take()).toBe(models[1]!.shift());
      expect(queues[1]!.head).toBe(NONE);
    });
    fc.assert(law, runs);
  });
});
