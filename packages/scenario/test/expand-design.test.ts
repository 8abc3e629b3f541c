import { describe, expect, test } from "vitest";
import { expandDesign, type Sweep } from "../src/index.js";
import { fnv1a } from "../src/sweep/fnv1a.js";

function idsOf(sweep: Omit<Sweep, "scenario">): readonly string[] {
  return expandDesign({ scenario: "s", ...sweep }).map(({ point_id }) => point_id);
}

describe("expandDesign", () => {
  test("expandDesign lets the last parameter of a grid vary fastest", () => {
    const parameters = { users: { path: "u", values: [100, 200] }, cores: { path: "c", values: [1, 2] } };
    expect(idsOf({ parameters })).toEqual([
      "users=100,cores=1",
      "users=100,cores=2",
      "users=200,cores=1",
      "users=200,cores=2",
    ]);
  });

  test("expandDesign takes the values of a zip together", () => {
    const parameters = { users: { path: "u", values: [100, 200] }, cores: { path: "c", values: [1, 2] } };
    expect(expandDesign({ scenario: "s", parameters, design: "zip" })).toEqual([
      { point_id: "users=100,cores=1", parameters: { users: 100, cores: 1 } },
      { point_id: "users=200,cores=2", parameters: { users: 200, cores: 2 } },
    ]);
  });

  test("expandDesign gives one point to a sweep without parameters", () => {
    expect(expandDesign({ scenario: "s" })).toEqual([{ point_id: "base", parameters: {} }]);
    expect(idsOf({ parameters: {}, design: "zip" })).toEqual(["base"]);
  });

  test("expandDesign shows mappings as compact JSON and tells texts from numbers", () => {
    const values = [{ distribution: "gamma", mean: 0.1 }, "plain", "5", 5, "true", true, "a,b=c", ""];
    expect(idsOf({ parameters: { x: { path: "x", values } } })).toEqual([
      'x={"distribution":"gamma","mean":0.1}',
      "x=plain",
      'x="5"',
      "x=5",
      'x="true"',
      "x=true",
      'x="a,b=c"',
      'x=""',
    ]);
  });

  test("expandDesign shortens long ids to 80 characters that end in their hash", () => {
    const [id] = idsOf({ parameters: { x: { path: "x", values: ["y".repeat(100)] } } });
    expect(id).toBe(`x=${"y".repeat(69)}~${fnv1a(`x=${"y".repeat(100)}`)}`);
    expect(id).toHaveLength(80);
  });
});

describe("fnv1a", () => {
  test("fnv1a agrees with the published vectors", () => {
    // Fowler, Noll and Vo: 32-bit FNV-1a of "", "a", "foobar".
    expect(["", "a", "foobar"].map(fnv1a)).toEqual(["811c9dc5", "e40c292c", "bf9cf968"]);
  });

  test("fnv1a hashes the UTF-8 bytes", () => {
    const bytesOf = (text: string) => {
      let hash = 0x811c9dc5;
      for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, "0");
    };
    for (const text of ["é", "€", "𝄞", "a é € 𝄞 z"]) expect(fnv1a(text)).toBe(bytesOf(text));
  });
});
