import { describe, it } from "vitest";
import type { ArrivalsPlan, Distribution, Plan } from "../src/index.js";
import { zeroShare } from "./bucket-quantile.js";
import { constant, cpu, edge, endpoint, exponential, generatorOf, planOf, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/** One server with exponential service of 10 ms. */
function queue(arrivals: ArrivalsPlan, batch_size: Distribution, horizon_s: number): Plan {
  return planOf({
    horizon_s,
    warm_up_s: 20,
    generators: [generatorOf(arrivals, { batch_size })],
    servers: [server("app", [endpoint([cpu(exponential(0.01))])])],
    edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
  });
}

describe("run", () => {
  it("run of D/M/1 at 80 %: the root of sigma = exp(-(1 - sigma) / rho) gives waits and sojourns", () => {
    const plan = queue({ kind: "renewal", gap_s: constant(1 / 80), profile: [] }, constant(1), 520);
    const found = replicated(plan, {
      sojourn: (value) => value("latency_s_mean"),
      wait: (value) => value("app.cpu_wait_s_mean"),
      waits: (_value, { histograms }) => 1 - zeroShare(histograms[1]!),
    });
    expectTruth(found.sojourn, 0.026927, "row 10 sojourn");
    expectTruth(found.wait, 0.016927, "row 10 wait");
    expectTruth(found.waits, 0.62863, "row 10 sigma");
  });

  it("run of batches of 5 at 80 %: 12 in the system and a sojourn of 150 ms", () => {
    const plan = queue({ kind: "poisson", rate_per_s: 16, profile: [] }, constant(5), 2500);
    const found = replicated(plan, {
      sojourn: (value) => value("latency_s_mean"),
      number: (value) => value("in_flight_mean"),
    });
    expectTruth(found.sojourn, 0.15, "row 11 sojourn");
    expectTruth(found.number, 12, "row 11 number in system");
  });
});
