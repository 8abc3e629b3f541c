import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeBalancer } from "../../src/encode/encode-balancer.js";
import { StreamSet } from "../../src/encode/stream-set.js";
import { ConsistentHash } from "../../src/kernel/balancing/consistent-hash.js";
import { keyPosition, RING_LENGTH } from "../../src/kernel/balancing/key-position.js";
import type { Members } from "../../src/kernel/balancing/members.js";
import { membersOf, numbers, streamOf } from "./members-of.js";

const runs = { seed: 20_261_121, numRuns: 100 };
const KEYS = 5000;

/** A hash whose requests have the keys 0, 1, ... in turn, and its members. */
function hashOf(count: number, load_factor: number, virtual_nodes = 100): readonly [ConsistentHash, Members] {
  const edges = Array.from({ length: count }, (_, index) => ({ id: `balancer-app-${index}`, index }));
  const keys = { kind: "constant", value: 0 } as const;
  const plan = { id: "balancer", algorithm: "consistent_hash", load_factor, virtual_nodes, keys } as const;
  // Two options, the members, no health check, no ejection, which algorithm.
  const encoded = encodeBalancer(plan, edges, new StreamSet()).slice(3 + count + 3);
  const members = membersOf(count);
  let key = 0;
  return [new ConsistentHash(numbers(...encoded), members, [streamOf(() => key++ % KEYS)]), members];
}

/** Which member each key goes to. */
function ownersOf(hash: ConsistentHash): readonly number[] {
  return Array.from({ length: KEYS }, () => hash.pick(0)!.position);
}

describe("ConsistentHash", () => {
  it("ConsistentHash moves the keys of a member that leaves and no other, to all the others", () => {
    for (const count of [2, 5, 20]) {
      const [hash, members] = hashOf(count, Infinity);
      const before = ownersOf(hash);
      members.setAvailable(members.all[1]!, false);
      const after = ownersOf(hash);
      const moved = before.flatMap((owner, key) => (owner === after[key] ? [] : [key]));
      expect(moved.every((key) => before[key] === 1)).toBe(true);
      expect(after).not.toContain(1);
      // With 100 places each a share varies by a tenth or so around 1 / n.
      expect((moved.length / KEYS) * count).toBeGreaterThan(0.65);
      expect((moved.length / KEYS) * count).toBeLessThan(1.35);
      expect(new Set(moved.map((key) => after[key])).size).toBe(count - 1);
      members.setAvailable(members.all[1]!, true);
      expect(ownersOf(hash)).toEqual(before);
    }
  });

  it("ConsistentHash without bound gives a key to one member always, whatever its load", () => {
    const [hash, members] = hashOf(4, Infinity);
    const before = ownersOf(hash);
    for (const member of members.all) member.outstanding = 1000 * member.position;
    members.outstanding = 6000;
    expect(ownersOf(hash)).toEqual(before);
  });

  it("ConsistentHash keeps every load at ceil(c m / n), m with the new request, while requests come and go", () => {
    const operations = fc.array(fc.oneof(fc.constant(-1), fc.nat(1000)), { minLength: 50, maxLength: 400 });
    const law = fc.property(operations, fc.constantFrom(1, 1.25, 2), fc.integer({ min: 1, max: 9 }), (list, c, n) => {
      const [hash, members] = hashOf(n, c, 7);
      const out: number[] = [];
      for (const operation of list) {
        if (operation < 0 || out.length === 0) {
          const member = hash.pick(0)!;
          member.send(0);
          members.outstanding += 1;
          out.push(member.position);
          expect(member.outstanding).toBeLessThanOrEqual(Math.ceil((c * members.outstanding) / n));
        } else {
          const [position] = out.splice(operation % out.length, 1);
          members.all[position!]!.settle(0);
          members.outstanding -= 1;
        }
      }
    });
    fc.assert(law, runs);
  });

  it("ConsistentHash without bound breaks the bound of 1.25 under the same requests: the bound is what keeps it", () => {
    const worst = [1.25, Infinity].map((c) => {
      const [hash, members] = hashOf(9, c, 7);
      for (let k = 0; k < 900; k++) {
        hash.pick(0)!.send(0);
        members.outstanding += 1;
      }
      return Math.max(...members.all.map(({ outstanding }) => outstanding));
    });
    expect(worst[0]).toBe(125);
    expect(worst[1]).toBeGreaterThan(125);
  });

  it("ConsistentHash picks nobody when nobody is available", () => {
    const [hash, members] = hashOf(2, 1.25);
    for (const member of members.all) members.setAvailable(member, false);
    expect(hash.pick(0)).toBe(null);
  });

  it("ConsistentHash of members that all warm up picks one", () => {
    const members = membersOf(2, { slow_start_s: 10 });
    const [, others] = hashOf(2, 1.25);
    expect(others.all).toHaveLength(2);
    for (const member of members.all) member.start(0);
    const hash = new ConsistentHash(numbers(0, 1.25, 2, 100, 200, 0, 1), members, [streamOf(() => 1)]);
    for (const member of members.all) member.outstanding = 1;
    members.outstanding = 2;
    expect(hash.pick(0.001)).not.toBe(null);
  });
});

describe("keyPosition", () => {
  it("keyPosition is within the ring and spreads neighbouring keys evenly", () => {
    const cells = new Float64Array(64);
    const count = 64_000;
    for (let key = 0; key < count; key++) {
      const position = keyPosition(key);
      expect(position >= 0 && position < RING_LENGTH && Number.isInteger(position)).toBe(true);
      cells[Math.floor((position / RING_LENGTH) * 64)]! += 1;
    }
    const expected = count / 64;
    const statistic = cells.reduce((sum, found) => sum + ((found - expected) * (found - expected)) / expected, 0);
    // Chi-square with 63 degrees of freedom: 99.9 % are below 103.4.
    expect(statistic).toBeLessThan(103.4);
  });
});
