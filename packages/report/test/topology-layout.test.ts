import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldTwins } from "../src/charts/topology/fold-twins.js";
import { topologyLayout, type TopologyLayout } from "../src/charts/topology/topology-layout.js";
import type { TopologyLink, TopologyNode } from "../src/charts/topology/topology.js";
import { WHOLE_BACKEND } from "./fixtures/sample-topology.js";

const ROOM = { node_px: 70, link_px: 20 };

function nodesOf(...ids: readonly string[]): readonly TopologyNode[] {
  return ids.map((id) => ({ id, kind: id.startsWith("c") ? "client" : "server", detail: "", replicas: 1 }));
}

function linksOf(...ends: readonly (readonly [string, string])[]): readonly TopologyLink[] {
  return ends.map(([source, target]) => ({ id: `${source}-${target}`, source, target, is_call: false }));
}

function placesOf(nodes: readonly TopologyNode[], links: readonly TopologyLink[]): object {
  const { places } = topologyLayout(nodes, links, ROOM);
  return Object.fromEntries([...places].map(([id, { column, middle }]) => [id, [column, middle]]));
}

describe("topologyLayout", () => {
  test("topologyLayout puts nodes behind all that lead to them, in the middle of what they are linked with", () => {
    const links = linksOf(["g", "c"], ["c", "lb"], ["lb", "s1"], ["lb", "s2"], ["s1", "c"], ["s2", "c"], ["s1", "db"]);
    expect(placesOf(nodesOf("g", "c", "lb", "s1", "s2", "db"), links)).toEqual({
      g: [0, expect.closeTo(70, 0)],
      c: [1, expect.closeTo(70, 0)],
      lb: [2, expect.closeTo(70, 0)],
      s1: [3, expect.closeTo(35, 0)],
      s2: [3, expect.closeTo(105, 0)],
      db: [4, expect.closeTo(35, 0)],
    });
  });

  test("topologyLayout lets what answers lead back to a client, whichever client comes first", () => {
    const links = linksOf(["g1", "c1"], ["g2", "c2"], ["c1", "s"], ["c2", "s"], ["s", "c2"], ["s", "c1"]);
    const { places, back } = topologyLayout(nodesOf("g1", "g2", "c1", "c2", "s"), links, ROOM);
    expect([...places.values()].map(({ column }) => column)).toEqual([0, 0, 1, 1, 2]);
    expect(back.map(({ id }) => id)).toEqual(["s-c2", "s-c1"]);
  });

  test("topologyLayout makes way for a link that passes a column", () => {
    const links = linksOf(["a", "b"], ["b", "d"], ["a", "d"]);
    const { onward, places } = topologyLayout(nodesOf("a", "b", "d"), links, ROOM);
    const [, , long] = onward;
    expect(long!.link.id).toBe("a-d");
    expect(long!.passes).toHaveLength(1);
    expect(Math.abs(long!.passes[0]! - places.get("b")!.middle)).toBeGreaterThanOrEqual(45 - 1e-9);
  });

  test("topologyLayout has no crossings where none need be", () => {
    const links = linksOf(["a", "x3"], ["b", "x2"], ["d", "x1"], ["x3", "y1"], ["x2", "y2"], ["x1", "y3"]);
    const { places } = topologyLayout(nodesOf("a", "b", "d", "x1", "x2", "x3", "y1", "y2", "y3"), links, ROOM);
    for (const { source, target } of links)
      expect(places.get(source)!.middle).toBeCloseTo(places.get(target)!.middle, 6);
  });

  test("topologyLayout begins a circle with its first node, and ignores links to nowhere", () => {
    const columns = (layout: TopologyLayout): readonly number[] =>
      [...layout.places.values()].map(({ column }) => column);
    expect(columns(topologyLayout(nodesOf("a", "b"), linksOf(["a", "b"], ["b", "a"]), ROOM))).toEqual([0, 1]);
    const loose = topologyLayout(nodesOf("a", "b", "d"), linksOf(["b", "d"], ["d", "b"], ["b", "x"], ["a", "a"]), ROOM);
    expect(columns(loose)).toEqual([0, 0, 1]);
    expect(loose.back.map(({ id }) => id)).toEqual(["d-b", "a-a"]);
    expect(topologyLayout([], [], ROOM)).toMatchObject({ columns: 0, height: 0 });
  });

  test("topologyLayout of a long chain needs no recursion", () => {
    const ids = Array.from({ length: 3000 }, (_, index) => `n${index}`);
    const links = linksOf(...ids.slice(1).map((id, index) => [ids[index]!, id] as const));
    expect(topologyLayout(nodesOf(...ids), links, ROOM).columns).toBe(3000);
  });
});

describe("topologyLayout of any system", () => {
  const systems = fc
    .integer({ min: 1, max: 9 })
    .chain((size) =>
      fc.tuple(
        fc.constant(Array.from({ length: size }, (_, index) => `${index % 3 === 1 ? "c" : "n"}${index}`)),
        fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 16 }),
      ),
    )
    .map(([ids, ends]) => ({
      nodes: nodesOf(...ids),
      links: linksOf(...ends.map(([from, to]) => [ids[from]!, ids[to]!] as const)),
    }));

  test("topologyLayout keeps nodes apart and within its height, and has every link once", () => {
    fc.assert(
      fc.property(systems, ({ nodes, links }) => {
        const { places, onward, back, height } = topologyLayout(nodes, links, ROOM);
        expect(onward.length + back.length).toBe(links.length);
        for (const { link, passes } of onward) {
          expect(passes).toHaveLength(places.get(link.target)!.column - places.get(link.source)!.column - 1);
        }
        for (const one of places.values()) {
          expect(one.middle).toBeGreaterThanOrEqual(35 - 1e-6);
          expect(one.middle).toBeLessThanOrEqual(height - 35 + 1e-6);
          const beside = [...places.values()].filter((other) => other !== one && other.column === one.column);
          for (const other of beside) expect(Math.abs(other.middle - one.middle)).toBeGreaterThanOrEqual(70 - 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("foldTwins", () => {
  test("foldTwins makes one node of more than four that are alike, with their links", () => {
    const { nodes, links } = foldTwins(WHOLE_BACKEND);
    expect(nodes.filter(({ id }) => id.startsWith("batch"))).toEqual([
      { id: "batch-1 … 6", kind: "server", detail: "1 core", replicas: 6 },
    ]);
    const ends = links.map(({ source, target }) => `${source} > ${target}`).filter((text) => text.includes("batch"));
    expect(ends).toEqual(["zone-b-lb > batch-1 … 6", "batch-1 … 6 > partner-client"]);
    expect(nodes).toHaveLength(WHOLE_BACKEND.nodes.length - 5);
  });

  test("foldTwins names them by the first and the end of the last", () => {
    const ids = ["app-10", "app-11", "app-12", "app-13", "app-14"];
    expect(foldTwins({ nodes: nodesOf(...ids), links: [] }).nodes[0]!.id).toBe("app-10 … 14");
    expect(foldTwins({ nodes: nodesOf("a", "b", "d", "e", "f"), links: [] }).nodes[0]!.id).toBe("a … f");
  });

  test("foldTwins leaves what differs in a detail or a link, and up to four", () => {
    const nodes = nodesOf("a", "b1", "b2", "b3", "b4", "b5");
    const links = linksOf(["a", "b1"], ["a", "b2"], ["a", "b3"], ["a", "b4"]);
    expect(foldTwins({ nodes, links })).toEqual({ nodes, links });
  });
});
