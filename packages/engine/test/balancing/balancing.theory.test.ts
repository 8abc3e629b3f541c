import { describe, expect, it } from "vitest";
import { balanced, cpu, endpoint, exponential, server, type Balancing, type PlainAlgorithm } from "../plans.js";
import { expectTruth, replicated, type Reading, type Replicated } from "../replicated.js";
import { shortestOfTwo } from "./shortest-queue.js";

const RATE_PER_S = 160;
const metric =
  (name: string): Reading =>
  (value) =>
    value(name);

/** Two servers that finish 100 requests a second, and 160 a second for both: the mean time in the system [s]. */
function sojourn(algorithm: PlainAlgorithm | Balancing, horizon_s = 420): Replicated {
  const servers = ["a", "b"].map((id) => server(id, [endpoint([cpu(exponential(0.01))])]));
  const plan = balanced({ algorithm, rate_per_s: RATE_PER_S, servers, more: { horizon_s, warm_up_s: 10 } });
  return replicated(plan, { sojourn: metric("latency_s_mean") }).sojourn;
}

const both = { algorithm: "power_of_two", choices: 2 } as const;

describe("run", () => {
  it("run with a random choice: two M/M/1", () => {
    expectTruth(sojourn("random"), 0.05, "row 20 random");
  });

  it("run with turns: E2/M/1 each", () => {
    // sigma is the root of sigma = (160 / (160 + 100 (1 - sigma)))^2, 0.739853; W = 1 / (100 (1 - sigma)).
    expectTruth(sojourn("round_robin", 300), 0.03844, "row 20 round robin");
  });

  it("run with one queue for both: M/M/2", () => {
    const app = server("app", [endpoint([cpu(exponential(0.01))])], { cpu_cores: 2 });
    const plan = balanced({
      algorithm: "random",
      rate_per_s: RATE_PER_S,
      servers: [app],
      more: { horizon_s: 300, warm_up_s: 10 },
    });
    expectTruth(replicated(plan, { sojourn: metric("latency_s_mean") }).sojourn, 0.027778, "row 20 central queue");
  });

  it("run with the shorter queue agrees with the chain of both lengths, above one queue for both", () => {
    const truth = shortestOfTwo(RATE_PER_S / 100) / RATE_PER_S;
    // A simulation of others found 0.0295.
    expect(Math.abs(truth / 0.0295 - 1)).toBeLessThan(0.005);
    expect(truth).toBeGreaterThan(0.027778);
    expectTruth(sojourn("least_outstanding", 200), truth, "row 20 JSQ");
    expectTruth(sojourn(both, 200), truth, "both drawn");
  });

  it("run with random weights: an M/M/1 each, with its share", () => {
    const servers = ["a", "b"].map((id) => server(id, [endpoint([cpu(exponential(0.01))])]));
    const plan = balanced({
      algorithm: { algorithm: "weighted_random", weights: [3, 1] },
      rate_per_s: 100,
      servers,
      more: { horizon_s: 500, warm_up_s: 10 },
    });
    const found = replicated(plan, {
      a: metric("a.residence_s_mean"),
      b: metric("b.residence_s_mean"),
      share: (value) => value("a.requests_completed") / value("requests_completed"),
    });
    expectTruth(found.a, 1 / (100 - 75), "a");
    expectTruth(found.b, 1 / (100 - 25), "b");
    expectTruth(found.share, 0.75, "share");
  });

  it("run with signals that are never refreshed: both look idle, so the two drawn are taken at random", () => {
    expectTruth(sojourn({ ...both, signal_refresh_s: 1e9 }), 0.05, "sojourn");
  });

  it("run with signals as old as a hundred requests herds: worse than without looking", () => {
    const found = sojourn({ ...both, signal_refresh_s: 0.5 }, 100);
    expect(found.mean - 4 * found.std_error).toBeGreaterThan(0.05);
  });

  it("run with the two of a hundred: close to the mean field, and to what was known of a hundred", () => {
    // E[T] of infinitely many at 0.9 is 2.614 service times; of a hundred 2.638.
    const servers = Array.from({ length: 100 }, (_, k) => server(`app-${k}`, [endpoint([cpu(exponential(1))])]));
    const plan = balanced({ algorithm: both, rate_per_s: 90, servers, more: { horizon_s: 700, warm_up_s: 100 } });
    const found = replicated(plan, { sojourn: metric("latency_s_mean") }, 12);
    expectTruth(found.sojourn, 2.638, "row 21 two of 100 at 0.9");
    const one = { algorithm: "power_of_two", choices: 1 } as const;
    const blind = balanced({ algorithm: one, rate_per_s: 90, servers, more: { horizon_s: 300, warm_up_s: 100 } });
    expect(replicated(blind, { sojourn: metric("latency_s_mean") }, 3).sojourn.mean).toBeGreaterThan(6);
  });

  it.each<readonly [string, Balancing]>([
    ["power_of_two", both],
    ["peak_ewma", { algorithm: "peak_ewma", choices: 2, decay_s: 1 }],
    ["weighted", { algorithm: "weighted", weights: [1, 15] }],
  ])("run with %s gives a server that is 15 times slower less than a tenth", (_name, algorithm) => {
    const servers = [server("slow", [endpoint([cpu(0.03)])]), server("fast", [endpoint([cpu(0.002)])])];
    const plan = balanced({ algorithm, rate_per_s: 400, servers, more: { horizon_s: 100 } });
    const share: Reading = (value) => value("slow.requests_completed") / value("requests_completed");
    const found = replicated(plan, { share }, 5);
    expect(found.share.mean).toBeLessThan(0.1);
    expect(found.share.mean).toBeGreaterThan(0.01);
  });
});
