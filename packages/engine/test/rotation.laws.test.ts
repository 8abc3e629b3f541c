import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NONE } from "../src/kernel/frames.js";
import { Rotation } from "../src/kernel/rotation.js";

const runs = { seed: 20_261_121, numRuns: 500 };
const EDGES = 12;
/** Some of the edges of the plan, in some order. */
const members = fc.shuffledSubarray(
  Array.from({ length: EDGES }, (_, k) => k),
  { minLength: 1 },
);
/** Edge n leaves or comes back, the first rotates, or the least loaded is taken. */
const operations = fc.array(
  fc.oneof(fc.nat(EDGES), fc.constantFrom("rotate" as const, "least loaded" as const, "reset" as const)),
  { maxLength: 100 },
);
const loads = fc.array(fc.nat(3), { minLength: EDGES, maxLength: EDGES });

describe("Rotation", () => {
  it("Rotation behaves as a list whose first becomes the last", () => {
    const law = fc.property(members, operations, loads, (edges, list, load) => {
      const rotation = new Rotation(edges, EDGES);
      rotation.reset();
      let model: readonly number[] = edges;
      for (const operation of list) {
        if (operation === "reset") {
          rotation.reset();
          model = edges;
        } else if (operation === "rotate") {
          expect(rotation.rotate()).toBe(model[0] ?? NONE);
          model = [...model.slice(1), ...model.slice(0, 1)];
        } else if (operation === "least loaded") {
          const least = Math.min(...model.map((edge) => load[edge]!));
          const expected = model.find((edge) => load[edge] === least) ?? NONE;
          const edge = rotation.leastLoaded(Float64Array.from(load));
          expect(edge).toBe(expected);
          if (edge === NONE) continue;
          rotation.rotatePast(edge);
          const at = model.indexOf(edge);
          model = [...model.slice(at + 1), ...model.slice(0, at + 1)];
        } else {
          const edge = edges[operation % edges.length]!;
          if (model.includes(edge)) {
            rotation.remove(edge);
            model = model.filter((other) => other !== edge);
          } else {
            rotation.append(edge);
            model = [...model, edge];
          }
        }
        expect(rotation.head).toBe(model[0] ?? NONE);
      }
    });
    fc.assert(law, runs);
  });

  it("Rotation gives every member once in a turn", () => {
    const law = fc.property(members, (edges) => {
      const rotation = new Rotation(edges, EDGES);
      rotation.reset();
      expect(edges.map(() => rotation.rotate())).toEqual(edges);
      expect(rotation.rotate()).toBe(edges[0]);
    });
    fc.assert(law, runs);
  });
});
