import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Link } from "../src/kernel/link.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { Rotation } from "../src/kernel/rotation.js";
import { SOURCE_CONSTANT } from "../src/kernel/source-kind.js";
import { Stream } from "../src/kernel/stream.js";
import { LinkRecord } from "../src/record/link-record.js";

const runs = { seed: 20_261_121, numRuns: 150 };
const LINKS = 12;
/** How many of the links are in the rotation at first. */
const members = fc.nat(LINKS);
const link = fc.nat(LINKS - 1);
const load = fc.nat(3);
/** A link leaves or comes back, two loads of a link change, or the balancer chooses. */
const operations = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant("toggle" as const), link }),
    fc.record({ act: fc.constant("load" as const), link, inTransit: load, outstanding: load }),
    fc.record({ act: fc.constantFrom("rotate" as const, "least in transit" as const, "least outstanding" as const) }),
  ),
  { maxLength: 150, size: "max" },
);

/** Links that nothing travels on. */
function linksOf(count: number): readonly Link[] {
  const stream = new Stream(0, new NumberReader(Float64Array.of(SOURCE_CONSTANT, 0, 0)));
  return Array.from({ length: count }, () => {
    return new Link(new NumberReader(Float64Array.of(0, 0, 0, 0, 1, 1)), [stream], new LinkRecord(0));
  });
}

/** The rotation as a list, and the load of every link. */
interface Model {
  order: readonly number[];
  readonly inTransit: number[];
  readonly outstanding: number[];
}

/** The first of those with the smallest load. */
function leastOf(order: readonly number[], loads: readonly number[]): number | undefined {
  const least = Math.min(...order.map((member) => loads[member]!));
  return order.find((member) => loads[member] === least);
}

/** The list after `member` has become its last. */
function rotatedPast(order: readonly number[], member: number): readonly number[] {
  const at = order.indexOf(member);
  return [...order.slice(at + 1), ...order.slice(0, at + 1)];
}

describe("Rotation", () => {
  it("Rotation behaves as a list whose chosen become the last, but for the least in transit", () => {
    const law = fc.property(members, operations, (count, list) => {
      const links = linksOf(LINKS);
      const rotation = new Rotation();
      for (const one of links.slice(0, count)) rotation.append(one);
      const model: Model = {
        order: links.slice(0, count).map((_, position) => position),
        inTransit: links.map(() => 0),
        outstanding: links.map(() => 0),
      };
      const linkAt = (position: number | undefined): Link | null => (position === undefined ? null : links[position]!);
      for (const operation of list) {
        const { order } = model;
        switch (operation.act) {
          case "toggle":
            if (order.includes(operation.link)) {
              rotation.remove(links[operation.link]!);
              model.order = order.filter((other) => other !== operation.link);
            } else {
              rotation.append(links[operation.link]!);
              model.order = [...order, operation.link];
            }
            break;
          case "load":
            links[operation.link]!.outstanding = operation.outstanding;
            links[operation.link]!.record.level.change(operation.inTransit - model.inTransit[operation.link]!, 0);
            model.outstanding[operation.link] = operation.outstanding;
            model.inTransit[operation.link] = operation.inTransit;
            break;
          case "least in transit":
            expect(rotation.leastInTransit()).toBe(linkAt(leastOf(order, model.inTransit)));
            break;
          default: {
            const least = operation.act === "least outstanding";
            const expected = least ? leastOf(order, model.outstanding) : order[0];
            expect(least ? rotation.leastOutstanding() : rotation.rotate()).toBe(linkAt(expected));
            if (expected !== undefined) model.order = rotatedPast(order, expected);
          }
        }
        expect(rotation.head).toBe(linkAt(model.order[0]));
      }
      // All of the order, not only its first.
      for (const position of model.order) expect(rotation.rotate()).toBe(links[position]!);
    });
    fc.assert(law, runs);
  });

  it("Rotation.rotate gives every member once in a turn", () => {
    const links = linksOf(LINKS);
    const rotation = new Rotation();
    for (const one of links) rotation.append(one);
    for (const one of [...links, ...links]) expect(rotation.rotate()).toBe(one);
  });

  it("Rotation.leastOutstanding gives every member once in a turn when all have the same load", () => {
    const links = linksOf(LINKS);
    const rotation = new Rotation();
    for (const one of links) rotation.append(one);
    for (const one of [...links, ...links]) expect(rotation.leastOutstanding()).toBe(one);
  });

  it("Rotation takes the links of another rotation that was given up", () => {
    const links = linksOf(3);
    const old = new Rotation();
    for (const one of links.toReversed()) old.append(one);
    const rotation = new Rotation();
    expect([rotation.rotate(), rotation.leastInTransit(), rotation.leastOutstanding()]).toEqual([null, null, null]);
    for (const one of links) rotation.append(one);
    for (const one of [...links, links[0]!]) expect(rotation.rotate()).toBe(one);
  });
});
