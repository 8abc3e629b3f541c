import { describe, expect, it } from "vitest";
import { ZIGGURAT } from "../src/random/exponential.js";

const LAYERS = 256;
const POSITIONS = 2 ** 50;

describe("ziggurat", () => {
  it("The edge of each layer is the first position that is not below the right end of the layer above", () => {
    const scale = ZIGGURAT.subarray(0, LAYERS);
    const edge = ZIGGURAT.subarray(LAYERS, 2 * LAYERS);
    for (let layer = 0; layer < LAYERS; layer++) {
      const above = layer + 1 < LAYERS ? scale[layer + 1]! * POSITIONS : 0;
      expect(edge[layer]! * scale[layer]!).toBeGreaterThanOrEqual(above);
      if (edge[layer]! > 0) expect((edge[layer]! - 1) * scale[layer]!).toBeLessThan(above);
    }
  });

  it("Heights are those of the density at the right ends, and the tail begins at that of layer 1", () => {
    const height = ZIGGURAT.subarray(2 * LAYERS, 3 * LAYERS + 1);
    const tail = ZIGGURAT.at(-1)!;
    expect(ZIGGURAT).toHaveLength(3 * LAYERS + 2);
    expect(tail).toBe(ZIGGURAT[1]! * POSITIONS);
    for (let layer = 0; layer < LAYERS; layer++) expect(height[layer]).toBe(Math.exp(-ZIGGURAT[layer]! * POSITIONS));
    expect(height[LAYERS]).toBe(1);
  });
});
