import { describe, expect, it } from "vitest";
import type { Algorithm } from "../../src/kernel/balancing/algorithm.js";
import { BestOfFew } from "../../src/kernel/balancing/best-of-few.js";
import { Locality } from "../../src/kernel/balancing/locality.js";
import type { Members } from "../../src/kernel/balancing/members.js";
import { PeakEwma } from "../../src/kernel/balancing/peak-ewma.js";
import { RandomChoice } from "../../src/kernel/balancing/random-choice.js";
import { RoundRobin } from "../../src/kernel/balancing/round-robin.js";
import { Weighted } from "../../src/kernel/balancing/weighted.js";
import { WeightedRandom } from "../../src/kernel/balancing/weighted-random.js";
import { membersOf, numbers, streamOf } from "./members-of.js";

/** The members that an algorithm picks one after the other, as letters; a dot where it picks none. */
function picks(algorithm: Algorithm, count: number, now = 0): string {
  return Array.from({ length: count }, () => letterOf(algorithm, now)).join("");
}

function letterOf(algorithm: Algorithm, now: number): string {
  const member = algorithm.pick(now);
  return member === null ? "." : "abcdefghij"[member.position]!;
}

/** A stream of these variates, again and again. */
function cycle(...values: readonly number[]): ReturnType<typeof streamOf> {
  let k = 0;
  return streamOf(() => values[k++ % values.length]!);
}

/** Takes a member out of service, or puts it back. */
function setAvailable(members: Members, algorithm: Algorithm, position: number, available: boolean): void {
  const member = members.all[position]!;
  members.setAvailable(member, available);
  if (available) algorithm.join(member);
  else algorithm.leave(member);
}

describe("Weighted", () => {
  it("Weighted gives nginx's own example: 5, 1, 1", () => {
    const algorithm = new Weighted(numbers(5, 1, 1), membersOf(3));
    algorithm.reset();
    expect(picks(algorithm, 14)).toBe("aabacaaaabacaa");
  });

  it("Weighted gives 4, 3, 2 by hand", () => {
    // 4 3 2 -> a; -1 6 4 -> b; 3 0 6 -> c; 7 3 -1 -> a; 2 6 1 -> b; 6 0 3 -> a; 1 3 5 -> c; 5 6 -2 -> b; 9 0 0 -> a.
    const algorithm = new Weighted(numbers(4, 3, 2), membersOf(3));
    algorithm.reset();
    expect(picks(algorithm, 18)).toBe("abcabacbaabcabacba");
  });

  it("Weighted with equal weights is round robin while nobody leaves, and picks none when nobody is left", () => {
    const members = membersOf(4);
    const algorithm = new Weighted(numbers(1, 1, 1, 1), members);
    const turns = new RoundRobin(members);
    algorithm.reset();
    turns.reset();
    expect(picks(algorithm, 40)).toBe(picks(turns, 40));
    for (const { position } of members.all) setAvailable(members, algorithm, position, false);
    expect(picks(algorithm, 1)).toBe(".");
  });

  it("Weighted forgets what a member had when it left", () => {
    const members = membersOf(2);
    const algorithm = new Weighted(numbers(3, 1), members);
    algorithm.reset();
    expect(picks(algorithm, 1)).toBe("a");
    setAvailable(members, algorithm, 0, false);
    expect(picks(algorithm, 3)).toBe("bbb");
    setAvailable(members, algorithm, 0, true);
    // b has 1 of its own; a begins with nothing: 3 2 -> a; 2 3 -> b.
    expect(picks(algorithm, 2)).toBe("ab");
  });
});

describe("RandomChoice", () => {
  it("RandomChoice divides [0, 1) among those that are available", () => {
    const members = membersOf(4);
    const algorithm = new RandomChoice(numbers(0), members, [cycle(0, 0.24, 0.25, 0.5, 0.75, 0.999)]);
    expect(picks(algorithm, 6)).toBe("aabcdd");
    setAvailable(members, algorithm, 1, false);
    // Three are left: a below 1/3, c below 2/3, d above.
    expect(picks(algorithm, 6)).toBe("aaacdd");
    for (const { position } of members.all) setAvailable(members, algorithm, position, false);
    expect(picks(algorithm, 1)).toBe(".");
  });
});

describe("WeightedRandom", () => {
  it("WeightedRandom divides [0, 1) in proportion to the weights of those that are available", () => {
    const members = membersOf(4);
    const algorithm = new WeightedRandom(numbers(1, 2, 3, 4, 0), members, [cycle(0.09, 0.1, 0.29, 0.3, 0.59, 0.6)]);
    algorithm.reset();
    expect(picks(algorithm, 6)).toBe("abbccd");
    setAvailable(members, algorithm, 2, false);
    // a below 1/7, b below 3/7, d above.
    expect(picks(algorithm, 6)).toBe("aabbdd");
    setAvailable(members, algorithm, 2, true);
    expect(picks(algorithm, 6)).toBe("abbccd");
  });
});

