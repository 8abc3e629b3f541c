import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, scenario, type ScenarioBuilder } from "../src/index.js";

interface System {
  readonly replicas: number;
  readonly zones: readonly string[];
  readonly isDown: boolean;
}

const systems: fc.Arbitrary<System> = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  zones: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }),
  isDown: fc.boolean(),
});

const OUTAGE = { t_start: 10, t_end: 20, event_id: "outage" };

function start(): ScenarioBuilder {
  return scenario("shop")
    .generator("users", { avg_active_users: { mean: 20 }, avg_request_per_minute_per_user: { mean: 60 } })
    .client("client")
    .link("users", "client", 0, { dropout_rate: 0 })
    .settings({ total_simulation_time: 60 });
}

describe("expandReplicas", () => {
  test("expandReplicas gives what is written out by hand, with a load balancer of the file", () => {
    fc.assert(
      fc.property(systems, ({ replicas, zones, isDown }) => {
        const base = start().loadBalancer("edge").link("client", "edge", 0.001);
        const set = base
          .server("app", {}, (app) => app.replicas(replicas, { zones }).endpoint("/", [{ cpu_s: 0.01 }]))
          .link("edge", "app", 0.002, { id: "in" })
          .link("app", "client", 0.003, { id: "out" });
        const ids = Array.from({ length: replicas }, (_, index) => `app-${index + 1}`);
        const hand = ids.reduce(
          (built, id, index) =>
            built
              .server(id, {}, (app) => app.endpoint("/", [{ cpu_s: 0.01 }]))
              .link("edge", id, 0.002, { id: `in-${index + 1}` }),
          base,
        );
        const linked = ids.reduce(
          (built, id, index) => built.link(id, "client", 0.003, { id: `out-${index + 1}` }),
          hand,
        );
        const plan = compile((isDown ? set.outage("app", OUTAGE) : set).build());
        const byHand = compile(
          (isDown
            ? ids.reduce((built, id, k) => built.outage(id, { ...OUTAGE, event_id: `${k}` }), linked)
            : linked
          ).build(),
        );
        expect(plan).toEqual({
          ...byHand,
          servers: byHand.servers.map((server, index) => ({
            ...server,
            group: "app",
            zone: zones[index % zones.length],
          })),
        });
      }),
      { numRuns: 60 },
    );
  });

  test("expandReplicas gives what is written out by hand, with a load balancer of its own", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (replicas) => {
        const set = start()
          .server("app", {}, (app) => app.replicas(replicas, { balancing: "least_connection" }).endpoint("/", []))
          .link("client", "app", 0.002);
        const ids = Array.from({ length: replicas }, (_, index) => `app-${index + 1}`);
        const hand = ids.reduce(
          (built, id) =>
            built
              .server(id, {}, (app) => app.endpoint("/", []))
              .link("app", id, 0, { id: `${id}-in`, dropout_rate: 0 }),
          start().loadBalancer("app", { algorithms: "least_connection" }).link("client", "app", 0.002),
        );
        const byHand = compile(hand.build());
        expect(compile(set.build())).toEqual({
          ...byHand,
          servers: byHand.servers.map((server) => ({ ...server, group: "app" })),
        });
      }),
      { numRuns: 20 },
    );
  });
});
