import { describe, it } from "vitest";
import type { EndpointPlan, Plan, RequestPlan, ServerPlan, StepPlan } from "../src/index.js";
import { gateOf, oneAtATime } from "./gated.js";
import type { Measured } from "./measured.js";
import { cpu, edge, endpoint, exponential, io, planOf, poisson, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/** Poisson arrivals at a server that answers. */
function before(
  endpoints: readonly EndpointPlan[],
  {
    rate_per_s,
    horizon_s,
    mix = [],
    app = {},
  }: {
    readonly rate_per_s: number;
    readonly horizon_s: number;
    readonly mix?: readonly RequestPlan[];
    readonly app?: Partial<ServerPlan>;
  },
): Plan {
  return planOf({
    horizon_s,
    warm_up_s: 2,
    generators: [poisson(rate_per_s, { mix })],
    servers: [server("app", endpoints, app)],
    edges: [edge("source", "client"), edge("client", "app")],
  });
}

const lossRatio = (value: Measured): number => value("requests_rejected") / value("requests_generated");

describe("run of endpoints with limits", () => {
  it("run of two endpoints, each with limits of its own: M/M/4/10 and M/M/1/10 side by side", () => {
    const limit = (most: number, capacity: number): Partial<EndpointPlan> => ({
      gate: gateOf({ limit: { kind: "fixed", limit: most }, queue: { capacity } }),
    });
    const endpoints = [
      endpoint([io(exponential(1 / 25))], { name: "/four", ...limit(4, 6) }),
      endpoint([io(exponential(1 / 100))], { name: "/one", ...limit(1, 9) }),
    ];
    const mix = [
      { weight: 110, endpoint: "/four", class: "" },
      { weight: 80, endpoint: "/one", class: "" },
    ];
    const plan = before(endpoints, { rate_per_s: 190, horizon_s: 400, mix });
    const of =
      (name: string) =>
      (value: Measured): number =>
        value(`source/${name}.error_ratio`);
    const found = replicated(plan, {
      four: of("four"),
      one: of("one"),
      queue: (value) => value("app/four.request_queue_mean"),
    });
    expectTruth(found.four, 0.155922, "loss of four");
    expectTruth(found.one, 0.023493, "loss of one", 0.02);
    expectTruth(found.queue, 2.820954, "queue of four");
  });

  it("run of a token bucket at an endpoint loses what one at a server does, of its own requests only", () => {
    const bucket = { kind: "token_bucket", rate_per_s: 100, burst: 5, refill: "continuous" } as const;
    const endpoints = [endpoint([], { name: "/free" }), endpoint([], { name: "/limited", rate_limits: [bucket] })];
    const mix = [
      { weight: 1, endpoint: "/free", class: "" },
      { weight: 1, endpoint: "/limited", class: "" },
    ];
    const plan = before(endpoints, { rate_per_s: 180, horizon_s: 250, mix });
    const found = replicated(plan, {
      loss: (value) => value("source/limited.error_ratio"),
    });
    // M/D/1+D with a patience of (burst - 1) / rate.
    expectTruth(found.loss, 0.064362, "loss");
  });
});

describe("run of classes that share by what their requests take", () => {
  const endpoints = [
    endpoint([cpu(exponential(0.01))], { name: "/light" }),
    endpoint([cpu(exponential(0.04))], { name: "/heavy" }),
  ];
  const mix = [
    { weight: 1, endpoint: "/light", class: "light" },
    { weight: 1, endpoint: "/heavy", class: "heavy" },
  ];

  /** Requests of each class for each second under overload. */
  function shares(weights: Readonly<Record<string, number>>, costs?: Readonly<Record<string, number>>) {
    const discipline = { kind: "weighted_fair" as const, weights, ...(costs === undefined ? {} : { costs }) };
    const plan = before(endpoints, {
      rate_per_s: 400,
      horizon_s: 102,
      mix,
      app: { gate: oneAtATime({ discipline }) },
    });
    return replicated(plan, {
      light: (value) => value("light.throughput_per_s"),
      heavy: (value) => value("heavy.throughput_per_s"),
    });
  }

  it("run gives equal numbers of requests without costs", () => {
    const { light, heavy } = shares({});
    expectTruth(light, 20, "light");
    expectTruth(heavy, 20, "heavy");
  });

  it("run gives equal CPU time where the costs are what requests take, and by weight", () => {
    const costs = { "/light": 0.01, "/heavy": 0.04 };
    const equal = shares({}, costs);
    expectTruth(equal.light, 50, "light");
    expectTruth(equal.heavy, 12.5, "heavy");
    const weighted = shares({ heavy: 3 }, costs);
    expectTruth(weighted.light, 25, "light");
    expectTruth(weighted.heavy, 18.75, "heavy");
  });
});

describe("run of pools with queues", () => {
  const hold = (mean_s: number): StepPlan => ({ kind: "hold", pool: "slots", steps: [io(exponential(mean_s))] });

  it("run of four units and a queue of six is M/M/4/10", () => {
    const queue = { capacity: 6, discipline: { kind: "lifo" as const } };
    const app = { pools: [{ name: "slots", size: 4, queue }] };
    const plan = before([endpoint([hold(1 / 25)])], { rate_per_s: 110, horizon_s: 150, app });
    const found = replicated(plan, { loss: lossRatio, queue: (value) => value("app.slots_queue_mean") });
    expectTruth(found.loss, 0.155922, "loss");
    expectTruth(found.queue, 2.820954, "queue");
  });

  it("run of one unit by priority has Cobham's waits", () => {
    const mix = [3, 5].map((weight, priority) => ({ weight, endpoint: "", class: `c${priority}`, priority }));
    const queue = { capacity: Infinity, discipline: { kind: "priority" as const } };
    const app = { pools: [{ name: "slots", size: 1, queue }] };
    const plan = before([endpoint([hold(0.01)])], { rate_per_s: 80, horizon_s: 900, mix, app });
    const found = replicated(plan, {
      urgent: (value) => value("c0.latency_s_mean") - 0.01,
      other: (value) => value("c1.latency_s_mean") - 0.01,
    });
    expectTruth(found.urgent, 0.011429, "urgent");
    expectTruth(found.other, 0.057143, "other", 0.02);
  });
});
