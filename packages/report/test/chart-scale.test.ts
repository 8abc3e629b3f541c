import { describe, expect, test } from "vitest";
import { linearScale, logScale, orderedScale, spansDecades } from "../src/charts/chart-scale.js";

const RANGE = { from: 0, to: 100 };

describe("linearScale", () => {
  test("linearScale begins and ends at round numbers, in the unit that the largest needs", () => {
    const { at, ticks } = linearScale([0.012, 0.183], { unit: "s" })(RANGE);
    expect(ticks.map(({ text }) => text)).toEqual(["0 ms", "50 ms", "100 ms", "150 ms", "200 ms"]);
    expect(ticks.map((tick) => tick.at)).toEqual([0, 25, 50, 75, 100]);
    expect(at(0.05)).toBe(25);
  });

  test("linearScale puts what is outside on the nearer end, and NaN nowhere", () => {
    const { at } = linearScale([0, 1], { unit: "1" })({ from: 50, to: 10 });
    expect([at(Infinity), at(-Infinity), at(2), at(Number.NaN)]).toEqual([10, 50, 10, Number.NaN]);
  });

  test("linearScale of one value, of none, and of zeros has room around", () => {
    const texts = (values: readonly number[]): readonly string[] =>
      linearScale(values, { unit: "ratio", ticks: 2 })(RANGE).ticks.map(({ text }) => text);
    expect(linearScale([0.5], { unit: "ratio" })(RANGE).at(0.5)).toBeCloseTo(50, 9);
    expect(texts([])).toEqual(texts([0, 1]));
    expect(texts([0])).toEqual(texts([0, 1]));
    expect(texts([Number.NaN, Infinity])).toEqual(texts([0, 1]));
  });

  test("linearScale shows an unknown unit, cut and inert", () => {
    const [first] = linearScale([0, 1], { unit: "\u202ebananas of the north" })(RANGE).ticks;
    expect(first!.text).toBe("0.0 \\u{202e…");
  });
});

describe("logScale", () => {
  test("logScale gives each power its own unit", () => {
    const { at, ticks } = logScale([0.0008, 12], { unit: "s" })(RANGE);
    expect(ticks.map(({ text }) => text)).toEqual(["1 ms", "10 ms", "100 ms", "1 s", "10 s"]);
    expect(at(0)).toBe(0);
    expect(at(20)).toBe(100);
  });

  test("logScale over less than two decades has ticks at 1, 2 and 5", () => {
    const { ticks } = logScale([0.3, 4], { unit: "1" })(RANGE);
    expect(ticks.map(({ text }) => text)).toEqual(["0.2", "0.5", "1", "2", "5"]);
  });

  test("logScale leaves out what is not above 0", () => {
    const { ticks } = logScale([-1, 0, 1, 100, Infinity], { unit: "1" })(RANGE);
    expect([ticks[0]!.text, ticks.at(-1)!.text]).toEqual(["1", "100"]);
  });
});

describe("spansDecades", () => {
  test("spansDecades says when a linear scale would hide the small values", () => {
    expect(spansDecades([1, 31])).toBe(true);
    expect(spansDecades([1, 30])).toBe(false);
    expect(spansDecades([0, 31])).toBe(false);
    expect(spansDecades([Number.NaN])).toBe(false);
  });
});

describe("orderedScale", () => {
  test("orderedScale gives every text the middle of an equal share", () => {
    const { at, ticks } = orderedScale(["a", "b"])(RANGE);
    expect(ticks).toEqual([
      { at: 25, text: "a" },
      { at: 75, text: "b" },
    ]);
    expect(at(1)).toBe(75);
  });
});
