import { describe, expect, it } from "vitest";
import { RANK } from "../src/index.js";
import { Arrivals } from "../src/kernel/arrivals.js";
import { runMeasured } from "./measured.js";
import { cpu, endpoint, generator, singleQueue } from "./plans.js";

/** The first two arrivals of a seed [s]. */
function firstTwo(seed: number): readonly [number, number] {
  const arrivals = new Arrivals(generator(10), 100);
  arrivals.reset(seed, 0);
  const first = arrivals.next(0);
  return [first, arrivals.next(first)];
}

describe("RANK", () => {
  it("RANK puts what ends before what begins, and what frees before what asks", () => {
    const order = Object.entries(RANK).toSorted((a, b) => a[1] - b[1]);
    expect(order.map(([name]) => name)).toEqual(["recovery", "disruption", "step", "delivery", "arrival"]);
  });

  it("RANK lets a step that ends free its core for a request that arrives at the same time", () => {
    let seed = 0;
    let [first, second] = firstTwo(seed);
    while (first + (second - first) !== second) [first, second] = firstTwo(++seed);
    const readyQueueMax = (work_s: number): number => {
      const endpoints = [endpoint([cpu(work_s)])];
      const plan = singleQueue({ rate_per_s: 10, endpoints, more: { horizon_s: second * (1 + 1e-9) } });
      return runMeasured(plan, seed)("app.ready_queue_max");
    };
    expect(readyQueueMax(second - first)).toBe(0);
    expect(readyQueueMax((second - first) * (1 + 1e-12))).toBe(1);
  });
});