describe("BestOfFew", () => {
  it("BestOfFew draws without replacement and takes the less loaded, the first drawn of two", () => {
    const members = membersOf(4);
    members.all[0]!.outstanding = 2;
    members.all[1]!.outstanding = 1;
    members.all[2]!.outstanding = 1;
    members.all[3]!.outstanding = 3;
    // The second variate chooses among the others with the first one swapped away: a and b, c and b, d and a, a and d.
    const draws = [0, 0, 0.5, 0.4, 0.99, 0.99, 0, 0.99];
    const algorithm = new BestOfFew(numbers(0, 2), members, [cycle(...draws)]);
    expect(picks(algorithm, 4)).toBe("bcaa");
  });

  it("BestOfFew of all is the least loaded, whatever the draws", () => {
    const members = membersOf(5);
    for (const member of members.all) member.outstanding = (member.position * 3 + 1) % 5;
    let state = 1;
    const chance = streamOf(() => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647);
    for (const choices of [5, 6, 100]) {
      expect(picks(new BestOfFew(numbers(0, choices), members, [chance]), 50)).toBe("d".repeat(50));
    }
    expect(members.available).toEqual(members.all);
  });

  it("BestOfFew of one is a random choice", () => {
    const members = membersOf(4);
    members.all[0]!.outstanding = 100;
    const algorithm = new BestOfFew(numbers(0, 1), members, [cycle(0, 0.25, 0.5, 0.75)]);
    expect(picks(algorithm, 4)).toBe("abcd");
  });
});

describe("PeakEwma", () => {
  it("PeakEwma takes a peak at once, comes down over its decay, and multiplies by what is outstanding", () => {
    const members = membersOf(2);
    // Always both, a first; decay 10 s.
    const algorithm = new PeakEwma(numbers(0, 2, 10), members, [cycle(0)]);
    algorithm.reset();
    const [a, b] = members.all as [(typeof members.all)[0], (typeof members.all)[0]];
    algorithm.answered(a, 0.1, 0);
    algorithm.answered(b, 0.15, 0);
    expect(picks(algorithm, 1)).toBe("a");
    a.outstanding = 1;
    // 0.1 x 2 against 0.15 x 1.
    expect(picks(algorithm, 1)).toBe("b");
    a.outstanding = 0;
    algorithm.answered(a, 0.3, 0);
    expect(picks(algorithm, 1)).toBe("b");
    // After 10 s a quick answer has the weight 1 - 1/e: 0.3 / e + 0.01 (1 - 1/e) = 0.1167 > 0.15 / e = 0.0552.
    algorithm.answered(a, 0.01, 10);
    expect(picks(algorithm, 1, 10)).toBe("b");
    b.outstanding = 1;
    // 0.1167 > 0.1104.
    expect(picks(algorithm, 1, 10)).toBe("b");
    b.outstanding = 2;
    expect(picks(algorithm, 1, 10)).toBe("a");
  });

  it("PeakEwma tries a member that has not answered yet with one request and no more", () => {
    const members = membersOf(2);
    const algorithm = new PeakEwma(numbers(0, 2, 10), members, [cycle(0)]);
    algorithm.reset();
    const [a, b] = members.all as [(typeof members.all)[0], (typeof members.all)[0]];
    algorithm.answered(a, 5, 0);
    expect(picks(algorithm, 1)).toBe("b");
    b.outstanding = 1;
    expect(picks(algorithm, 1)).toBe("a");
  });
});

describe("Locality", () => {
  it("Locality takes turns at home, and elsewhere only while nobody at home is available", () => {
    const members = membersOf(5);
    const algorithm = new Locality(numbers(0, 1, 0, 1, 0), members);
    algorithm.reset();
    expect(picks(algorithm, 4)).toBe("bdbd");
    setAvailable(members, algorithm, 1, false);
    expect(picks(algorithm, 3)).toBe("ddd");
    setAvailable(members, algorithm, 3, false);
    expect(picks(algorithm, 4)).toBe("acea");
    setAvailable(members, algorithm, 1, true);
    expect(picks(algorithm, 3)).toBe("bbb");
  });
});

describe("Member", () => {
  it("Member takes a share that grows linearly from when it comes back", () => {
    const members = membersOf(2, { slow_start_s: 10 });
    const algorithm = new RoundRobin(members);
    algorithm.reset();
    expect(picks(algorithm, 4)).toBe("abab");
    members.all[1]!.start(100);
    const shares = [100, 102.5, 105, 110].map((now) => {
      // Of the turns that are b's, the share that it takes.
      const turns = picks(algorithm, 300, now);
      const taken = turns.split("b").length - 1;
      return taken / (300 - taken);
    });
    expect(shares[0]).toBe(0);
    expect(shares[1]).toBeCloseTo(0.25, 2);
    expect(shares[2]).toBeCloseTo(0.5, 2);
    expect(shares[3]).toBe(1);
  });

  it("Member that warms up takes what comes when nobody else is there", () => {
    const members = membersOf(2, { slow_start_s: 10 });
    const algorithm = new RoundRobin(members);
    algorithm.reset();
    for (const member of members.all) member.start(0);
    expect(picks(algorithm, 10, 0.001)).not.toContain(".");
  });

  it("Member that warms up costs in proportion more, and weighs less", () => {
    const [member] = membersOf(1, { slow_start_s: 10 }).all;
    member!.start(0);
    member!.outstanding = 2;
    expect(member!.cost(5)).toBe(6);
    expect(member!.cost(10)).toBe(3);
    const members = membersOf(2, { slow_start_s: 10 });
    members.all[1]!.start(0);
    const algorithm = new Weighted(numbers(1, 1), members);
    algorithm.reset();
    expect(picks(algorithm, 6, 5)).toBe("abaaba");
  });

  it("Member.load is as it was at the last refresh", () => {
    const [member] = membersOf(1, { refresh_s: 1 }).all;
    member!.send(0.1);
    member!.send(0.2);
    expect(member!.load(0.9)).toBe(0);
    expect(member!.load(1)).toBe(2);
    member!.settle(1.5);
    expect(member!.load(1.9)).toBe(2);
    // Nothing happens for long: what stood at 1.5 stands.
    expect(member!.load(7.3)).toBe(1);
    member!.send(7.4);
    expect(member!.load(7.5)).toBe(1);
    expect(member!.load(8)).toBe(2);
  });
});
