import { describe, expect, it } from "vitest";
import { createSimulation, PATIENT, run, type GeneratorPlan, type Plan, type SessionPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { constant, cpu, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";
import { replayed } from "./replayed.js";

/** So many users who think for this long and ask for ever. */
function closed(users: number, think_s: number, more: Partial<GeneratorPlan> = {}): GeneratorPlan {
  const session = { think_s: constant(think_s), requests: { kind: "endless" }, on_failure: "continue" } as const;
  return generatorOf({ kind: "closed", population: users }, { session, ...more });
}

/** A session every 10 s, the first after 10 s. */
function every10s(session: Partial<SessionPlan>, more: Partial<GeneratorPlan> = {}): GeneratorPlan {
  const requests = { kind: "drawn", length: constant(3) } as const;
  return generatorOf(
    { kind: "renewal", gap_s: constant(10), profile: [] },
    { session: { think_s: constant(0.5), requests, on_failure: "end", ...session }, ...more },
  );
}

const shop = server(
  "app",
  [
    endpoint([io(0.1)], { name: "browse" }),
    endpoint([io(0.2)], { name: "buy" }),
    endpoint([io(0.3), { kind: "fail" }], { name: "crash" }),
  ],
  { cpu_cores: 100 },
);

function shopped(generator: GeneratorPlan, more: Partial<Plan> = {}): Plan {
  const edges = [edge("source", "client"), edge("client", "app")];
  return planOf({ generators: [generator], servers: [shop], edges, horizon_s: 100, ...more });
}

const ask = (name: string): GeneratorPlan["mix"][number] => ({ weight: 1, endpoint: name, class: "" });

describe("run of closed users", () => {
  it("run sends the requests of one user who does not think back to back", () => {
    const value = runMeasured(shopped(closed(1, 0, { mix: [ask("browse")] })));
    expect(Math.abs(value("requests_completed") - 1000)).toBeLessThanOrEqual(1);
    expect(value("latency_s_max")).toBeCloseTo(0.1, 9);
    expect(value("in_flight_mean")).toBeCloseTo(1, 12);
    expect([value("in_flight_max"), value("source.users_thinking_mean")]).toEqual([1, 0]);
  });

  it("run lets a user think first, and after each request", () => {
    const { log, result } = replayed(shopped(closed(1, 0.4, { mix: [ask("browse")] }), { horizon_s: 10 }), 1);
    const sent = log.filter(({ kind }) => kind === "generated").map(({ t_s }) => t_s);
    expect(sent.length).toBe(20);
    for (const [k, t_s] of sent.entries()) expect(t_s).toBeCloseTo(0.4 + 0.5 * k, 9);
    expect(result).toEqual(run(shopped(closed(1, 0.4, { mix: [ask("browse")] }), { horizon_s: 10 }), 1, 0));
    const value = runMeasured(shopped(closed(1, 0.4, { mix: [ask("browse")] }), { horizon_s: 10 }));
    expect(value("source.users_thinking_mean")).toBeCloseTo(0.8, 9);
    expect(value("in_flight_mean")).toBeCloseTo(0.2, 9);
  });

  it("run serves users one after another, and they fall into step: N users at a core, no thought", () => {
    const plan = planOf({
      generators: [closed(5, 0)],
      servers: [server("app", [endpoint([cpu(0.1)])])],
      edges: [edge("source", "client"), edge("client", "app")],
      horizon_s: 100,
    });
    const value = runMeasured(plan);
    expect(value("app.cpu_utilization_ratio")).toBeCloseTo(1, 12);
    expect(value("latency_s_max")).toBeCloseTo(0.5, 9);
    expect(value("latency_s_min")).toBeCloseTo(0.1, 9);
    expect(value("latency_s_p50")).toBeCloseTo(0.5, 2);
  });

  it("run lets users go on after failures and losses, and counts each by its reason", () => {
    const failing = runMeasured(shopped(closed(2, 0.2, { mix: [ask("crash")] })));
    expect(failing("requests_failed")).toBeGreaterThan(390);
    expect(failing("requests_failed") + failing("requests_in_flight")).toBe(failing("requests_generated"));
    const edges = [edge("source", "client"), edge("client", "app", { dropout_ratio: 1 })];
    const lost = runMeasured(shopped(closed(2, 0.2), { edges }));
    expect(lost("requests_dropped")).toBe(lost("requests_generated"));
    expect(Math.abs(lost("requests_generated") - 998)).toBeLessThanOrEqual(2);
  });

  it("run lets a user wait for all attempts of a request", () => {
    const retry = {
      attempts: 3,
      on: ["timed_out"],
      backoff: { kind: "fixed", base_s: 0.1, max_s: 1, jitter: "none" },
      budget_ratio: 0,
      budget_burst: 0,
    } as const;
    const policy = { ...PATIENT, timeout_s: 0.05, retry };
    // Three times 0.05 s, twice 0.1 s, and 0.65 s of thought.
    const value = runMeasured(shopped(closed(1, 0.65, { mix: [ask("browse")], policy })));
    expect(Math.abs(value("requests_timed_out") - 100)).toBeLessThanOrEqual(1);
    expect(value("source.users_thinking_mean")).toBeCloseTo(0.65, 2);
  });

  it("run ends by its budget where users neither think nor wait", () => {
    const plan = planOf({
      generators: [closed(1, 0)],
      servers: [server("app", [endpoint([])])],
      edges: [edge("source", "client"), edge("client", "app")],
      budget: { events: 10_000, live_requests: 100 },
    });
    const { outcome, reason } = run(plan, 1, 0);
    expect([outcome, reason]).toEqual(["truncated", "events reached the budget of 10000 at 0.00000 s of 10 s"]);
  });
});

describe("run of sessions", () => {
  it("run sends the requests of a session one after another, with think times between them", () => {
    const steps = [ask("browse"), ask("browse"), ask("buy")];
    const { log } = replayed(
      shopped(every10s({ requests: { kind: "in_order" } }, { mix: steps }), { horizon_s: 25 }),
      1,
    );
    const sent = log.filter(({ kind }) => kind === "generated").map(({ t_s }) => t_s);
    const expected = [10, 20].flatMap((t_s) => [t_s, t_s + 0.6, t_s + 1.2]);
    expect(sent.length).toBe(expected.length);
    for (const [k, t_s] of sent.entries()) expect(t_s).toBeCloseTo(expected[k]!, 9);
    const value = runMeasured(shopped(every10s({ requests: { kind: "in_order" } }, { mix: steps })));
    expect([value("source.sessions_started"), value("source.sessions_completed")]).toEqual([9, 9]);
    expect(value("requests_completed")).toBe(27);
    expect(value("latency_s_mean")).toBeCloseTo((0.1 + 0.1 + 0.2) / 3, 9);
    expect(value("source.users_thinking_mean")).toBeCloseTo((9 * 1) / 100, 9);
  });

  it("run draws the number of requests of a session, one at least", () => {
    const generatedOf = (length: number): number => {
      const requests = { kind: "drawn", length: constant(length) } as const;
      return runMeasured(shopped(every10s({ requests }, { mix: [ask("buy")] })))("requests_generated");
    };
    expect([0, 1, 2, 2.6].map(generatedOf)).toEqual([9, 9, 18, 27]);
  });

  it("run ends a session whose request failed, or goes on with it", () => {
    const steps = [ask("browse"), ask("crash"), ask("buy")];
    const ended = runMeasured(shopped(every10s({ requests: { kind: "in_order" } }, { mix: steps })));
    expect([ended("source.sessions_aborted"), ended("source.sessions_completed")]).toEqual([9, 0]);
    expect([ended("requests_completed"), ended("requests_failed")]).toEqual([9, 9]);
    const continued = runMeasured(
      shopped(every10s({ requests: { kind: "in_order" }, on_failure: "continue" }, { mix: steps })),
    );
    expect([continued("source.sessions_aborted"), continued("source.sessions_completed")]).toEqual([0, 9]);
    expect([continued("requests_completed"), continued("requests_failed")]).toEqual([18, 9]);
  });

  it("createSimulation refuses endless sessions of users who come, and users without sessions", () => {
    const rule =
      'Cannot resolve generator "source": endless and limited sessions must go with closed arrivals, and only these';
    expect(() => createSimulation(shopped(every10s({ requests: { kind: "endless" } })))).toThrow(rule);
    expect(() => createSimulation(shopped(generatorOf({ kind: "closed", population: 3 })))).toThrow(rule);
  });
});
