import { describe, expect, it } from "vitest";
import { findTipping, loadTipping, type TippingEvent } from "../../src/index.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { eventsOf } from "./mm1-study.js";
import { LOAD, overloadFile } from "./overload-study.js";

const options = { confidence: 0.95, max_replications: 40, threads: 2 };

async function search(
  high: number,
  replaced: readonly (readonly [string, string])[] = [],
): Promise<readonly TippingEvent[]> {
  let events: readonly TippingEvent[] = [];
  await inTemporaryDirectory(async (directory) => {
    const file = await overloadFile(directory, replaced);
    const study = await loadTipping(file, { find: LOAD, range: { low: 5, high, step: 2.5 } });
    events = await eventsOf(findTipping(study, options));
  });
  return events;
}

/*
 * One queue, mu = 20, three attempts: a backlog drains iff 3 lam < mu, so the border lies at lam = 6.67 after a trigger. Without one M/M/1 at
 * lam = 10 has 20 requests in it, as many as make callers give up, with probability 2^-20; at lam >= 20 it never rests.
 */
describe("findTipping of M/M/1 with impatient callers", () => {
  it("findTipping finds the border at mu / 3 after a trigger, and a higher one without", async () => {
    const events = await search(20);
    const finished = events.at(-1)!;
    if (finished.kind !== "finished") throw new Error("the last event must be the end");
    expect(finished.with_trigger).toEqual({ recovers: 5, collapses: 7.5 });
    expect(finished.without_trigger.recovers).toBeGreaterThanOrEqual(10);
    expect(finished.without_trigger.collapses).toBeLessThanOrEqual(20);
    const trials = events.flatMap((event) => (event.kind === "judged" ? [event.trial] : []));
    const at5 = trials.find(({ value }) => value === 5)!;
    // (3 x 30 - 20) x 10 attempts, less two for each of those before the queue is 1 s long, at 20 - 15 a second.
    expect(at5.recovery.n_censored).toBe(0);
    expect(at5.recovery.times_s.length).toBe(at5.replications);
    expect(at5.recovery.times_s[Math.ceil(at5.replications / 2) - 1]).toBe(at5.recovery.p50_s);
    expect(Math.abs(at5.recovery.p50_s - 116)).toBeLessThan(60);
    expect(trials.find(({ value }) => value === 7.5)!.recovery).toMatchObject({ p50_s: Infinity, p95_s: Infinity });
    expect(finished.runs).toBe(trials.reduce((sum, { replications }) => sum + 2 * replications, 0));
  });

  it("findTipping finds no border there with a breaker: while it is open, what is there already is worked off", async () => {
    const breaker = "breaker: { kind: error_rate, window_s: 5, threshold_ratio: 0.5, min_requests: 10, open_s: 2 }";
    const events = await search(10, [["retry: { attempts: 3 }", `retry: { attempts: 3 }\n  ${breaker}`]]);
    const border = { recovers: 10, collapses: undefined };
    expect(events.at(-1)).toMatchObject({ with_trigger: border, without_trigger: border });
    const recoveries = events.flatMap((event) => (event.kind === "judged" ? [event.trial.recovery] : []));
    // Of the order of the open times, and not of a backlog that is worked off at mu - 3 lam.
    for (const { p95_s } of recoveries) expect(p95_s).toBeLessThan(60);
  });

  it("findTipping finds no border there without retries", async () => {
    const events = await search(7.5, [["retry: { attempts: 3 }", "type: generator"]]);
    const border = { recovers: 7.5, collapses: undefined };
    expect(events.at(-1)).toMatchObject({ with_trigger: border, without_trigger: border });
  });

  it("findTipping proves nothing with runs that do not complete", async () => {
    const events = await search(7.5, [["total_simulation_time: 400", "total_simulation_time: 400, max_events: 100"]]);
    const unknown = { recovers: undefined, collapses: undefined };
    expect(events.at(-1)).toMatchObject({ with_trigger: unknown, without_trigger: unknown });
    const [trial] = events.flatMap((event) => (event.kind === "judged" ? [event.trial] : []));
    expect(trial).toMatchObject({ with_trigger: { verdict: "open", n_failed: 40, ci_low: 0, ci_high: 1 } });
    expect(trial?.first_reason).toContain("100");
  });
});
