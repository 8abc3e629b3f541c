import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LeastInTransit } from "../../src/kernel/balancing/least-in-transit.js";
import { LeastOutstanding } from "../../src/kernel/balancing/least-outstanding.js";
import type { Member } from "../../src/kernel/balancing/member.js";
import { RoundRobin } from "../../src/kernel/balancing/round-robin.js";
import { Rotation } from "../../src/kernel/balancing/rotation.js";
import { membersOf } from "./members-of.js";

const runs = { seed: 20_261_121, numRuns: 150 };
const MEMBERS = 12;
const load = fc.nat(3);
/** A member leaves or comes back, two loads of a member change, or the balancer chooses. */
const operations = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant("toggle" as const), member: fc.nat(MEMBERS - 1) }),
    fc.record({ act: fc.constant("load" as const), member: fc.nat(MEMBERS - 1), inTransit: load, outstanding: load }),
    fc.record({ act: fc.constant("choose" as const) }),
  ),
  { maxLength: 150, size: "max" },
);
const algorithms = fc.constantFrom(
  { Algorithm: RoundRobin, counts: undefined, rotates: true },
  { Algorithm: LeastOutstanding, counts: "outstanding" as const, rotates: true },
  { Algorithm: LeastInTransit, counts: "inTransit" as const, rotates: false },
);

/** The list after `member` has become its last. */
function rotatedPast(order: readonly number[], member: number): readonly number[] {
  const at = order.indexOf(member);
  return [...order.slice(at + 1), ...order.slice(0, at + 1)];
}

/** A rotation of the first members. */
function rotationOf(members: readonly Member[]): Rotation {
  const rotation = new Rotation();
  for (const member of members) rotation.append(member);
  return rotation;
}

describe("Rotating", () => {
  it("Rotating algorithms behave as a list: the first, or the first with the least, becomes the last, but for those in transit", () => {
    const law = fc.property(algorithms, operations, ({ Algorithm, counts, rotates }, list) => {
      const members = membersOf(MEMBERS);
      const algorithm = new Algorithm(members);
      members.reset();
      algorithm.reset();
      let order: readonly number[] = members.all.map(({ position }) => position);
      const loads = members.all.map(() => ({ inTransit: 0, outstanding: 0 }));
      const first = (): number | undefined => {
        if (counts === undefined) return order[0];
        const least = Math.min(...order.map((position) => loads[position]![counts]));
        return order.find((position) => loads[position]![counts] === least);
      };
      for (const operation of list) {
        if (operation.act === "choose") {
          const expected = first();
          expect(algorithm.pick(0)?.position).toBe(expected);
          if (rotates && expected !== undefined) order = rotatedPast(order, expected);
          continue;
        }
        const member = members.all[operation.member]!;
        if (operation.act === "toggle") {
          const joins = !order.includes(member.position);
          order = joins ? [...order, member.position] : order.filter((position) => position !== member.position);
          members.setAvailable(member, joins);
          if (joins) algorithm.join(member);
          else algorithm.leave(member);
        } else {
          const { inTransit, outstanding } = operation;
          member.outstanding = outstanding;
          member.link.record.level.change(inTransit - loads[member.position]!.inTransit, 0);
          loads[member.position] = { inTransit, outstanding };
        }
      }
      const after = order.map(() => algorithm.pick(0)?.position);
      if (counts === undefined) expect(after).toEqual(order);
    });
    fc.assert(law, runs);
  });

  it("LeastOutstanding gives every member once in a turn when all have the same load", () => {
    const members = membersOf(MEMBERS);
    const algorithm = new LeastOutstanding(members);
    algorithm.reset();
    for (const member of [...members.all, ...members.all]) expect(algorithm.pick(0)).toBe(member);
  });
});

describe("Rotation", () => {
  it("Rotation.rotate gives every member once in a turn", () => {
    const { all } = membersOf(MEMBERS);
    const rotation = rotationOf(all);
    for (const member of [...all, ...all]) expect(rotation.rotate()).toBe(member);
  });

  it("Rotation takes the members of another rotation that was given up", () => {
    const { all } = membersOf(3);
    rotationOf(all.toReversed());
    const rotation = new Rotation();
    expect([rotation.rotate(), rotation.turn(0, 0)]).toEqual([null, null]);
    for (const member of all) rotation.append(member);
    for (const member of [...all, all[0]!]) expect(rotation.rotate()).toBe(member);
  });
});
