import { describe, expect, test } from "vitest";
import { topologyLayout, type TopologyLink, type TopologyNode } from "../src/charts/topology-layout.js";

function nodesOf(...ids: readonly string[]): readonly TopologyNode[] {
  return ids.map((id) => ({ id, kind: "server", detail: "" }));
}

function linksOf(...ends: readonly (readonly [string, string])[]): readonly TopologyLink[] {
  return ends.map(([source, target]) => ({ id: `${source}-${target}`, source, target }));
}

function placesOf(nodes: readonly TopologyNode[], links: readonly TopologyLink[]): object {
  return Object.fromEntries([...topologyLayout(nodes, links)].map(([id, { column, row }]) => [id, [column, row]]));
}

describe("topologyLayout", () => {
  test("topologyLayout counts links from the beginning, and rows within a column", () => {
    const links = linksOf(["g", "c"], ["c", "lb"], ["lb", "s1"], ["lb", "s2"], ["s1", "c"], ["s2", "c"], ["s1", "db"]);
    const places = { g: [0, 0], c: [1, 0], lb: [2, 0], s1: [3, 0], s2: [3, 1], db: [4, 0] };
    expect(placesOf(nodesOf("g", "c", "lb", "s1", "s2", "db"), links)).toEqual(places);
  });

  test("topologyLayout begins with the first node of a circle", () => {
    expect(placesOf(nodesOf("a", "b"), linksOf(["a", "b"], ["b", "a"]))).toEqual({ a: [0, 0], b: [1, 0] });
  });

  test("topologyLayout puts what nothing leads to into the first column, and ignores links to nowhere", () => {
    expect(placesOf(nodesOf("a", "b", "c"), linksOf(["a", "b"], ["b", "x"]))).toEqual({
      a: [0, 0],
      b: [1, 0],
      c: [0, 1],
    });
    expect(placesOf(nodesOf("a", "b", "c"), linksOf(["b", "c"], ["c", "b"]))).toEqual({
      a: [0, 0],
      b: [0, 1],
      c: [0, 2],
    });
  });
});
