import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameQueue } from "../src/kernel/frame-queue.js";
import { NOT_VISITING } from "../src/kernel/frame-extras.js";
import { ANY_ENDPOINT, Frame, NO_CLASS } from "../src/kernel/frame.js";
import { Frames } from "../src/kernel/frames.js";
import { Instruction } from "../src/kernel/instruction.js";
import { OP_CPU, OP_ENTER, OP_NOTHING } from "../src/kernel/operations/core.js";
import { Level } from "../src/record/level.js";

const runs = { seed: 20_261_121, numRuns: 100 };
const nowhere = new Level(0);
const enter = new Instruction(OP_ENTER);

describe("Frame", () => {
  it("Frame does nothing and is nowhere until it is told", () => {
    const frame = new Frame(nowhere);
    expect([frame.op, frame.at.op]).toEqual([OP_NOTHING, OP_NOTHING]);
    expect(frame.level).toBe(nowhere);
    expect([frame.next, frame.parent, frame.core, frame.waiting, frame.ram]).toEqual([null, null, false, false, 0]);
  });

  it("Frame.goTo keeps the operation with the instruction", () => {
    const frame = new Frame(nowhere);
    frame.goTo(enter);
    expect(frame.at).toBe(enter);
    expect(frame.op).toBe(OP_ENTER);
  });
});

describe("Frames", () => {
  /** Acquire, take everything back, or release the n-th of the live frames. */
  const operations = fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant("acquire" as const) },
      { weight: 9, arbitrary: fc.nat(100) },
      { weight: 1, arbitrary: fc.constant("reset" as const) },
    ),
    { maxLength: 200, size: "max" },
  );

  it("Frames never gives a live frame twice and makes as many as were ever needed at once", () => {
    const law = fc.property(operations, (list) => {
      const frames = new Frames(nowhere);
      const live: Frame[] = [];
      const seen = new Set<Frame>();
      let most = 0;
      for (const operation of list) {
        if (operation === "acquire") {
          const frame = frames.acquire(enter, 1.5);
          expect(live.includes(frame)).toBe(false);
          live.push(frame);
          seen.add(frame);
        } else if (operation === "reset") {
          frames.reset();
          live.length = 0;
        } else if (live.length > 0) frames.release(live.splice(operation % live.length, 1)[0]!);
        most = Math.max(most, live.length);
        expect(seen.size).toBe(most);
      }
    });
    fc.assert(law, runs);
  });

  it("Frames.acquire gives a frame that holds nothing", () => {
    const frames = new Frames(nowhere);
    const frame = frames.acquire(enter, 0.5);
    frame.parent = new Frame(nowhere);
    frame.responds = true;
    frame.depth = 1;
    frame.error = 2;
    frame.endpoint = 3;
    frame.requestClass = 4;
    frame.expect(7, 2, 1);
    frame.core = true;
    frame.waiting = true;
    frame.ram = 128;
    frame.level = new Level(0);
    frames.release(frame);
    const step = new Instruction(OP_CPU);
    expect(frames.acquire(step, 0.75)).toBe(frame);
    expect(frame.at).toBe(step);
    expect(frame.level).toBe(nowhere);
    expect([frame.parent, frame.responds, frame.depth, frame.error]).toEqual([null, false, 0, 0]);
    expect([frame.endpoint, frame.requestClass, frame.wait]).toEqual([ANY_ENDPOINT, NO_CLASS, 0]);
    expect([frame.op, frame.start]).toEqual([OP_CPU, 0.75]);
    expect([frame.core, frame.waiting, frame.ram]).toEqual([false, false, 0]);
  });

  it("Frames.reset begins with frames that hold nothing, whatever they held when the run was cut", () => {
    const frames = new Frames(nowhere);
    const frame = frames.acquire(enter, 0.5);
    Object.assign(frame, {
      leaf: 3,
      level: new Level(0),
      core: true,
      waiting: true,
      ram: 64,
      depth: 2,
      visit: 5,
      wait: 7,
    });
    frames.reset();
    expect(frames.acquireApart(enter)).toBe(frame);
    expect([frame.leaf, frame.ram, frame.depth, frame.extras.visit, frame.wait]).toEqual([0, 0, 0, NOT_VISITING, 0]);
    expect([frame.core, frame.waiting, frame.level]).toEqual([false, false, nowhere]);
  });

  it("Frames.overfull says whether more frames of requests were in use at once than there may be, others aside", () => {
    const most = 3;
    const frames = new Frames(nowhere, 0, 0, most);
    const act = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom("request" as const, "apart" as const) },
      { weight: 4, arbitrary: fc.nat(100) },
      { weight: 1, arbitrary: fc.constant("reset" as const) },
    );
    let times = 0;
    const law = fc.property(fc.array(act, { maxLength: 60, size: "max" }), (list) => {
      let requests: Frame[] = [];
      let others: Frame[] = [];
      let overfull = false;
      frames.reset();
      for (const one of list) {
        if (one === "request") requests.push(frames.acquire(enter, 0));
        else if (one === "apart") others.push(frames.acquireApart(enter));
        else if (one === "reset") {
          frames.reset();
          [requests, others, overfull] = [[], [], false];
        } else if (one % 2 === 0) requests.splice(one % 3, 1).forEach((frame) => frames.release(frame));
        else others.splice(one % 3, 1).forEach((frame) => frames.releaseApart(frame));
        overfull ||= requests.length > most;
        times += overfull ? 1 : 0;
        expect(frames.overfull).toBe(overfull);
        expect(new Set([...requests, ...others].map(({ extras: { index } }) => index)).size).toBe(
          requests.length + others.length,
        );
      }
    });
    fc.assert(law, runs);
    expect(times).toBeGreaterThan(100);
  });
});

describe("FrameQueue", () => {
  /** A new frame joins a queue, the first one moves to the end of the other queue or ends, or the queue is emptied. */
  const operations = fc.array(
    fc.record({
      queue: fc.nat(1),
      act: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom("join" as const, "join" as const, "move" as const, "end" as const) },
        { weight: 1, arbitrary: fc.constant("reset" as const) },
      ),
    }),
    { maxLength: 200, size: "max" },
  );

  it("FrameQueue gives frames in the order in which they came", () => {
    const law = fc.property(operations, (list) => {
      const frames = new Frames(nowhere);
      const queues = [new FrameQueue(), new FrameQueue()];
      const models: Frame[][] = [[], []];
      const joins = (queue: number, frame: Frame): void => {
        queues[queue]!.append(frame);
        models[queue]!.push(frame);
      };
      for (const { queue, act } of list) {
        if (act === "join") joins(queue, frames.acquire(enter, 0));
        else if (act === "reset") {
          queues[queue]!.reset();
          models[queue]!.length = 0;
        } else {
          const first = models[queue]!.shift() ?? null;
          expect(queues[queue]!.take()).toBe(first);
          if (first === null) continue;
          if (act === "move") joins(1 - queue, first);
          else frames.release(first);
        }
        expect(queues[queue]!.head).toBe(models[queue]![0] ?? null);
      }
      for (const [k, queue] of queues.entries()) {
        for (const frame of models[k]!) expect(queue.take()).toBe(frame);
        expect(queue.take()).toBe(null);
      }
    });
    fc.assert(law, runs);
  });
});
