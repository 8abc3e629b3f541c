import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countPoints, expandDesign, type ParameterValue } from "../src/index.js";

const scalar = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom("1", "true", "a=1,b", "~"),
);
const value: fc.Arbitrary<ParameterValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.oneof(scalar, fc.string({ minLength: 60, maxLength: 100 })), {
    maxKeys: 3,
  }),
);
const values = fc.uniqueArray(value, { selector: (item) => JSON.stringify(item), minLength: 1, maxLength: 6 });
const parameters = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,12}$/), values, { maxKeys: 3 })
  .map((lists) =>
    Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, { path: name, values: list }])),
  );

describe("expandDesign", () => {
  test("expandDesign gives a grid as many points as it counts, each with an id of its own of at most 80 characters", () => {
    fc.assert(
      fc.property(parameters, (named) => {
        const points = expandDesign({ scenario: "s", parameters: named });
        expect(points).toHaveLength(countPoints({ parameters: named }));
        expect(new Set(points.map(({ point_id }) => point_id)).size).toBe(points.length);
        expect(points.every(({ point_id }) => point_id.length <= 80)).toBe(true);
        for (const point of points) expect(Object.keys(point.parameters)).toEqual(Object.keys(named));
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
