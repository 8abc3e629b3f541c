import { describe, it } from "vitest";
import { balanced, cpu, endpoint, exponential, server, type Balancing, type PlainAlgorithm } from "../plans.js";
import { expectTruth, replicated, type Replicated } from "../replicated.js";

/** Mean time in a system of so many servers with a mean service time of 1 s, in service times. */
function sojourn(algorithm: PlainAlgorithm | Balancing, servers: number, horizon_s: number): Replicated {
  const plan = balanced({
    algorithm,
    rate_per_s: 0.9 * servers,
    servers: Array.from({ length: servers }, (_, k) => server(`app-${k}`, [endpoint([cpu(exponential(1))])])),
    more: { horizon_s, warm_up_s: 150 },
  });
  return replicated(plan, { sojourn: (value) => value("latency_s_mean") }, 20).sojourn;
}

describe("run", () => {
  it("run with two of a thousand at 90 % has the mean of the mean field: the sum of 0.9^(2^i - 2)", () => {
    expectTruth(sojourn({ algorithm: "power_of_two", choices: 2 }, 1000, 600), 2.61406, "two");
  });

  it("run with three of a thousand at 90 % has the mean of the mean field", () => {
    expectTruth(sojourn({ algorithm: "power_of_two", choices: 3 }, 1000, 600), 2.02786, "three");
  });

  it("run with the shortest of a hundred queues at 90 %", () => {
    expectTruth(sojourn("least_outstanding", 100, 1500), 1.064, "shortest");
  });
});
