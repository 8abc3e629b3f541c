import { describe, expect, it } from "vitest";
import { streamKey, streamState } from "../src/random/stream-key.js";

const seed = 20_261_121;
const lanes = (component: string, purpose: string, root = seed, replication = 0): string =>
  streamState(streamKey(component, purpose), root, replication).join(" ");

/** The 128 bits of a state, as 0 and 1. */
function bitsOf(state: readonly number[]): readonly number[] {
  return state.flatMap((word) => Array.from({ length: 32 }, (_, bit) => (word >>> bit) & 1));
}

describe("streamKey", () => {
  it("streamKey gives one name one key", () => {
    expect(streamKey("app-1", "latency")).toEqual(streamKey("app-1", "latency"));
  });

  it("streamKey does not collide when two names join to the same text", () => {
    const splits = [
      ["", "abc"],
      ["a", "bc"],
      ["ab", "c"],
      ["abc", ""],
      ["a", "b\u0000c"],
      ["a\u0000b", "c"],
      ["\u0001a", "bc"],
    ] as const;
    expect(new Set(splits.map(([component, purpose]) => lanes(component, purpose))).size).toBe(splits.length);
  });

  it("streamKey tells apart 20,000 similar names", () => {
    const names = Array.from({ length: 10_000 }, (_, k) => [
      lanes(`app-${k}`, "latency"),
      lanes("app", `work#${k}`),
    ]).flat();
    expect(new Set(names).size).toBe(20_000);
    // The first lane alone has 32 bits: of 20,000 names 0.05 pairs agree in it by chance.
    expect(new Set(names.map((name) => name.split(" ")[0])).size).toBeGreaterThanOrEqual(19_998);
  });
});

describe("streamState", () => {
  it("streamState differs in component, purpose, seed and replication", () => {
    const states = [
      lanes("app", "latency"),
      lanes("api", "latency"),
      lanes("app", "dropout"),
      lanes("latency", "app"),
      lanes("app", "latency", seed + 1),
      lanes("app", "latency", seed + 4_294_967_296),
      lanes("app", "latency", seed, 1),
      lanes("app", "latency", seed + 1, 1),
    ];
    expect(new Set(states).size).toBe(states.length);
  });

  it("streamState uses all 53 bits of the seed", () => {
    const states = Array.from({ length: 53 }, (_, bit) => lanes("app", "latency", 2 ** bit));
    expect(new Set([...states, lanes("app", "latency", 0)]).size).toBe(54);
  });

  it("streamState flips half of the bits when one bit of the seed or the replication flips", () => {
    const key = streamKey("app", "latency");
    const flips = new Float64Array(128);
    let smallest = 128;
    const inputs = 4000;
    for (let input = 0; input < inputs; input++) {
      const root = input * 2_097_153;
      const bit = input % 64;
      const changed = bit < 32 ? root + (Math.floor(root / 2 ** bit) % 2 === 0 ? 1 : -1) * 2 ** bit : root;
      const replication = bit < 32 ? 7 : (7 ^ (1 << (bit - 32))) >>> 0;
      const before = bitsOf(streamState(key, root, 7));
      const after = bitsOf(streamState(key, changed, replication));
      let flipped = 0;
      for (const [position, value] of before.entries()) {
        if (value === after[position]) continue;
        flips[position]!++;
        flipped++;
      }
      smallest = Math.min(smallest, flipped);
    }
    // 128 binomials of 4,000 trials: 4.5 standard deviations are 0.0356. Of 4,000 distances the least is 64 - 5 sqrt(32).
    for (const count of flips) expect(Math.abs(count / inputs - 0.5)).toBeLessThan(0.0356);
    expect(smallest).toBeGreaterThan(64 - 5 * Math.sqrt(32));
  });

  it("streamState of neighbouring replications and neighbouring seeds is uncorrelated", () => {
    const key = streamKey("source", "gaps");
    const correlate = (next: (k: number) => readonly number[]): number => {
      let sum = 0;
      let previous = bitsOf(next(0));
      for (let k = 1; k <= 4000; k++) {
        const bits = bitsOf(next(k));
        for (const [position, value] of bits.entries()) sum += value === previous[position] ? 1 : -1;
        previous = bits;
      }
      return sum / (4000 * 128);
    };
    // Sum of 512,000 signs: 4 standard deviations of the mean are 0.0056.
    expect(Math.abs(correlate((k) => streamState(key, seed, k)))).toBeLessThan(0.0056);
    expect(Math.abs(correlate((k) => streamState(key, seed + k, 0)))).toBeLessThan(0.0056);
  });

  it("streamState keeps its frozen states", () => {
    // Not right or wrong: every result changes with them, so a change needs a new ENGINE_VERSION.
    expect(streamState(streamKey("", ""), 0, 0)).toEqual([-167_655_409, -157_544_506, 1_774_755_701, 1_155_371_503]);
    expect(streamState(streamKey("source", "gaps"), 20_261_121, 0)).toEqual([
      -732_219_675, -1_113_320_650, 1_745_838_970, 644_823_634,
    ]);
    expect(streamState(streamKey("source", "gaps"), 20_261_121, 1)).toEqual([
      1_679_794_251, -788_539_676, -1_966_311_726, 861_825_864,
    ]);
    expect(streamState(streamKey("app-1", "work#0"), 9_007_199_254_740_991, 12_345)).toEqual([
      -1_743_373_187, 1_618_737_035, -1_212_242_807, 1_690_284_219,
    ]);
  });
});
