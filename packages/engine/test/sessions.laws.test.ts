import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, type GeneratorPlan, type Plan, type SessionPlan } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { measured, runMeasured } from "./measured.js";
import { constant, generatorOf } from "./plans.js";
import { anyDistribution, anyPlan } from "./random-plans.js";
import { replayed } from "./replayed.js";

const runs = lawCases(30);
const seeds = fc.nat(1_000_000);
const think = fc.constantFrom(0.01, 0.13, 0.5);

/** The same plan with users in place of its generators. */
function withUsers(plan: Plan, generatorFor: (generator: GeneratorPlan) => GeneratorPlan): Plan {
  return { ...plan, generators: plan.generators.map(generatorFor) };
}

function closed(users: number, think_s: SessionPlan["think_s"]): (generator: GeneratorPlan) => GeneratorPlan {
  const session = { think_s, requests: { kind: "endless" }, on_failure: "continue" } as const;
  return ({ id }) => generatorOf({ kind: "closed", population: users }, { id, session });
}

function near(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
}

describe("run of closed users", () => {
  it("run loses no user: each thinks or has one request on its way", () => {
    const law = fc.property(
      anyPlan(),
      fc.integer({ min: 1, max: 20 }),
      anyDistribution,
      seeds,
      (plan, users, z, seed) => {
        const value = runMeasured(withUsers(plan, closed(users, z)), seed);
        const thinking = plan.generators.reduce((sum, { id }) => sum + value(`${id}.users_thinking_mean`), 0);
        near(thinking + value("in_flight_mean"), users * plan.generators.length);
        expect(value("in_flight_max")).toBeLessThanOrEqual(users * plan.generators.length);
      },
    );
    fc.assert(law, runs);
  });

  it("run obeys the interactive response time law, R = N / X - Z, to the last digits of its areas", () => {
    const law = fc.property(anyPlan(), fc.integer({ min: 1, max: 20 }), think, seeds, (plan, users, think_s, seed) => {
      const users_plan = withUsers(plan, closed(users, constant(think_s)));
      const { log } = replayed(users_plan, seed);
      const { horizon_s } = plan;
      const sent = new Map<number, number>();
      let time_s = 0;
      let begun = 0;
      for (const { kind, request, t_s } of log) {
        if (kind === "generated") {
          sent.set(request, t_s);
          begun++;
        }
        if (kind !== "completed" && kind !== "failed" && kind !== "dropped") continue;
        time_s += t_s - sent.get(request)!;
        sent.delete(request);
        // A thought that the horizon cuts off.
        if (t_s + think_s >= horizon_s) time_s += horizon_s - t_s;
      }
      for (const t_s of sent.values()) time_s += horizon_s - t_s;
      near(time_s + begun * think_s, users * plan.generators.length * horizon_s);
    });
    fc.assert(law, runs);
  });
});

describe("run of sessions", () => {
  it("run loses no session and no request, and its replay gives the same bits", () => {
    const failure = fc.constantFrom("end" as const, "continue" as const);
    const length = fc.constantFrom(constant(1), constant(4), { kind: "poisson", mean: 3 } as const);
    const law = fc.property(anyPlan(), length, think, failure, seeds, (plan, drawn, think_s, on_failure, seed) => {
      const session: SessionPlan = {
        think_s: constant(think_s),
        requests: { kind: "drawn", length: drawn },
        on_failure,
      };
      const sessions = withUsers(plan, (generator) => ({ ...generator, session }));
      const { result, log } = replayed(sessions, seed);
      expect(result).toEqual(run(sessions, seed, 0));
      const value = measured(sessions, result);
      const ends = ["completed", "failed", "dropped"] as const;
      for (const kind of ["generated", ...ends] as const) {
        expect(log.filter((it) => it.kind === kind).length).toBe(value(`requests_${kind}`));
      }
      const [started, completed, aborted] = ["started", "completed", "aborted"].map((what) =>
        plan.generators.reduce((sum, { id }) => sum + value(`${id}.sessions_${what}`), 0),
      );
      expect(completed! + aborted!).toBeLessThanOrEqual(started!);
      // Sessions that go on think or have one request on its way.
      expect(value("requests_in_flight")).toBeLessThanOrEqual(started! - completed! - aborted!);
      if (on_failure === "continue") expect(aborted).toBe(0);
      // The same users come as requests would.
      expect(started).toBe(runMeasured(plan, seed)("requests_generated"));
    });
    fc.assert(law, runs);
  });
});
