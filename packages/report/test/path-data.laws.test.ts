import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPath, linePath, type Place } from "../src/charts/path-data.js";

const NOWHERE = { x: 3, y: Number.NaN };

/** The places of a path again: absolute, in the order they are gone through. */
function placesOf(path: string): readonly Place[] {
  let at = { x: 0, y: 0 };
  return [...path.matchAll(/([Ml])(-?[\d.]+),(-?[\d.]+)/g)].map(([, step, x, y]) => {
    at = step === "M" ? { x: Number(x), y: Number(y) } : { x: at.x + Number(x), y: at.y + Number(y) };
    return at;
  });
}

describe("linePath", () => {
  test("linePath writes steps of tenths, without those that go nowhere", () => {
    const places = [
      { x: 1, y: 10.04 },
      { x: 11.5, y: 9.5 },
      { x: 11.52, y: 9.51 },
      { x: 11, y: 20 },
    ];
    expect(linePath(places)).toBe("M1,10l10.5,-.5l-.5,10.5");
  });

  test("linePath begins anew after a place that is not finite", () => {
    expect(linePath([{ x: 1, y: 1 }, { x: 2, y: 2 }, NOWHERE, { x: 4, y: 4 }])).toBe("M1,1l1,1M4,4");
    expect(linePath([NOWHERE])).toBe("");
  });

  test("linePath goes through every place, rounded to a tenth, however long it is", () => {
    const place = fc.record({ x: fc.integer({ min: -9e4, max: 9e4 }), y: fc.integer({ min: -9e4, max: 9e4 }) });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 300 }), (hundredths) => {
        const path = linePath(hundredths.map(({ x, y }) => ({ x: x / 100, y: y / 100 })));
        const tenths = hundredths.map(({ x, y }) => [Math.round(10 * (x / 100)), Math.round(10 * (y / 100))] as const);
        const distinct = tenths.filter(
          ([x, y], index) => index === 0 || x !== tenths[index - 1]![0] || y !== tenths[index - 1]![1],
        );
        const found = placesOf(path).map(({ x, y }) => [Math.round(10 * x), Math.round(10 * y)]);
        expect(found.map(([x, y]) => `${x} ${y}`)).toEqual(distinct.map(([x, y]) => `${x} ${y}`));
      }),
      { numRuns: 200 },
    );
  });
});

describe("bandPath", () => {
  const line = (y: number): readonly Place[] => [0, 1, 2, 3, 4].map((x) => ({ x, y }));

  test("bandPath goes along the low line and back along the high one", () => {
    expect(bandPath(line(5).slice(0, 2), line(2).slice(0, 2))).toBe("M0,5l1,0l0,-3l-1,0z");
  });

  test("bandPath leaves out places where either line is not finite", () => {
    const gap = line(2).map((place, index) => (index === 2 ? NOWHERE : place));
    const twice = "M0,5l1,0l0,-3l-1,0zM3,5l1,0l0,-3l-1,0z";
    expect(bandPath(line(5), gap)).toBe(twice);
    expect(
      bandPath(
        gap.map(({ x, y }) => ({ x, y: y + 3 })),
        line(2),
      ),
    ).toBe(twice);
  });
});
