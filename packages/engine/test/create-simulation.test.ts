import { describe, expect, test } from "vitest";
import { createSimulation, type Plan } from "../src/index.js";
import { cpu, edge, endpoint, generator, planOf, server, singleQueue } from "./plans.js";

const app = server("app", [endpoint([cpu(0.01)])]);

function withoutEdge(id: string): Plan {
  const plan = singleQueue({ rate_per_s: 1, endpoints: app.endpoints });
  return { ...plan, edges: plan.edges.filter((it) => it.id !== id) };
}

describe("createSimulation refuses plans that no scenario compiles to", () => {
  test.each<readonly [string, Plan, string]>([
    ["an unknown source", planOf({ edges: [edge("nobody", "client")] }), 'there is no node "nobody"'],
    ["a generator without an edge", withoutEdge("source-client"), 'Cannot resolve node "source"'],
    ["a client that cannot pass requests on", withoutEdge("client-app"), 'Cannot resolve node "client"'],
    [
      "two leaving edges",
      planOf({ generators: [generator(1)], edges: [edge("source", "client"), edge("source", "client", { id: "b" })] }),
      'node "source" has a leaving edge already',
    ],
    [
      "a load balancer before a client",
      planOf({ load_balancers: [{ id: "lb", algorithm: "round_robin" }], edges: [edge("lb", "client")] }),
      "a load balancer's edge must lead to a server or a load balancer",
    ],
    [
      "a disruption of nothing",
      planOf({ disruptions: [{ kind: "server_down", target: "app", start_s: 1, end_s: 2 }] }),
      "there is no such target",
    ],
    [
      "a disruption that ends when it begins",
      planOf({ servers: [app], disruptions: [{ kind: "server_down", target: "app", start_s: 1, end_s: 1 }] }),
      "it must end after 1 s",
    ],
  ])("createSimulation: %s", (_name, plan, message) => {
    expect(() => createSimulation(plan)).toThrow(RangeError);
    expect(() => createSimulation(plan)).toThrow(message);
  });
});
