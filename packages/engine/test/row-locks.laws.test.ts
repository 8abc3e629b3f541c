import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, run, type Plan, type StepPlan } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { differing, measured } from "./measured.js";
import { anyCalls } from "./random-calls.js";
import { TABLE } from "./random-steps.js";

const ROWS = 20_000;

/** The plan with another lock in the place of each. */
function relocked(plan: Plan, tables: Plan["servers"][number]["tables"], lock: object | undefined): Plan {
  const steps = (list: readonly StepPlan[]): readonly StepPlan[] => {
    const replaced = JSON.stringify(list, (key, value: unknown) =>
      key === "lock" ? lock : key === "read" && lock === undefined ? undefined : value,
    );
    return JSON.parse(replaced) as readonly StepPlan[];
  };
  return {
    ...plan,
    servers: plan.servers.map((server) => ({
      ...server,
      ...(tables === undefined || server.replica_of !== undefined ? {} : { tables }),
      endpoints: server.endpoints.map((endpoint) => ({ ...endpoint, steps: steps(endpoint.steps) })),
    })),
  };
}

const lockingIds = ({ servers }: Plan): readonly string[] =>
  servers.flatMap(({ id, replica_of }) => (replica_of === undefined ? [id] : []));

describe("run of row locks", () => {
  it("run with rows that nobody else wants gives the bits of a run without locks", () => {
    const draws = { kind: "uniform", min: 0, max: ROWS };
    let locked = 0;
    let met = 0;
    const cases = lawCases(25);
    const law = fc.property(anyCalls(), fc.nat(1_000_000), (plan, seed) => {
      const without = relocked(plan, undefined, undefined);
      const apart = relocked(plan, [{ name: TABLE.name, rows: ROWS }], { table: TABLE.name, draws });
      const value = measured(apart, run(apart, seed, 0));
      // Now and then two want the same row by chance.
      const hasMet = lockingIds(plan).some((id) => value(`${id}.row_queue_max`) > 0);
      if (hasMet) met++;
      fc.pre(!hasMet);
      const other = measured(without, run(without, seed, 0));
      const common = metricsOf(without).filter(({ name }) => !/\.(rows_locked|row_|stale_|lost_)/.test(name));
      expect(differing(common, value, other)).toEqual([]);
      if (lockingIds(plan).some((id) => value(`${id}.rows_locked_mean`) > 0)) locked++;
    });
    fc.assert(law, cases);
    expect(met).toBeLessThan(cases.numRuns / 10);
    expect(locked).toBeGreaterThan(10);
  });

  it("run never has more rows locked than there are, and nobody waits where there is no queue", () => {
    const law = fc.property(anyCalls({ drains: true }), fc.nat(1_000_000), (plan, seed) => {
      const value = measured(plan, run(plan, seed, 0));
      for (const id of lockingIds(plan)) {
        expect(value(`${id}.rows_locked_mean`)).toBeLessThanOrEqual(TABLE.rows * (1 + 1e-12));
        expect(value(`${id}.row_queue_mean`)).toBeLessThanOrEqual(value(`${id}.row_queue_max`));
        expect(value(`${id}.row_wait_s_mean`) > 0).toBe(value(`${id}.row_queue_mean`) > 0);
      }
    });
    fc.assert(law, lawCases(25));
  });
});
