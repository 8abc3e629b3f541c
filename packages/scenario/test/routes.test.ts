import { describe, expect, test } from "vitest";
import { findRoutes } from "../src/check/routes.js";
import type { TolerantNode } from "../src/check/tolerant-topology.js";

const NODES: readonly TolerantNode[] = [
  { kind: "generator", id: "g", path: [] },
  { kind: "client", id: "c", path: [] },
  { kind: "load_balancer", id: "l", path: [] },
];

function edges(...ids: readonly string[]): readonly { source: string; target: string }[] {
  return ids.map((text) => {
    const [source = "", target = ""] = text.split(">");
    return { source, target };
  });
}

function calls(...ids: readonly string[]): readonly { source: string; target: string; isCalled: boolean }[] {
  return edges(...ids).map((edge) => ({ ...edge, isCalled: true }));
}

describe("findRoutes", () => {
  test("findRoutes reaches what lies between the generator and the client", () => {
    const routes = findRoutes({ nodes: NODES, edges: edges("g>c", "c>l", "l>a", "l>b", "a>c", "b>c", "x>y") });
    expect([...routes.reachable].toSorted()).toEqual(["a", "b", "c", "g", "l"]);
    expect([...routes.passedClients]).toEqual(["c"]);
    expect(routes.cycles).toEqual([]);
  });

  test("findRoutes names every cycle that does not pass the client", () => {
    const { cycles } = findRoutes({ nodes: NODES, edges: edges("g>c", "c>l", "l>a", "l>b", "a>l", "b>d", "d>b") });
    expect(cycles).toEqual([
      ["l", "a", "l"],
      ["b", "d", "b"],
    ]);
  });

  test("findRoutes takes two ways to one server for no cycle", () => {
    const routes = findRoutes({ nodes: NODES, edges: edges("g>c", "c>l", "l>a", "l>b", "a>d", "b>d", "d>c") });
    expect(routes.cycles).toEqual([]);
  });

  test("findRoutes knows when requests do not pass the client on their way out", () => {
    const routes = findRoutes({ nodes: NODES, edges: edges("g>a", "a>c", "c>b") });
    expect(routes.passedClients.size).toBe(0);
    expect(routes.reachable.has("b")).toBe(false);
  });

  test("findRoutes follows calls, and what is called passes nothing on", () => {
    const { reachable, sent, cycles } = findRoutes({
      nodes: NODES,
      edges: [...edges("g>c", "c>a", "a>c", "b>d"), ...calls("a>b", "b>e")],
    });
    expect([...sent]).toEqual(["a"]);
    expect([...reachable].toSorted()).toEqual(["a", "b", "c", "e", "g"]);
    expect(cycles).toEqual([]);
  });

  test("findRoutes names cycles of calls, and takes a call back to who passed the request on for none", () => {
    const round = findRoutes({ nodes: NODES, edges: [...edges("g>c", "c>a"), ...calls("a>b", "b>d", "d>a")] });
    expect(round.callCycles).toEqual([["b", "d", "a", "b"]]);
    expect(round.cycles).toEqual([]);
    const back = findRoutes({ nodes: NODES, edges: [...edges("g>c", "c>a", "a>b", "b>c"), ...calls("b>a")] });
    expect(back).toMatchObject({ cycles: [], callCycles: [] });
  });

  test("findRoutes follows every generator through its own client", () => {
    const nodes: readonly TolerantNode[] = [
      ...NODES,
      { kind: "generator", id: "h", path: [] },
      { kind: "client", id: "k", path: [] },
    ];
    const { reachable, passedClients } = findRoutes({ nodes, edges: edges("g>c", "c>a", "a>c", "h>k", "k>b") });
    expect([...passedClients]).toEqual(["c", "k"]);
    expect([...reachable].toSorted()).toEqual(["a", "b", "c", "g", "h", "k"]);
  });

  test("findRoutes follows a chain of many thousand servers", () => {
    const length = 50_000;
    const chain = Array.from({ length }, (_, index) => ({ source: `s${index}`, target: `s${index + 1}` }));
    const ends = edges("g>c", "c>s0", `s${length}>c`);
    expect(findRoutes({ nodes: NODES, edges: [...ends, ...chain] }).reachable.size).toBe(length + 3);
  });
});
