import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parameterValueAt, type Parameter } from "../src/index.js";

const at = (parameter: Omit<Parameter, "path">, ...positions: readonly number[]): readonly unknown[] =>
  positions.map((position) => parameterValueAt({ path: "x", ...parameter }, position));

describe("parameterValueAt", () => {
  test("parameterValueAt fills a range evenly, or evenly in the logarithm", () => {
    expect(at({ range: [100, 400] }, 0, 0.25, 0.5, 1)).toEqual([100, 175, 250, 400]);
    expect(at({ range: [0.01, 100], scale: "log" }, 0, 0.25, 0.5, 1)).toEqual([0.01, 0.1, 1, 100]);
    expect(at({ range: [-1, 1] }, 0, 0.5, 1)).toEqual([-1, 0, 1]);
  });

  test("parameterValueAt gives whole numbers equal shares, both ends included", () => {
    expect(at({ range: [1, 4], integer: true }, 0, 0.24, 0.25, 0.5, 0.75, 0.99, 1)).toEqual([1, 1, 2, 3, 4, 4, 4]);
    // [1, 2), [2, 4), [4, 8): of the logarithm one third each.
    expect(at({ range: [1, 7], integer: true, scale: "log" }, 0, 0.32, 0.34, 0.66, 0.67, 1)).toEqual([
      1, 1, 2, 3, 4, 7,
    ]);
  });

  test("parameterValueAt gives values equal shares", () => {
    expect(at({ values: ["a", "b"] }, 0, 0.49, 0.5, 1)).toEqual(["a", "a", "b", "b"]);
  });

  test("parameterValueAt rounds to six digits of the range's width, in the logarithm of the value", () => {
    expect(at({ range: [100, 1000] }, 1 / 3, 2 / 7)).toEqual([400, 357.143]);
    expect(at({ range: [100, 101] }, 1 / 7)).toEqual([100.14286]);
    expect(at({ range: [0.001, 0.05] }, 1 / 7)).toEqual([0.008]);
    expect(at({ range: [0, 1e9] }, 1 / 7)).toEqual([142_857_143]);
    expect(at({ range: [0, 1e-200] }, 1 / 7)).toEqual([0]);
    expect(at({ range: [0.001, 1000], scale: "log" }, 1 / 7)).toEqual([0.007_196_86]);
  });

  test("parameterValueAt stays in its range and goes up with the position", () => {
    const ends = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    );
    const position = fc.double({ min: 0, max: 1, noNaN: true });
    const law = fc.property(
      ends,
      position,
      position,
      fc.boolean(),
      fc.boolean(),
      ([start, width], u, v, isLog, integer) => {
        const low = integer ? Math.floor(start) : start;
        const from = isLog ? Math.abs(low) + 1 : low;
        const range = [from, from + (integer ? Math.ceil(width) : width)] as const;
        const parameter = { range, integer, scale: isLog ? "log" : "linear" } as const;
        const [below, above] = at(parameter, Math.min(u, v), Math.max(u, v)) as readonly [number, number];
        expect(below).toBeGreaterThanOrEqual(range[0]);
        expect(above).toBeLessThanOrEqual(range[1]);
        expect(below).toBeLessThanOrEqual(above);
        if (integer) expect(Number.isInteger(below)).toBe(true);
      },
    );
    fc.assert(law, { seed: 3, numRuns: 300 });
  });
});
