import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPath, linePath, type Place } from "../src/charts/path-data.js";

const NOWHERE = { x: 3, y: Number.NaN };

/** The places of a path again, by the grammar of SVG: absolute, in the order they are gone through. */
function placesOf(path: string): readonly Place[] {
  return [...path.matchAll(/M([^Mz]*)/g)].flatMap(([, run]) => {
    const numbers = [...run!.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([number]) => Number(number));
    let at = { x: 0, y: 0 };
    return numbers.flatMap((x, index) => {
      if (index % 2 === 1) return [];
      at = { x: at.x + x, y: at.y + numbers[index + 1]! };
      return [at];
    });
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
    expect(linePath(places)).toBe("M1 10l10.5-.5-.5 10.5");
  });

  test("linePath begins anew after a place that is not finite", () => {
    expect(linePath([{ x: 1, y: 1 }, { x: 2, y: 2 }, NOWHERE, { x: 4, y: 4 }])).toBe("M1 1l1 1M4 4");
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
  test("bandPath rounds to half a pixel", () => {
    const low = [
      { x: 0.2, y: 5.3 },
      { x: 1.6, y: 5.1 },
    ];
    expect(
      bandPath(
        low,
        low.map(({ x, y }) => ({ x, y: y - 1.4 })),
      ),
    ).toBe("M0 5.5l1.5-.5 0-1.5-1.5.5z");
  });

  const line = (y: number): readonly Place[] => [0, 1, 2, 3, 4].map((x) => ({ x, y }));

  test("bandPath goes along the low line and back along the high one", () => {
    expect(bandPath(line(5).slice(0, 2), line(2).slice(0, 2))).toBe("M0 5l1 0 0-3-1 0z");
  });

  test("bandPath leaves out places where either line is not finite", () => {
    const gap = line(2).map((place, index) => (index === 2 ? NOWHERE : place));
    const twice = "M0 5l1 0 0-3-1 0zM3 5l1 0 0-3-1 0z";
    expect(bandPath(line(5), gap)).toBe(twice);
    expect(
      bandPath(
        gap.map(({ x, y }) => ({ x, y: y + 3 })),
        line(2),
      ),
    ).toBe(twice);
  });
});
