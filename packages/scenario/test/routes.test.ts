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

describe("findRoutes", () => {
  test("findRoutes reaches what lies between the generator and the client", () => {
    const routes = findRoutes({ nodes: NODES, edges: edges("g>c", "c>l", "l>a", "l>b", "a>c", "b>c", "x>y") });
    expect([...routes.reachable].toSorted()).toEqual(["a", "b", "c", "g", "l"]);
    expect(routes.passesClient).toBe(true);
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
    expect(routes.passesClient).toBe(false);
    expect(routes.reachable.has("b")).toBe(false);
  });

  test("findRoutes follows a chain of many thousand servers", () => {
    const length = 50_000;
    const chain = Array.from({ length }, (_, index) => ({ source: `s${index}`, target: `s${index + 1}` }));
    const ends = edges("g>c", "c>s0", `s${length}>c`);
    expect(findRoutes({ nodes: NODES, edges: [...ends, ...chain] }).reachable.size).toBe(length + 3);
  });
});
