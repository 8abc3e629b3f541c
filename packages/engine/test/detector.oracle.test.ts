import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DetectorPlan, GatePlan, Plan } from "../src/index.js";
import { measured } from "./measured.js";
import { anyDetection, watched } from "./random-detection.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyPlan } from "./random-plans.js";
import { replayed, stories, type Happening } from "./replayed.js";

const WAITS: ReadonlySet<string> = new Set([
  "waits_for_ram",
  "waits_for_core",
  "waits_for_pool",
  "waits_in_backlog",
  "waits_in_queue",
]);

/** Whom it turns away it has no room for: nobody waits too long. */
const anyRoom: fc.Arbitrary<GatePlan> = fc
  .record({
    limit: fc.integer({ min: 1, max: 3 }),
    capacity: fc.integer({ min: 0, max: 5 }),
    when_full: fc.constantFrom("reject_newest" as const, "drop_oldest" as const),
  })
  .map(({ limit, capacity, when_full }) => ({
    limit: { kind: "fixed", limit },
    queue: { capacity, discipline: { kind: "fifo" }, when_full, codel: null },
    shedding: null,
  }));

/** What a detector should say, read off the log of a run: time in each state [s], when it first collapsed, how often. */
function told(log: readonly Happening[], detector: DetectorPlan, horizon_s: number): readonly number[] {
  const { servers, capacity } = detector.buffer;
  const changes: { t_s: number; by: number }[] = [];
  const ends: { t_s: number; latency_s: number }[] = [];
  const refused: number[] = [];
  // In the order of the log, because several may end at one time.
  const arrived = new Map<string, number>();
  for (const { t_s, kind, component, request } of log) {
    if (!servers.includes(component)) continue;
    const visit = `${request} ${component}`;
    if (kind === "entered") arrived.set(visit, t_s);
    if (kind === "left") ends.push({ t_s, latency_s: t_s - arrived.get(visit)! });
  }
  for (const story of stories(log).values()) {
    for (const [k, { t_s, kind, component }] of story.entries()) {
      if (!servers.includes(component)) continue;
      if (kind === "refused" || kind === "rejected") refused.push(t_s);
      if (WAITS.has(kind)) changes.push({ t_s, by: 1 }, { t_s: story[k + 1]?.t_s ?? Infinity, by: -1 });
    }
  }
  const waitingAt = (t_s: number): number =>
    changes.reduce((sum, change) => sum + (change.t_s <= t_s ? change.by : 0), 0);
  const refusedBy = (t_s: number): number => refused.filter((time_s) => time_s <= t_s).length;
  const time_s = [0, 0, 0];
  let [state, hasGrown, seen, first, collapses] = [0, false, 0, Number.NaN, 0];
  for (let k = 0; k * detector.interval_s < horizon_s; k++) {
    const now = k * detector.interval_s;
    const then = (k - detector.trend_intervals) * detector.interval_s;
    const waiting = waitingAt(now);
    const past = ends.filter(({ t_s }) => t_s <= now).map(({ latency_s }) => latency_s);
    if (past.length > seen) hasGrown = grown(past, detector);
    else if (waiting === 0) hasGrown = false;
    seen = past.length;
    const growth = waiting - (then < 0 ? 0 : waitingAt(then)) + refusedBy(now) - (then < 0 ? 0 : refusedBy(then));
    const isOver = waiting / capacity > detector.collapsed_ratio && (state === 2 || growth > 0);
    const next = hasGrown || isOver ? 2 : waiting / capacity >= detector.degraded_ratio ? 1 : 0;
    if (next === 2 && state !== 2) collapses++;
    if (next === 2 && Number.isNaN(first)) first = now;
    state = next;
    time_s[state]! += Math.min(horizon_s, now + detector.interval_s) - now;
  }
  return [...time_s, first, collapses];
}

function grown(latencies_s: readonly number[], { window, latency_growth_ratio }: DetectorPlan): boolean {
  if (latencies_s.length < 2 * window) return false;
  const p95 = (values: readonly number[]): number => {
    const sorted = values.toSorted((a, b) => a - b);
    const position = 0.95 * (sorted.length - 1);
    const low = sorted[Math.floor(position)]!;
    return low + (position % 1) * ((sorted[Math.floor(position) + 1] ?? low) - low);
  };
  return p95(latencies_s.slice(-window)) > p95(latencies_s.slice(-2 * window, -window)) * (1 + latency_growth_ratio);
}

describe("run of detectors", () => {
  it("run says what the log of the run says, looked at by hand", () => {
    let seenCollapses = 0;
    let seenLatencies = 0;
    const law = fc.property(
      anyPlan({ lossless: true }),
      anyEntrance,
      anyDetection,
      fc.option(anyRoom, { nil: undefined }),
      fc.nat(1_000_000),
      (plan, entrance, { detectors, capacity }, gate, seed) => {
        const buffer = { servers: plan.servers.map(({ id }) => id), capacity };
        const { cold_start: _, ...admitting } = entrance;
        const entered = withEntrance(plan, { ...admitting, cold_start: undefined });
        const servers = entered.servers.map((server) => (gate === undefined ? server : { ...server, gate }));
        const detected: Plan = watched({ ...entered, servers }, detectors, buffer);
        const { result, log } = replayed(detected, seed);
        const value = measured(detected, result);
        for (const detector of detected.detectors!) {
          const names = ["stable_s", "degraded_s", "collapsed_s", "first_collapse_s", "collapses"];
          const found = names.map((name) => value(`${detector.id}.${name}`));
          for (const [k, expected] of told(log, detector, detected.horizon_s).entries()) {
            if (Number.isNaN(expected)) expect(found[k]).toBeNaN();
            else expect(found[k], names[k]).toBeCloseTo(expected, 9);
          }
          seenCollapses += found[4]!;
          seenLatencies += value(`${detector.id}.cause_latency_cascade`);
        }
      },
    );
    fc.assert(law, { seed: 20_261_121, numRuns: 60 });
    expect(seenCollapses).toBeGreaterThan(100);
    expect(seenLatencies).toBeGreaterThan(20);
    expect(seenCollapses - seenLatencies).toBeGreaterThan(20);
  });
});
