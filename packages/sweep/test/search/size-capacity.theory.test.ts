import { describe, expect, it } from "vitest";
import { sizeCapacity, type CapacityStudy } from "../../src/index.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { eventsOf, mm1Capacity, trialsOf } from "./mm1-study.js";

const options = { max_replications: 200, threads: 2 };

/** The study with plans that end after a number of events. */
function withBudget(study: CapacityStudy, events: number): CapacityStudy {
  return {
    ...study,
    at: (value) => {
      const at = study.at(value);
      const points = at.points.map((point) => ({
        ...point,
        plan: { ...point.plan, budget: { ...point.plan.budget, events } },
      }));
      return { ...at, points };
    },
  };
}

describe("sizeCapacity of M/M/1", () => {
  it.each([1, 2])(
    "sizeCapacity finds the largest load below the exact one: 50 - 1 / 0.1 = 40, seed %d",
    async (seed) => {
      await inTemporaryDirectory(async (directory) => {
        const objectives = ["mean of latency_s_mean below 0.1"];
        const study = await mm1Capacity(directory, { objectives, range: { low: 10, high: 60, step: 1 }, seed });
        const events = await eventsOf(sizeCapacity(study, options));
        expect(events[0]).toEqual({ kind: "started", candidates: 51, threads: 2 });
        const finished = events.at(-1);
        expect(finished).toMatchObject({ answer: { kind: "found", want: "largest", open_value: 40 } });
        expect(finished).toMatchObject({ answer: { value: 39 } });
        expect(trialsOf(events).at(-1)).toBe("39 pass, fresh");
        const at39 = events.flatMap((event) =>
          event.kind === "judged" && event.trial.value === 39 ? [event.trial] : [],
        );
        const [search, fresh] = at39.map(({ objectives: [found] }) => found?.estimate);
        expect(at39.length).toBe(2);
        expect(fresh).not.toBe(search);
      });
    },
  );

  it("sizeCapacity finds the smallest value from above: a throughput above 30/s needs more than 30 requests/s", async () => {
    await inTemporaryDirectory(async (directory) => {
      const objectives = ["throughput_per_s above 30"];
      const study = await mm1Capacity(directory, { objectives, range: { low: 20, high: 45, step: 0.5 } });
      const events = await eventsOf(sizeCapacity(study, options));
      const answer = { kind: "found", want: "smallest", value: 30.5, open_value: 30 };
      expect(events.at(-1)).toMatchObject({ answer });
    });
  });

  it("sizeCapacity demands all objectives of one value", async () => {
    await inTemporaryDirectory(async (directory) => {
      const objectives = ["latency_s_mean < 0.1", "throughput_per_s > 38.5"];
      const study = await mm1Capacity(directory, { objectives, range: { low: 39, high: 45, step: 1 } });
      const events = await eventsOf(sizeCapacity(study, { ...options, want: "largest" }));
      expect(trialsOf(events)).toEqual(["39 pass", "45 fail", "42 fail", "40 inconclusive", "39 pass, fresh"]);
      const last = events.findLast((event) => event.kind === "judged");
      expect(last?.trial.objectives.map(({ objective, verdict }) => [objective, verdict])).toEqual([
        ["mean of latency_s_mean below 0.1", "pass"],
        ["mean of throughput_per_s above 38.5", "pass"],
      ]);
    });
  });

  it("sizeCapacity gives the same answer for any number of threads", async () => {
    await inTemporaryDirectory(async (directory) => {
      const objectives = ["latency_s_p95 < 0.25 in 90 %"];
      const study = await mm1Capacity(directory, { objectives, range: { low: 20, high: 50, step: 2 } });
      const [one, three] = await Promise.all(
        [1, 3].map(async (threads) => await eventsOf(sizeCapacity(study, { ...options, threads }))),
      );
      expect(three!.slice(1)).toEqual(one!.slice(1));
      expect(one!.at(-1)).toMatchObject({ answer: { kind: "found" } });
    });
  });

  it("sizeCapacity says that nothing in the range will do, or that it cannot tell", async () => {
    await inTemporaryDirectory(async (directory) => {
      const range = { low: 20, high: 50, step: 1 };
      const broken = await mm1Capacity(directory, { objectives: ["latency_s_mean < 0.02"], range });
      const events = await eventsOf(sizeCapacity(broken, options));
      expect(trialsOf(events)).toEqual(["20 fail", "50 fail"]);
      expect(events.at(-1)).toMatchObject({ answer: { kind: "none", verdict: "fail" } });
      const open = await mm1Capacity(directory, { objectives: ["latency_s_mean < 1 in 99 %"], range });
      const few = await eventsOf(sizeCapacity(open, { ...options, max_replications: 100, want: "largest" }));
      expect(trialsOf(few)).toEqual(["20 inconclusive"]);
      expect(few.at(-1)).toMatchObject({ answer: { kind: "none", verdict: "inconclusive" }, runs: 30 });
    });
  });

  it("sizeCapacity does not guess which end is wanted where both are good", async () => {
    await inTemporaryDirectory(async (directory) => {
      const range = { low: 20, high: 30, step: 1 };
      const study = await mm1Capacity(directory, { objectives: ["latency_s_mean < 0.1"], range });
      const events = await eventsOf(sizeCapacity(study, options));
      expect(events.at(-1)).toMatchObject({ answer: { kind: "both_ends" } });
      const largest = await eventsOf(sizeCapacity(study, { ...options, want: "largest" }));
      expect(largest.at(-1)).toMatchObject({ answer: { kind: "found", value: 30, open_value: undefined } });
    });
  });

  it("sizeCapacity counts truncated replications at their worst, and gives up on them early", async () => {
    await inTemporaryDirectory(async (directory) => {
      const range = { low: 10, high: 40, step: 1 };
      const study = await mm1Capacity(directory, { objectives: ["latency_s_mean < 10 in 90 %"], range });
      const whole = await eventsOf(sizeCapacity(study, { ...options, want: "largest" }));
      expect(whole.at(-1)).toMatchObject({ answer: { kind: "found", value: 40 } });
      // Some events a request and 120 s: 40 users are too many.
      const events = await eventsOf(sizeCapacity(withBudget(study, 6000), { ...options, want: "largest" }));
      const finished = events.at(-1);
      expect(finished).toMatchObject({ answer: { kind: "found" } });
      const last = events.find((event) => event.kind === "judged" && event.trial.value === 40);
      expect(last).toMatchObject({
        trial: {
          verdict: "inconclusive",
          first_reason: expect.stringMatching(/^events reached the budget of 6000 /) as string,
          objectives: [{ n: 0 }],
        },
      });
      expect(last?.kind === "judged" ? last.trial.replications : 0).toBeLessThan(100);
    });
  });

  it("sizeCapacity stops when it is aborted", async () => {
    await inTemporaryDirectory(async (directory) => {
      const range = { low: 10, high: 60, step: 1 };
      const study = await mm1Capacity(directory, { objectives: ["latency_s_mean < 0.1"], range });
      const controller = new AbortController();
      const running = sizeCapacity(study, { ...options, signal: controller.signal });
      await running.next();
      controller.abort(new Error("enough"));
      await expect(eventsOf(running)).rejects.toThrow("enough");
    });
  });
});
