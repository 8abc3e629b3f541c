import { describe, expect, it } from "vitest";
import { calling, exponential, io, poisson } from "./plans.js";
import { rowOf } from "./measured.js";
import { expectTruth, replicated } from "./replicated.js";

describe("run of large pools", () => {
  it("run of 110 units under a load of 100: the share that waits is Erlang's C, not its limit of Halfin and Whitt", () => {
    const steps = [{ kind: "hold" as const, pool: "db", steps: [io(exponential(1))] }];
    const app = { pools: [{ name: "db", size: 110 }] };
    const more = { horizon_s: 10_100, warm_up_s: 100, series_cell_s: 1 };
    const plan = { ...calling({ rate_per_s: 100, steps, app, more }), generators: [poisson(100)] };
    const { waits } = replicated(plan, {
      waits: (_value, { samples }) => {
        const held = rowOf(plan, samples, "app.db_utilization_ratio").slice(100);
        return held.filter((share) => share === 1).length / held.length;
      },
    });
    expectTruth(waits, 0.237008, "share that waits");
    expect(() => expectTruth(waits, 0.223361, "Halfin and Whitt")).toThrow();
  });
});
