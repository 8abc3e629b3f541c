import { describe, expect, it } from "vitest";
import type { FaultPlan, Plan } from "../src/index.js";
import { cpu, endpoint, exponential, singleQueue } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/**
 * Mean number in an M/M/1 queue whose server stops for exponential times, whether it works or not, and goes on with the same customer where it
 * was (preemptive resume): White and Christie 1958; Mitrany and Avi-Itzhak 1968 with one server. All arguments are rates.
 */
function numberWithBreakdowns(rates: {
  readonly arrival: number;
  readonly service: number;
  readonly failure: number;
  readonly repair: number;
}): number {
  const { arrival, service, failure, repair } = rates;
  const stopped = failure / repair;
  const spare = service - arrival * (1 + stopped);
  const inQueue = (arrival * (1 + stopped) + (stopped * arrival * arrival) / repair) / spare;
  return inQueue + (failure * arrival) / (repair * (failure + repair));
}

describe("run with faults", () => {
  it("run with faults is up for MTBF / (MTBF + MTTR) of the time, whatever the distributions", () => {
    const faults: readonly FaultPlan[] = [
      {
        id: "exponential",
        time_to_failure_s: exponential(5),
        time_to_repair_s: { kind: "lognormal", mu: -0.5, sigma: 1 },
        effects: [{ kind: "crash", target: "app" }],
      },
      {
        id: "gamma",
        time_to_failure_s: { kind: "gamma", shape: 0.5, scale: 4 },
        time_to_repair_s: { kind: "uniform", min: 0, max: 2 },
        effects: [{ kind: "network_spike", target: "client-app", spike_s: 0.1 }],
      },
    ];
    const horizon_s = 8000;
    const plan = singleQueue({ rate_per_s: 1, endpoints: [endpoint([])], more: { horizon_s, warm_up_s: 100, faults } });
    const found = replicated(plan, {
      up: (value) => value("app.availability_ratio"),
      impaired: (value) => value("client-app.impaired_s") / (horizon_s - 100),
      failed: (value) => value("requests_failed") / value("requests_generated"),
    });
    expectTruth(found.up, 5 / 6, "availability");
    expectTruth(found.failed, 1 / 6, "share of requests that fail", 0.02);
    expectTruth(found.impaired, 1 / 3, "share of time with a spike");
  });

  it("run with faults agrees with M/M/1 with breakdowns and preemptive resume", () => {
    const rates = { arrival: 50, service: 100, failure: 5, repair: 20 };
    const stop: FaultPlan = {
      id: "stop",
      time_to_failure_s: exponential(1 / rates.failure),
      time_to_repair_s: exponential(1 / rates.repair),
      effects: [{ kind: "slow_down", target: "app", factor: 1e12 }],
    };
    const plan: Plan = singleQueue({
      rate_per_s: rates.arrival,
      endpoints: [endpoint([cpu(exponential(1 / rates.service))])],
      more: { horizon_s: 1000, warm_up_s: 10, faults: [stop] },
    });
    const found = replicated(plan, {
      number: (value) => value("in_flight_mean"),
      latency_s: (value) => value("latency_s_mean"),
      stopped: (value) => value("app.impaired_s") / 990,
    });
    const truth = numberWithBreakdowns(rates);
    expect(numberWithBreakdowns({ ...rates, failure: 0 })).toBe(1);
    expectTruth(found.number, truth, "number in M/M/1 with breakdowns");
    expectTruth(found.latency_s, truth / rates.arrival, "time in M/M/1 with breakdowns");
    expectTruth(found.stopped, 0.2, "share of time it is stopped");
    // Ten per cent more of it would be noticed.
    expect(Math.abs(found.number.mean - 1.1 * truth)).toBeGreaterThan(4 * found.number.std_error);
  });
});
