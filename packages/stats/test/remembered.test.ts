import { describe, expect, test } from "vitest";
import { remembered } from "../src/remembered.js";

describe("remembered", () => {
  test("remembered computes once for the same numbers, in their order", () => {
    const asked: string[] = [];
    const quotient = remembered((a: number, b: number) => {
      asked.push(`${a}/${b}`);
      return a / b;
    });
    expect([quotient(1, 2), quotient(2, 1), quotient(1, 2), quotient(2, 1)]).toEqual([0.5, 2, 0.5, 2]);
    expect(asked).toEqual(["1/2", "2/1"]);
  });

  test("remembered tells numbers apart that differ in the last bit, and 1, 23 from 12, 3", () => {
    const same = remembered((a: number, b: number) => [a, b]);
    expect(same(0.1 + 0.2, 0)).toEqual([0.1 + 0.2, 0]);
    expect(same(0.3, 0)).toEqual([0.3, 0]);
    expect([same(1, 23), same(12, 3)]).toEqual([
      [1, 23],
      [12, 3],
    ]);
  });

  test("remembered keeps a limited number of results and goes on", () => {
    let computed = 0;
    const square = remembered((x: number) => {
      computed++;
      return x * x;
    });
    for (let round = 0; round < 2; round++) for (let x = 0; x < 1500; x++) expect(square(x)).toBe(x * x);
    expect(computed).toBe(3000);
  });

  test("remembered does not remember what was refused", () => {
    const root = remembered((x: number) => {
      if (x < 0) throw new RangeError("x must be >= 0");
      return Math.sqrt(x);
    });
    for (let round = 0; round < 2; round++) expect(() => root(-1)).toThrow(RangeError);
    expect(root(4)).toBe(2);
  });
});
