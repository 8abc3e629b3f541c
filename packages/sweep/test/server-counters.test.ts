import { describe, expect, test } from "vitest";
import { REPLAY_KINDS, replayComponents, type ReplayEvents, type ReplayKind } from "@loadstar/engine";
import { ServerCounters, type ServerCounter, type Window } from "../src/replay/server-counters.js";
import { smallPlan } from "./small-plan.js";

const plan = smallPlan();
const ids = replayComponents(plan);

function eventsOf(rows: readonly (readonly [t_s: number, request: number, kind: ReplayKind])[]): ReplayEvents {
  return {
    t_s: Float64Array.from(rows, ([t_s]) => t_s),
    requests: Int32Array.from(rows, ([, request]) => request),
    callers: Int32Array.from(rows, () => -1),
    kinds: Uint8Array.from(rows, ([, , kind]) => REPLAY_KINDS.indexOf(kind)),
    components: Int32Array.from(rows, () => ids.indexOf("app")),
  };
}

function countersOf(windows: readonly Window[], events: ReplayEvents): ServerCounter["levels"] {
  const counters = new ServerCounters(plan, ids, windows);
  counters.add(events);
  return counters.counters()[0]!.levels;
}

const EVENTS = eventsOf([
  [1, 0, "ram_reserved"],
  [1, 0, "core_taken"],
  [2, 1, "waits_for_core"],
  [3, 2, "waits_for_ram"],
  [4, 0, "core_released"],
  [4, 1, "core_taken"],
  [4, 0, "left"],
  [4, 2, "ram_reserved"],
  [4, 2, "waits_for_core"],
  [6, 1, "core_released"],
  [6, 2, "core_taken"],
  [8, 2, "core_released"],
]);

describe("ServerCounters", () => {
  test("ServerCounters by hand: who takes what it did not wait for leaves no queue; what changes at one time counts once", () => {
    expect(countersOf([{ begin_s: 0, end_s: 10 }], EVENTS)).toEqual({
      ready_queue: { t_s: [0, 2, 4, 6], values: [0, 1, 1, 0] },
      ram_queue: { t_s: [0, 3, 4], values: [0, 1, 0] },
      cores_in_use: { t_s: [0, 1, 4, 6, 8], values: [0, 1, 1, 1, 0] },
    });
  });

  test("ServerCounters keep changes in windows only, and the level with which each begins", () => {
    const windows = [
      { begin_s: 7, end_s: 9 },
      { begin_s: 2.5, end_s: 3.5 },
      { begin_s: 3, end_s: 3.6 },
    ];
    expect(countersOf(windows, EVENTS)).toEqual({
      ready_queue: { t_s: [2.5, 7], values: [1, 0] },
      ram_queue: { t_s: [2.5, 3, 7], values: [0, 1, 0] },
      cores_in_use: { t_s: [2.5, 7, 8], values: [1, 1, 0] },
    });
    expect(countersOf([], EVENTS).ready_queue).toEqual({ t_s: [], values: [] });
  });

  test("ServerCounters have a bounded number of values, and end with the right one", () => {
    const rows = Array.from({ length: 100_001 }, (_, k) => {
      return [k / 100_000, 0, k % 2 === 0 ? "core_taken" : "core_released"] as const;
    });
    const { cores_in_use } = countersOf([{ begin_s: 0, end_s: 1 }], eventsOf(rows));
    expect(cores_in_use.t_s.length).toBeGreaterThan(10_000);
    expect(cores_in_use.t_s.length).toBeLessThanOrEqual(20_001);
    expect(cores_in_use.values.at(-1)).toBe(1);
  });
});
