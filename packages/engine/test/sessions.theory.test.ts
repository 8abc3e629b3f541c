import { describe, expect, it } from "vitest";
import type { Plan, SessionPlan } from "../src/index.js";
import { constant, cpu, edge, endpoint, exponential, generatorOf, planOf, poisson, server } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

const metric =
  (name: string): Reading =>
  (value) =>
    value(name);

/** Users who think for 1 s and pass two queues of one core, 20 ms and 50 ms, everything exponential. */
function interactive(users: number, horizon_s: number): Plan {
  const session: SessionPlan = { think_s: exponential(1), requests: { kind: "endless" }, on_failure: "continue" };
  return planOf({
    generators: [generatorOf({ kind: "closed", population: users }, { session })],
    servers: [
      server("first", [endpoint([cpu(exponential(0.02))])]),
      server("second", [endpoint([cpu(exponential(0.05))])]),
    ],
    edges: [edge("source", "client"), edge("client", "first"), edge("first", "second"), edge("second", "client")],
    horizon_s,
    warm_up_s: 30,
  });
}

describe("run of closed users", () => {
  // Mean value analysis of N users (Reiser and Lavenberg 1980). At 50 and 100 the second queue is never empty for long: X is 1 / 0.05 s,
  // R is N / X - Z.
  it.each([
    { users: 10, throughput: 9.04968, response: 0.105012, horizon_s: 330 },
    { users: 20, throughput: 16.52403, response: 0.210359, horizon_s: 330 },
    { users: 50, throughput: 20, response: 1.5, horizon_s: 230 },
    { users: 100, throughput: 20, response: 4, horizon_s: 230 },
  ])("run of $users users agrees with mean value analysis", ({ users, throughput, response, horizon_s }) => {
    const found = replicated(interactive(users, horizon_s), {
      throughput: metric("throughput_per_s"),
      response: metric("latency_s_mean"),
    });
    expectTruth(found.throughput, throughput, "throughput");
    expectTruth(found.response, response, "response");
  });

  it("run of 20 users is told from mean value analysis of 21", () => {
    const { throughput } = replicated(interactive(21, 330), { throughput: metric("throughput_per_s") });
    expect(() => expectTruth(throughput, 16.52403, "throughput")).toThrow(/throughput: 17/);
  });
});

describe("run of sessions", () => {
  it("run of Poisson sessions at an exponential core: each visit is one of M/M/1, whatever the number of visits", () => {
    // Types of customers with routes of their own at a queue with exponential service (Kelly 1975): 16 x 5 visits a second.
    for (const length of [constant(5), { kind: "empirical", values: [1, 9] } as const]) {
      const session: SessionPlan = {
        think_s: { kind: "uniform", min: 0, max: 1 },
        requests: { kind: "drawn", length },
        on_failure: "end",
      };
      const plan = planOf({
        generators: [poisson(16, { session })],
        servers: [server("app", [endpoint([cpu(exponential(0.01))])])],
        edges: [edge("source", "client"), edge("client", "app")],
        horizon_s: 300,
        warm_up_s: 20,
      });
      const found = replicated(plan, {
        sojourn: metric("latency_s_mean"),
        throughput: metric("throughput_per_s"),
        thinking: metric("source.users_thinking_mean"),
        sessions: (value) => value("source.sessions_completed") / 280,
      });
      expectTruth(found.sojourn, 0.05, "sojourn", 0.02);
      expectTruth(found.throughput, 80, "throughput");
      expectTruth(found.thinking, 16 * 4 * 0.5, "thinking");
      expectTruth(found.sessions, 16, "sessions");
    }
  });
});
