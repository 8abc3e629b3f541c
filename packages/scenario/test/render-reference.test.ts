import { describe, expect, test } from "vitest";
import { renderReference, scenarioJsonSchema, sweepJsonSchema } from "../src/index.js";

describe("renderReference", () => {
  test("renderReference renders keys, types, defaults, definitions and ways", () => {
    const schema = {
      description: "A box.",
      properties: {
        size: { $ref: "#/$defs/Size" },
        colour: { enum: ["red", "green"], default: "red", description: "Red | green." },
        tags: { type: "array", items: { type: "string" }, description: "Tags." },
      },
      required: ["size"],
      $defs: {
        Size: {
          description: "How large.",
          properties: {
            width: { type: "number", exclusiveMinimum: 0, description: "Width [m]." },
            area: { anyOf: [{ type: "integer", maximum: 5 }, { type: "null" }], description: "Area." },
          },
          anyOf: [{ required: ["width"] }, { required: ["area"] }],
        },
      },
    };
    expect(renderReference(schema, "Boxes")).toBe(`# Boxes

A box.

| key | type | default | meaning |
| --- | --- | --- | --- |
| \`size\` | [Size](#size) | **required** | How large. |
| \`colour\` | \`red\`, \`green\` | \`"red"\` | Red \\| green. |
| \`tags\` | list of text |  | Tags. |

- [Size](#size)

## Size

How large.

| key | type | default | meaning |
| --- | --- | --- | --- |
| \`width\` | number > 0 |  | Width [m]. |
| \`area\` | integer <= 5 or \`null\` |  | Area. |

It is given by exactly one of these combinations of keys:

\`width\`, or \`area\`
`);
  });

  test("renderReference leaves no cell of a type or a meaning empty for the files of Loadstar", () => {
    for (const schema of [scenarioJsonSchema(), sweepJsonSchema()]) {
      const rows = renderReference(schema, "Files")
        .split("\n")
        .filter((line) => line.startsWith("| `"));
      expect(rows.length).toBeGreaterThan(10);
      for (const row of rows) expect(row).not.toMatch(/\|\s+\|\s*$|^\| `\w+` \|\s+\||undefined|\[object/);
    }
  });

  test("renderReference links only to headings that are there", () => {
    const reference = renderReference(scenarioJsonSchema(), "Scenario files");
    const headings = new Set([...reference.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading?.toLowerCase()));
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
    expect(links.filter((link) => !headings.has(link))).toEqual([]);
    expect(headings.size).toBeGreaterThan(10);
  });
});
