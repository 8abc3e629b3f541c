import { describe, expect, it } from "vitest";
import { createSimulation, runPrepared, type Plan, type Simulation } from "../src/index.js";
import { Frame } from "../src/kernel/frame.js";
import {
  PendingEvents,
  RANK_ARRIVAL,
  RANK_DELIVERY,
  RANK_DISRUPTION,
  RANK_RECOVERY,
  RANK_STEP,
  RANK_STOP,
} from "../src/kernel/pending-events.js";
import { RandomStream } from "../src/random/random-stream.js";
import { Level } from "../src/record/level.js";
import { simulationOf } from "../src/simulation.js";
import { measured } from "./measured.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { cpu, endpoint, exponential, singleQueue } from "./plans.js";

const nowhere = new Level(0);

describe("PendingEvents", () => {
  it("PendingEvents.reschedule takes a turn anew, PendingEvents.move keeps it", () => {
    const pending = new PendingEvents();
    const [one, two, three] = Array.from({ length: 3 }, () => new Frame(nowhere));
    pending.schedule(one!, 1, RANK_STEP);
    pending.schedule(two!, 9, RANK_STEP);
    pending.schedule(three!, 1, RANK_STEP);
    pending.reschedule(one!, 1, RANK_STEP);
    pending.move(two!, 1);
    const order = Array.from({ length: 3 }, () => (pending.nextTime() === 1 ? pending.take() : null));
    expect(order).toEqual([two, three, one]);
  });

  it("PendingEvents by hand", () => {
    const pending = new PendingEvents();
    const [late, early, tied, first] = Array.from({ length: 4 }, () => new Frame(nowhere));
    pending.schedule(late!, 2, RANK_RECOVERY);
    pending.schedule(early!, 1, RANK_STEP);
    pending.schedule(tied!, 1, RANK_STEP);
    pending.schedule(first!, 1, RANK_RECOVERY);
    for (const [time, frame] of [
      [1, first],
      [1, early],
      [1, tied],
      [2, late],
    ] as const) {
      expect(pending.nextTime()).toBe(time);
      expect(pending.take()).toBe(frame);
    }
    expect(pending.nextTime()).toBeGreaterThanOrEqual(1e300);
  });
});

describe("RANK", () => {
  it("RANK puts what ends before what begins, and what frees before what asks", () => {
    const order = [RANK_RECOVERY, RANK_DISRUPTION, RANK_STEP, RANK_STOP, RANK_DELIVERY, RANK_ARRIVAL];
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each<readonly [kernel: string, open: (plan: Plan) => Simulation]>([
    ["WebAssembly", createSimulation],
    ["JavaScript", (plan) => simulationOf(plan, openJavaScriptKernel(plan))],
  ])("RANK lets a step that ends free its core for a request that arrives at the same time: %s", (_kernel, open) => {
    const rate_per_s = 10;
    let seed = 0;
    let [first, second] = firstTwo(seed, rate_per_s);
    while (first + (second - first) !== second) [first, second] = firstTwo(++seed, rate_per_s);
    const queuing = (work_s: number): readonly number[] => {
      const endpoints = [endpoint([cpu(work_s)])];
      // A queue that gives an event twice would go on for ever.
      const budget = { events: 100, live_requests: 100 };
      const plan = singleQueue({ rate_per_s, endpoints, more: { horizon_s: second * (1 + 1e-9), budget } });
      const value = measured(plan, runPrepared(open(plan), seed, 0));
      return [value("requests_generated"), value("app.ready_queue_max")];
    };
    expect(queuing(second - first)).toEqual([2, 0]);
    expect(queuing((second - first) * (1 + 1e-12))).toEqual([2, 1]);
  });
});

/** The first two arrivals of a seed [s]. */
function firstTwo(seed: number, rate_per_s: number): readonly [number, number] {
  const gaps = new RandomStream("source", "gaps", exponential(1));
  gaps.reset(seed, 0);
  const [one, two] = filled(gaps, new Float64Array(2));
  const first = one! / rate_per_s;
  return [first, first + two! / rate_per_s];
}

function filled(stream: RandomStream, block: Float64Array): Float64Array {
  stream.fill(block);
  return block;
}
