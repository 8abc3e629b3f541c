import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, type ArrivalsPlan, type Distribution, type FactorPlan, type Plan } from "../src/index.js";
import { arrivalTimes } from "./arrival-times.js";
import { runMeasured } from "./measured.js";
import { constant, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";
import { anyArrivals, anyProfile } from "./random-arrivals.js";

const seed = 20_261_121;

/** Factors that are 1 all the time, in every spelling. */
const anyNoFactor: fc.Arbitrary<FactorPlan> = fc.constantFrom<FactorPlan>(
  { kind: "sinusoid", period_s: 3, amplitude_ratio: 0, phase_s: 1 },
  { kind: "pieces", pieces: [{ start_s: 0, from: 1, to: 1 }], period_s: 0, phase_s: 0 },
  { kind: "pieces", pieces: [0, 0.3, 0.8].map((start_s) => ({ start_s, from: 1, to: 1 })), period_s: 1, phase_s: 0.4 },
  { kind: "pieces", pieces: [], period_s: 0, phase_s: 0 },
);

const anySize = fc.constantFrom<Distribution>(constant(1), constant(3), { kind: "poisson", mean: 2 });

describe("RateArrivals", () => {
  it("RateArrivals change no bit under factors of 1, wherever they stand", () => {
    const law = fc.property(
      anyArrivals,
      fc.array(anyNoFactor, { maxLength: 3 }),
      fc.nat(1000),
      (arrivals, ones, root) => {
        const profile = "profile" in arrivals ? arrivals.profile : [];
        const more: ArrivalsPlan = { ...arrivals, profile: [...ones, ...profile, ...ones] } as ArrivalsPlan;
        expect(arrivalTimes(generatorOf(more), 5, root)).toEqual(arrivalTimes(generatorOf(arrivals), 5, root));
      },
    );
    fc.assert(law, { seed, numRuns: 300 });
  });

  it("RateArrivals ascend", () => {
    const law = fc.property(anyArrivals, anySize, fc.nat(1000), (arrivals, batch_size, root) => {
      const times = arrivalTimes(generatorOf(arrivals, { batch_size }), 5, root);
      expect(times.findIndex((time_s, k) => time_s < (times[k - 1] ?? 0))).toBe(-1);
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it("RateArrivals begin the same in a longer run", () => {
    const law = fc.property(anyArrivals, anySize, fc.nat(1000), (arrivals, batch_size, root) => {
      const longer = arrivalTimes(generatorOf(arrivals, { batch_size }), 6, root);
      const shorter = arrivalTimes(generatorOf(arrivals, { batch_size }), 3, root);
      expect(longer.filter((time_s) => time_s < 3)).toEqual(shorter);
    });
    fc.assert(law, { seed, numRuns: 200 });
  });

  it("RateArrivals come no later under a profile that is larger everywhere: points share their variates", () => {
    const law = fc.property(anyProfile, fc.constantFrom(1, 1.5, 4), fc.nat(1000), (profile, factor, root) => {
      const poisson = (rate_per_s: number): ArrivalsPlan => ({ kind: "poisson", rate_per_s, profile });
      const slow = arrivalTimes(generatorOf(poisson(30)), 5, root);
      const fast = arrivalTimes(generatorOf(poisson(30 * factor)), 5, root);
      expect(fast.length).toBeGreaterThanOrEqual(slow.length);
      for (const [k, time_s] of slow.entries()) expect(fast[k]).toBeLessThanOrEqual(time_s * (1 + 1e-9));
    });
    fc.assert(law, { seed, numRuns: 200 });
  });
});

describe("run", () => {
  it("run gives a generator the same requests beside another one: they share no stream", () => {
    const law = fc.property(anyArrivals, anyArrivals, fc.nat(1000), (first, second, root) => {
      const alone = twoSources([first]);
      const beside = twoSources([first, second]);
      for (const name of ["app-0.requests_completed", "app-0.residence_s_mean", "app-0.io_queue_mean"]) {
        expect(runMeasured(beside, root)(name)).toEqual(runMeasured(alone, root)(name));
      }
    });
    fc.assert(law, { seed, numRuns: 60 });
  });

  it("run of two generators that lead to one client adds up their requests", () => {
    const arrivals: ArrivalsPlan = { kind: "renewal", gap_s: constant(0.1), profile: [] };
    const plan = planOf({
      horizon_s: 10.05,
      generators: [generatorOf(arrivals, { id: "one" }), generatorOf(arrivals, { id: "two" })],
      servers: [server("app", [endpoint([io(0.01)])])],
      edges: [edge("one", "client"), edge("two", "client"), edge("client", "app"), edge("app", "client")],
    });
    expect(runMeasured(plan)("requests_completed")).toBe(200);
    expect(run(plan, 1, 0)).toEqual(run(plan, 1, 0));
  });
});

/** Each source with a client and a server of its own. */
function twoSources(arrivals: readonly ArrivalsPlan[]): Plan {
  const ids = [0, 1];
  return planOf({
    horizon_s: 5,
    clients: ids.map((k) => ({ id: `client-${k}` })),
    generators: arrivals.map((of, k) => generatorOf(of, { id: `source-${k}` })),
    servers: ids.map((k) => server(`app-${k}`, [endpoint([io({ kind: "exponential", mean: 0.05 })])])),
    edges: [
      ...arrivals.map((_of, k) => edge(`source-${k}`, `client-${k}`)),
      ...ids.flatMap((k) => [edge(`client-${k}`, `app-${k}`), edge(`app-${k}`, `client-${k}`)]),
    ],
  });
}
