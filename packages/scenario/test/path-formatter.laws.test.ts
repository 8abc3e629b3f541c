import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { setParameter } from "../src/index.js";
import { valueAt, type DataPath } from "../src/path/data-path.js";
import { pathFormatter } from "../src/path/path-formatter.js";

const key = fc.stringMatching(/^[a-z_]{1,6}$/).filter((text) => !["constructor", "prototype"].includes(text));
const id = fc.oneof(key, fc.constantFrom("a.b", "/api", "0", "12", "x]", "", "<b>", "dup", "dup"));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, fc.integer(), tie("mapping"), tie("list")),
  mapping: fc.dictionary(key, tie("tree"), { minKeys: 1, maxKeys: 4 }),
  list: fc.array(
    fc.oneof(
      fc.integer(),
      fc.tuple(id, tie("mapping")).map(([name, item]) => ({ ...(item as object), id: name })),
    ),
    { minLength: 1, maxLength: 4 },
  ),
}));

function pathsOf(data: unknown, prefix: DataPath = []): readonly DataPath[] {
  if (typeof data !== "object" || data === null) return prefix.length === 0 ? [] : [prefix];
  return Object.entries(data).flatMap(([name, item]) =>
    pathsOf(item, [...prefix, Array.isArray(data) ? Number(name) : name]),
  );
}

describe("pathFormatter", () => {
  test("pathFormatter writes paths that setParameter finds again", () => {
    const marker = { found: true };
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }), (data) => {
        const format = pathFormatter(data);
        for (const path of pathsOf(data)) {
          expect(valueAt(setParameter(data, format(path), marker), path)).toBe(marker);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
