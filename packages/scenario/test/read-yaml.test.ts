import { describe, expect, test } from "vitest";
import { formatProblem } from "../src/index.js";
import { MAX_TEXT_LENGTH, readYaml } from "../src/yaml/read-yaml.js";

function problemsOf(text: string): readonly string[] {
  return readYaml(text, "").problems.map(formatProblem);
}

/** Ten levels of nine aliases: 9^10 values from a kilobyte. */
function aliasBomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level <= 10; level++) {
    const aliases = Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ");
    lines.push(`a${level}: &a${level} [${aliases}]`);
  }
  return lines.join("\n");
}

describe("readYaml", () => {
  test("readYaml expands aliases and merge keys", () => {
    const { data } = readYaml("a: &a { x: 1, y: 2 }\nb: *a\nc: { <<: *a, y: 3 }\nd: { <<: [*a, { z: 4 }] }", "");
    expect(data).toEqual({ a: { x: 1, y: 2 }, b: { x: 1, y: 2 }, c: { x: 1, y: 3 }, d: { x: 1, y: 2, z: 4 } });
  });

  test("readYaml takes a quoted << for a key like any other", () => {
    expect(readYaml('"<<": { x: 1 }', "").data).toEqual({ "<<": { x: 1 } });
  });

  test("readYaml follows merged keys to their place", () => {
    const { locate } = readYaml("a: &a\n  x: 1\nb:\n  <<: *a\n  y: 2", "");
    expect(locate(["b", "x"], "key")).toEqual({ line: 2, column: 3 });
    expect(locate(["b", "x"], "value")).toEqual({ line: 2, column: 6 });
    expect(locate(["b", "y"], "value")).toEqual({ line: 5, column: 6 });
    expect(locate(["b", "missing", "deep"], "value")).toEqual({ line: 4, column: 3 });
  });

  test.each([
    ["an empty anchor", "a: *b", "1:4: alias *b must come after an anchor &b"],
    ["an alias before its anchor", "a: *b\nb: &b 1", "1:4: alias *b must come after an anchor &b"],
    ["an alias inside its anchor", "a: &a [1, *a]", "1:11: alias *a must not stand inside its own anchor"],
    ["a merge of a number", "<<: 5", "1:5: merge key << must merge a mapping or a list of mappings"],
    ["a mapping as a key", "? { a: 1 }\n: 2", "1:3: key must be a text or a number"],
    ["no key", ": 2", "1:1: key must be a text or a number"],
    ["a key given twice", "a: 1\nb: 2\na: 3", '3:1: key must be given once: current key is "a" again'],
    ["a second document", "a: 1\n---\nb: 2", "2:1: must be one document: a second one begins here"],
    ["an unknown tag", "a: !!js/function x", "1:4: must be valid YAML: Unresolved tag: tag:yaml.org,2002:js/function"],
    [
      "a list that does not end",
      "a: [1, 2",
      "1:9: must be valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "a path with brackets that is not quoted, once for all that follows from it",
      "p:\n  pool: { path: nodes.databases[db].size, values: [1, 2] }\n  other: { path: a, values: [1] }\nbaseline: { pool: 1 }",
      '2:32: must be valid YAML: a text with brackets must stand in quotes here, such as a path: "nodes.servers[api].id"',
    ],
    [
      "braces in a text",
      "a: { b: c{d} }",
      '1:10: must be valid YAML: a text with braces must stand in quotes here, such as a path: "nodes.servers[api].id"',
    ],
    [
      "what is wrong twice, at its first place",
      "a: ]\nb: [1\n",
      '1:4: must be valid YAML: Unexpected flow-seq-end token in YAML stream: "]"',
    ],
    ["deep nesting", "[".repeat(10_000), "1:162: nesting must be at most 160 levels deep"],
    ["deep nesting in blocks", "- ".repeat(10_000), "1:322: nesting must be at most 160 levels deep"],
    [
      "an alias bomb",
      aliasBomb(),
      "1:1: aliases must not expand to more than 200000 values: current number is 39716653577",
    ],
    [
      "too many aliases",
      `a: &a 1\nb: [${"*a, ".repeat(10_001)}]`,
      "1:1: aliases must be at most 10000: current number is 10001",
    ],
    [
      "a long text",
      "a".repeat(MAX_TEXT_LENGTH + 1),
      "text must be at most 4194304 characters long: current value is 4194305",
    ],
  ])("readYaml refuses %s", (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test("readYaml allows an anchor that is used thousands of times", () => {
    const { data, problems } = readYaml(`a: &a 1\nb: [${"*a, ".repeat(5000)}]`, "");
    expect(problems).toEqual([]);
    expect((data as { b: unknown[] }).b).toHaveLength(5000);
  });

  test("readYaml does not let __proto__ reach a prototype", () => {
    const { data } = readYaml("__proto__: { polluted: 1 }\na: { <<: { __proto__: { polluted: 1 } } }", "");
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });

  test("readYaml gives no data for an empty text", () => {
    expect(readYaml("", "")).toMatchObject({ data: null, problems: [] });
  });

  test("readYaml answers within the runner's time limit for texts that are long and strange", () => {
    const texts = [
      Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join("\n"),
      `a: &a 1\nb: [${"*a, ".repeat(30_000)}]`,
      `a: &a [${"x, ".repeat(1000)}]\nb: [${"*a, ".repeat(10_000)}]`,
      "---\n".repeat(30_000),
      "? ".repeat(30_000),
    ];
    for (const text of texts) expect(readYaml(text, "")).toHaveProperty("problems");
  });
});
