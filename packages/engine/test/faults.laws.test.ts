import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, run, runPrepared, type Plan, type ReplayKind } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { differing, measured, rowOf } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { anyCalls } from "./random-calls.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyTroubles, withTroubles } from "./random-faults.js";
import { anyPlan } from "./random-plans.js";
import { replayed, stories } from "./replayed.js";
import { expectDrained } from "./expect-drained.js";

const seeds = fc.nat(1_000_000);

/** Plans of every kind with things that go wrong in them. */
const anyTroubled: fc.Arbitrary<Plan> = fc
  .tuple(fc.oneof(anyPlan(), anyCalls(), anyHastyCalls()), fc.option(anyEntrance), anyTroubles)
  .map(([plan, entrance, troubles]) => withTroubles(entrance === null ? plan : withEntrance(plan, entrance), troubles));

const runs = lawCases(25);

describe("run with faults", () => {
  it("run with faults loses no request: generated = completed + failed + dropped + rejected + timed out + in flight", () => {
    const property = fc.property(anyTroubled, seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: plan.horizon_s };
      const result = run(detailed, seed, 0);
      const value = measured(detailed, result);
      const inFlight = rowOf(detailed, result.samples, "in_flight_mean")[0]!;
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => value(`requests_${end}`));
      expect(ends.reduce((sum, count) => sum + count, inFlight)).toBe(value("requests_generated"));
      for (const { id, ram_mb } of plan.servers) {
        expect(value(`${id}.cpu_utilization_ratio`)).toBeLessThanOrEqual(1 + 1e-12);
        expect(value(`${id}.ram_used_mb_max`)).toBeLessThanOrEqual(ram_mb * (1 + 2e-9));
      }
    });
    fc.assert(property, lawCases(65));
  });

  it("run with faults leaves nothing behind when it drains: no frame, no core, no memory, no unit of a pool, no queue", () => {
    const property = fc.property(
      anyCalls({ drains: true }),
      fc.option(anyEntrance),
      anyTroubles,
      (plan, entrance, all) => {
        const troubles = { scheduled: all.scheduled, byChance: [] };
        const entered = entrance === null ? plan : withEntrance(plan, entrance);
        const { kernel } = expectDrained(withTroubles(entered, troubles));
        for (const { occupants } of kernel.system.servers) expect(occupants?.count ?? 0).toBe(0);
      },
    );
    fc.assert(property, runs);
  });

  it("run with faults gives the bits of the kernel in JavaScript with a naive queue of pending events", () => {
    const property = fc.property(anyTroubled, seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4 };
      const naive = simulationOf(detailed, openJavaScriptKernel(detailed, { pending: naivePendingEvents() }));
      expect(run(detailed, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(property, runs);
  });

  it("run with faults is replayed to the last bit, and no story goes on after its end", () => {
    const ends: ReadonlySet<ReplayKind> = new Set(["completed", "failed", "rejected", "ended"]);
    const property = fc.property(anyTroubled, seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      expect(result).toEqual(run(plan, seed, 0));
      for (const story of stories(log).values()) {
        expect(story.slice(0, -1).some(({ kind }) => ends.has(kind))).toBe(false);
      }
    });
    fc.assert(property, runs);
  });

  it("run with faults: whoever is lost in a crash leaves the server at that moment", () => {
    let lost = 0;
    const property = fc.property(anyTroubled, seeds, (plan, seed) => {
      for (const story of stories(replayed(plan, seed).log).values()) {
        for (const [position, { kind, t_s, component }] of story.entries()) {
          if (kind !== "lost") continue;
          lost++;
          // A branch or work of the server's own ends there, a request leaves; nothing else takes time before that.
          const left = story.slice(position).find((it) => it.kind === "left" || it.kind === "ended");
          expect(left).toMatchObject({ component, t_s });
        }
      }
    });
    fc.assert(property, lawCases(40));
    expect(lost).toBeGreaterThan(100);
  });

  it("run with faults that never come, or change nothing, gives the bits of the same plan without", () => {
    const property = fc.property(fc.oneof(anyPlan(), anyCalls()), seeds, (plan, seed) => {
      const targets = plan.servers.map(({ id }) => id);
      const late: Plan = {
        ...plan,
        faults: targets.map((target) => ({
          id: `late-${target}`,
          time_to_failure_s: { kind: "constant", value: 100 },
          time_to_repair_s: { kind: "exponential", mean: 1 },
          effects: [
            { kind: "crash", target },
            { kind: "error_spike", target, error_ratio: 1 },
          ],
        })),
        disruptions: [
          ...plan.disruptions,
          ...targets.map(
            (target) => ({ kind: "error_spike", target, error_ratio: 0, start_s: 0.1, end_s: 1 }) as const,
          ),
        ],
      };
      const [value, expected] = [measured(late, run(late, seed, 0)), measured(plan, run(plan, seed, 0))];
      expect(differing(metricsOf(plan), value, expected)).toEqual([]);
    });
    fc.assert(property, runs);
  });
});
